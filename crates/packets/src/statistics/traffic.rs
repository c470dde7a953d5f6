//! Traffic over time (Wireshark's `io,stat`).

use std::collections::BTreeMap;
use std::ops::Range;

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
    current: Current,
}

#[derive(Debug, Clone, Default)]
struct Current {
    number: i64,
    /// The times that belong to it; at first there are none.
    times: Range<i64>,
    volume: Volume,
}

impl Traffic {
    pub(super) fn new(length: Nanoseconds) -> Self {
        Self {
            length,
            intervals: BTreeMap::new(),
            current: Current::default(),
        }
    }

    #[inline]
    pub(super) fn add(&mut self, since_start: Nanoseconds, bytes: u32) {
        if !self.current.times.contains(&since_start.0) {
            self.begin(since_start);
        }
        self.current.volume.add(bytes);
    }

    fn begin(&mut self, since_start: Nanoseconds) {
        self.put_away();
        let length = self.length.0.max(1);
        let number = since_start.0.div_euclid(length);
        let start = number.saturating_mul(length);
        self.current = Current {
            number,
            times: start..start.saturating_add(length),
            volume: Volume::default(),
        };
    }

    fn put_away(&mut self) {
        let Current { number, volume, .. } = std::mem::take(&mut self.current);
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
