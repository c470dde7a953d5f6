//! Traffic by port.

use whotalks_packets::statistics::{Port, Statistics};

use super::{Cell, Head, Sheet};
use crate::messages::PacketMessage as M;

pub(super) fn sheet(statistics: &Statistics, limit: usize) -> Sheet {
    let heads = vec![
        Head::text("protocol", M::ColumnProtocol),
        Head::number("port", M::ColumnPort),
        Head::number("streams", M::ColumnStreams),
        Head::number("packets", M::ColumnPackets),
        Head::number("total_bytes", M::ColumnSize),
        Head::number("packets_to", M::ColumnPacketsTo).rank(2),
        Head::number("to_bytes", M::ColumnTo),
        Head::number("packets_from", M::ColumnPacketsFrom).rank(1),
        Head::number("from_bytes", M::ColumnFrom),
    ];
    let row = |row: &Port| {
        let mut cells = vec![
            Cell::text(row.protocol),
            Cell::Identifier(row.port.into()),
            Cell::Count(row.streams),
        ];
        for volume in [row.to.with(row.from), row.to, row.from] {
            cells.extend(Cell::volume(volume));
        }
        cells
    };
    Sheet::new("ports", M::Ports, heads).with(&statistics.ports, limit, row)
}
