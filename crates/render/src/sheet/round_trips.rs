//! Initial round-trip times.

use whotalks_packets::statistics::{Percentile, RoundTrip, RoundTripRange, RoundTrips};
use whotalks_record::Endpoint;

use super::{Cell, Head, Sheet};
use crate::messages::PacketMessage as M;

/// The connections, the slowest first; the percentiles; how many took how long.
pub(super) fn sheets(round_trips: &RoundTrips, limit: usize) -> [Sheet; 3] {
    [
        connections(round_trips, limit),
        percentiles(&round_trips.percentiles),
        histogram(&round_trips.histogram),
    ]
}

fn connections(round_trips: &RoundTrips, limit: usize) -> Sheet {
    let heads = vec![
        Head::number("stream", M::ColumnStream),
        Head::text("client", M::ColumnClient),
        Head::text("server", M::ColumnServer),
        Head::number("initial_rtt_ns", M::ColumnRoundTrip),
        Head::number("syn_to_syn_ack_ns", M::ColumnServerHalf),
        Head::number("syn_ack_to_ack_ns", M::ColumnClientHalf),
    ];
    let rows = round_trips.slowest(limit);
    let all = usize::try_from(round_trips.with).unwrap_or(usize::MAX);
    let mut sheet = Sheet::new("round_trips", M::RoundTrips, heads).with_foremost(&rows, all, connection);
    if round_trips.without > 0 {
        let count = round_trips.without;
        sheet.notes.push(M::WithoutHandshake { count });
    }
    sheet
}

fn connection(row: &RoundTrip) -> Vec<Cell> {
    let end = |address, port| Cell::text(Endpoint { address, port });
    vec![
        Cell::Identifier(row.stream.0.into()),
        end(row.ends.source, row.ends.ports.source),
        end(row.ends.destination, row.ends.ports.destination),
        Cell::Milliseconds(row.handshake.total),
        Cell::maybe(row.handshake.syn_to_syn_ack, Cell::Milliseconds),
        Cell::maybe(row.handshake.syn_ack_to_ack, Cell::Milliseconds),
    ]
}

fn percentiles(percentiles: &[Percentile]) -> Sheet {
    let heads = vec![
        Head::number("percentile", M::ColumnPercentile),
        Head::number("initial_rtt_ns", M::ColumnRoundTrip),
    ];
    let row = |row: &Percentile| vec![Cell::Identifier(row.percent.into()), Cell::Milliseconds(row.time)];
    Sheet::new("round_trip_percentiles", M::RoundTripPercentiles, heads).with(percentiles, percentiles.len(), row)
}

fn histogram(ranges: &[RoundTripRange]) -> Sheet {
    let heads = vec![
        Head::number("from_ns", M::ColumnFromTime),
        Head::number("below_ns", M::ColumnToTime),
        Head::number("connections", M::ColumnConnections),
        Head::text("bar", M::ColumnShare).people(),
    ];
    let longest = ranges.iter().map(|range| range.connections).max().unwrap_or_default();
    let row = |range: &RoundTripRange| {
        vec![
            Cell::Milliseconds(range.from),
            Cell::maybe(range.to, Cell::Milliseconds),
            Cell::Count(range.connections),
            Cell::bar(range.connections, longest),
        ]
    };
    Sheet::new("round_trip_histogram", M::RoundTripHistogram, heads).with(ranges, ranges.len(), row)
}
