//! Who is sent to.

use whotalks_packets::statistics::{Destination, Statistics};
use whotalks_record::IpProtocol;

use super::{Cell, Head, Sheet};
use crate::messages::PacketMessage as M;

pub(super) fn sheet(statistics: &Statistics, limit: usize) -> Sheet {
    let heads = vec![
        Head::text("destination", M::ColumnDestination).people(),
        Head::text("address", M::ColumnAddress).data(),
        Head::text("protocol", M::ColumnProtocol).data(),
        Head::number("port", M::ColumnPort).data(),
        Head::number("packets", M::ColumnPackets),
        Head::number("packets_per_ms", M::ColumnRate),
        Head::number("packets_percent", M::ColumnShare),
        Head::number("burst_packets_per_ms", M::ColumnBurstRate),
        Head::number("burst_start_ns", M::ColumnBurstStart),
    ];
    // Each packet has one destination; the rows of addresses sum them up.
    let is_address = |row: &Destination| row.protocol.is_none();
    let all: u64 = statistics
        .destinations
        .iter()
        .filter(is_address)
        .map(|row| row.packets)
        .sum();
    let milliseconds = statistics.totals.duration().as_seconds_f64() * 1e3;
    let row = |row: &Destination| {
        vec![
            place(row),
            Cell::text(row.address),
            Cell::maybe(row.protocol, |protocol| Cell::Text(name(protocol))),
            Cell::maybe(row.port, |port| Cell::Identifier(port.into())),
            Cell::Count(row.packets),
            rate(row.packets, milliseconds),
            Cell::share(row.packets, all),
            Cell::Rate(row.burst.packets_per_millisecond()),
            Cell::Seconds(row.burst.start),
        ]
    };
    let shown: Vec<Destination> = statistics.destinations.iter().take(limit).collect();
    Sheet::new("destinations", M::Destinations, heads).with_foremost(&shown, statistics.destinations.len(), row)
}

fn place(row: &Destination) -> Cell {
    match (row.protocol, row.port) {
        (None, _) => Cell::Tree(0, row.address.to_string()),
        (Some(protocol), None) => Cell::Tree(1, name(protocol)),
        (Some(_), Some(port)) => Cell::Tree(2, port.to_string()),
    }
}

/// In the words of Wireshark's table, which knows TCP, UDP and the rest.
fn name(protocol: IpProtocol) -> String {
    protocol.to_string()
}

/// A capture of one moment has no rate.
fn rate(packets: u64, milliseconds: f64) -> Cell {
    if milliseconds > 0.0 {
        Cell::Rate(packets as f64 / milliseconds)
    } else {
        Cell::Empty
    }
}
