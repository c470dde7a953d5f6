//! Traffic over time.

use whotalks_packets::statistics::{Interval, Statistics};

use super::{Cell, Head, Sheet};
use crate::messages::PacketMessage as M;

pub(super) fn sheet(statistics: &Statistics, limit: usize) -> Sheet {
    let heads = vec![
        Head::number("start_ns", M::ColumnStart),
        Head::number("packets", M::ColumnPackets),
        Head::number("total_bytes", M::ColumnSize),
        Head::text("bar", M::ColumnShare).people(),
    ];
    let intervals = &statistics.traffic;
    let longest = intervals
        .iter()
        .map(|interval| interval.volume.bytes)
        .max()
        .unwrap_or_default();
    let row = |interval: &Interval| {
        let [packets, bytes] = Cell::volume(interval.volume);
        vec![
            Cell::Seconds(interval.start),
            packets,
            bytes,
            Cell::bar(interval.volume.bytes, longest),
        ]
    };
    Sheet::new("io", M::Traffic, heads).with(intervals, limit, row)
}
