//! Which protocols lie in which.

use whotalks_packets::statistics::{HierarchyRow, Statistics};

use super::{Cell, Head, Sheet};
use crate::messages::PacketMessage as M;

pub(super) fn sheet(statistics: &Statistics, limit: usize) -> Sheet {
    let heads = vec![
        Head::text("protocol", M::ColumnProtocol),
        Head::number("depth", M::ColumnProtocol).data(),
        Head::number("packets", M::ColumnPackets),
        Head::number("packets_percent", M::ColumnPacketShare),
        Head::number("total_bytes", M::ColumnSize),
        Head::number("bytes_percent", M::ColumnSizeShare),
    ];
    let all = statistics.totals.volume;
    let row = |row: &HierarchyRow| {
        vec![
            Cell::Tree(row.depth, row.protocol.to_owned()),
            Cell::Identifier(row.depth as u64),
            Cell::Count(row.volume.packets),
            Cell::share(row.volume.packets, all.packets),
            Cell::Size(row.volume.bytes),
            Cell::share(row.volume.bytes, all.bytes),
        ]
    };
    Sheet::new("hierarchy", M::Hierarchy, heads).with(&statistics.hierarchy, limit, row)
}
