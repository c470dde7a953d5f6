//! Initial round-trip times of TCP connections.

use std::cmp::Reverse;

use whotalks_record::Nanoseconds;
use whotalks_session::streams::{Ends, Handshake, StreamNumber};

use super::rows::{StreamRows, foremost};

/// The upper ends of the histogram's ranges, in microseconds.
const RANGE_ENDS: [i64; 12] = [
    100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000,
];

/// The handshake of one connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoundTrip {
    /// Its number.
    pub stream: StreamNumber,
    /// Who called whom.
    pub ends: Ends,
    /// The times.
    pub handshake: Handshake,
}

/// How many connections took how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoundTripRange {
    /// The shortest time of the range.
    pub from: Nanoseconds,
    /// The first time past the range; none for the last.
    pub to: Option<Nanoseconds>,
    /// Connections.
    pub connections: u64,
}

/// All handshakes that were captured.
#[derive(Debug, Clone)]
pub struct RoundTrips {
    streams: StreamRows,
    /// Connections whose handshake was captured whole.
    pub with: u64,
    /// From the shortest to the longest: minimum, quartiles and the tail.
    pub percentiles: Vec<Percentile>,
    /// By how long they took.
    pub histogram: Vec<RoundTripRange>,
    /// Connections whose handshake was not captured whole.
    pub without: u64,
}

/// So many of a hundred connections took at most so long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Percentile {
    /// Of a hundred; 0 is the shortest and 100 the longest.
    pub percent: u8,
    /// How long.
    pub time: Nanoseconds,
}

impl RoundTrips {
    /// Those of all TCP streams.
    pub(super) fn of(tcp: &StreamRows) -> Self {
        let handshakes = tcp.unordered().filter_map(|stream| stream.handshake);
        let mut times = Vec::with_capacity(tcp.len());
        times.extend(handshakes.map(|handshake| handshake.total));
        times.sort_unstable();
        Self {
            percentiles: percentiles(&times),
            histogram: histogram(&times),
            with: times.len() as u64,
            without: (tcp.len() - times.len()) as u64,
            streams: tcp.clone(),
        }
    }

    /// Each connection, by its number.
    pub fn connections(&self) -> impl Iterator<Item = RoundTrip> {
        self.streams.iter().filter_map(|stream| {
            Some(RoundTrip {
                stream: stream.number,
                ends: stream.ends,
                handshake: stream.handshake?,
            })
        })
    }

    /// The `limit` slowest connections.
    #[must_use]
    pub fn slowest(&self, limit: usize) -> Vec<RoundTrip> {
        foremost(self.connections(), limit, |row| {
            (Reverse(row.handshake.total), row.stream)
        })
    }
}

/// By the nearest rank: the time of a connection that there was, never one between two.
fn percentiles(sorted: &[Nanoseconds]) -> Vec<Percentile> {
    let rank = |percent: u8| (usize::from(percent) * sorted.len()).div_ceil(100).saturating_sub(1);
    let percentile = |percent| {
        let time = *sorted.get(rank(percent))?;
        Some(Percentile { percent, time })
    };
    [0, 25, 50, 75, 90, 95, 99, 100]
        .into_iter()
        .filter_map(percentile)
        .collect()
}

fn histogram(sorted: &[Nanoseconds]) -> Vec<RoundTripRange> {
    let ends = RANGE_ENDS.map(|microseconds| Nanoseconds(microseconds * 1_000));
    let starts = std::iter::once(Nanoseconds::default()).chain(ends);
    let below = |end: Option<Nanoseconds>| end.map_or(sorted.len(), |end| sorted.partition_point(|time| *time < end));
    let ranges = starts.zip(ends.into_iter().map(Some).chain([None]));
    let mut counted = 0;
    let rows = ranges.map(|(from, to)| {
        let connections = (below(to) - counted) as u64;
        counted = below(to);
        RoundTripRange { from, to, connections }
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_times_that_occurred() {
        let times: Vec<Nanoseconds> = (1..=200).map(Nanoseconds).collect();
        let of = |percent| {
            percentiles(&times)
                .into_iter()
                .find(|row| row.percent == percent)
                .map(|row| row.time.0)
        };
        assert_eq!(
            [of(0), of(50), of(95), of(100)],
            [Some(1), Some(100), Some(190), Some(200)]
        );
        assert_eq!(percentiles(&[]), []);
    }

    #[test]
    fn every_time_falls_into_one_range() {
        let times = [
            Nanoseconds(0),
            Nanoseconds(99_999),
            Nanoseconds(100_000),
            Nanoseconds(2_000_000_000),
        ];
        let counts: Vec<u64> = histogram(&times).iter().map(|range| range.connections).collect();
        assert_eq!((counts[0], counts[1], counts[12]), (2, 1, 1));
        assert_eq!(counts.iter().sum::<u64>(), 4);
    }
}
