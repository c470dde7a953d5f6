//! How long packets are.

use whotalks_packets::statistics::{LengthRange, Statistics};

use super::{Cell, Head, Sheet};
use crate::messages::PacketMessage as M;

pub(super) fn sheet(statistics: &Statistics) -> Sheet {
    let heads = vec![
        Head::text("range", M::ColumnLengths).people(),
        Head::number("from_bytes", M::ColumnLengths).data(),
        Head::number("to_bytes", M::ColumnLengths).data(),
        Head::number("packets", M::ColumnPackets),
        Head::number("packets_percent", M::ColumnShare),
        Head::number("average_bytes", M::ColumnAverage),
        Head::number("shortest_bytes", M::ColumnShortest),
        Head::number("longest_bytes", M::ColumnLongest),
        Head::text("bar", M::ColumnShare).people(),
    ];
    let ranges = &statistics.lengths;
    let all = statistics.totals.volume.packets;
    let longest = ranges
        .iter()
        .map(|range| range.volume.packets)
        .max()
        .unwrap_or_default();
    let row = |range: &LengthRange| {
        let packets = range.volume.packets;
        vec![
            Cell::Text(shown(range)),
            Cell::Identifier(range.from.into()),
            Cell::maybe(range.to, |to| Cell::Identifier(to.into())),
            Cell::Count(packets),
            Cell::share(packets, all),
            Cell::maybe(range.volume.bytes.checked_div(packets), Cell::Count),
            Cell::maybe(range.shortest, |bytes| Cell::Count(bytes.into())),
            Cell::maybe(range.longest, |bytes| Cell::Count(bytes.into())),
            Cell::bar(packets, longest),
        ]
    };
    Sheet::new("lengths", M::Lengths, heads).with(ranges, ranges.len(), row)
}

fn shown(range: &LengthRange) -> String {
    match range.to {
        Some(to) => format!("{}–{to}", range.from),
        None => format!("{}–", range.from),
    }
}
