//! Traffic over time (Wireshark's `io,stat`).

use std::collections::BTreeMap;

use whotalks_record::Nanoseconds;

use super::totals::Volume;

/// Intervals that are kept. A capture of twelve days has so many seconds.
const MOST_INTERVALS: usize = 1 << 20;

/// What was seen in one interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// When it begins, since the first packet of the capture.
    pub start: Nanoseconds,
    /// What was seen.
    pub volume: Volume,
}

/// Traffic by interval.
#[derive(Debug, Clone)]
pub(super) struct Traffic {
    length: Nanoseconds,
    /// By the number of the interval; packets that are older than the first one have negative ones.
    intervals: BTreeMap<i64, Volume>,
    /// The interval of the latest packet, which is mostly that of the next one.
    current: (i64, Volume),
}

impl Traffic {
    pub(super) const fn new(length: Nanoseconds) -> Self {
        Self {
            length,
            intervals: BTreeMap::new(),
            current: (i64::MIN, Volume { packets: 0, bytes: 0 }),
        }
    }

    #[inline]
    pub(super) fn add(&mut self, since_start: Nanoseconds, bytes: u32) {
        let number = since_start.0.div_euclid(self.length.0.max(1));
        if number != self.current.0 {
            self.put_away();
            self.current.0 = number;
        }
        self.current.1.add(bytes);
    }

    fn put_away(&mut self) {
        let (number, volume) = std::mem::take(&mut self.current);
        if volume.packets > 0 && (self.intervals.len() < MOST_INTERVALS || self.intervals.contains_key(&number)) {
            let kept = self.intervals.entry(number).or_default();
            *kept = kept.with(volume);
        }
    }

    pub(super) fn merge(&mut self, mut other: Self) {
        other.put_away();
        self.put_away();
        for (number, volume) in other.intervals {
            let kept = self.intervals.entry(number).or_default();
            *kept = kept.with(volume);
        }
    }

    pub(super) fn rows(mut self) -> Vec<Interval> {
        self.put_away();
        let rows = self.intervals.into_iter();
        rows.map(|(number, volume)| Interval {
            start: self.length.times(number),
            volume,
        })
        .collect()
    }
}
