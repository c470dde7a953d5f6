//! The densest tenth of a second, as Wireshark's statistics trees show it.

use std::collections::VecDeque;

use whotalks_record::Nanoseconds;

/// Packets are counted in buckets of 5 milliseconds ...
const BUCKET: i64 = 5_000_000;
/// ... and so many of them, 100 milliseconds, are looked at together. Both are Wireshark's defaults.
const WINDOW_BUCKETS: i64 = 20;

/// The number of the bucket that a time belongs to.
#[inline]
pub(super) const fn bucket_of(at: Nanoseconds) -> i64 {
    at.0.div_euclid(BUCKET)
}

/// The densest window that was seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Burst {
    /// Packets in the window.
    pub packets: u32,
    /// The first packet in it, since the start of the capture.
    pub start: Nanoseconds,
}

impl Burst {
    /// Packets per millisecond in the window.
    #[must_use]
    pub fn packets_per_millisecond(&self) -> f64 {
        f64::from(self.packets) / (BUCKET * WINDOW_BUCKETS / 1_000_000) as f64
    }
}

/// Follows the packets of one row.
///
/// As in Wireshark, there is a bucket at the start of the capture from the beginning: a burst within the first window starts
/// at 0.
#[derive(Debug)]
pub(super) struct BurstWatch {
    newest: Bucket,
    /// The buckets of the window before the newest one. Most rows have none and need no memory for them.
    older: VecDeque<Bucket>,
    in_window: u32,
    densest: Burst,
}

#[derive(Debug)]
struct Bucket {
    number: i64,
    start: Nanoseconds,
    packets: u32,
}

impl Default for BurstWatch {
    fn default() -> Self {
        Self {
            newest: Bucket {
                number: 0,
                start: Nanoseconds::default(),
                packets: 0,
            },
            older: VecDeque::new(),
            in_window: 0,
            densest: Burst::default(),
        }
    }
}

impl BurstWatch {
    /// Counts a packet; `number` is that of its bucket, which several rows have in common.
    #[inline]
    pub(super) fn add(&mut self, number: i64, at: Nanoseconds) {
        if number == self.newest.number {
            self.newest.packets += 1;
        } else if number > self.newest.number {
            self.begin(number, at);
        } else if !self.add_to_earlier(number) {
            return;
        }
        self.in_window += 1;
        if self.in_window > self.densest.packets {
            let start = self.older.front().unwrap_or(&self.newest).start;
            self.densest = Burst {
                packets: self.in_window,
                start,
            };
        }
    }

    fn begin(&mut self, number: i64, at: Nanoseconds) {
        while let Some(oldest) = self.older.front()
            && number >= oldest.number + WINDOW_BUCKETS
        {
            self.in_window -= oldest.packets;
            self.older.pop_front();
        }
        let newest = Bucket {
            number,
            start: at,
            packets: 1,
        };
        let before = std::mem::replace(&mut self.newest, newest);
        if number >= before.number + WINDOW_BUCKETS {
            self.in_window -= before.packets;
        } else {
            self.older.push_back(before);
        }
    }

    /// Counts a packet of a capture whose times run back in an earlier bucket; false where there is none, and the packet is
    /// too late to count.
    fn add_to_earlier(&mut self, number: i64) -> bool {
        let bucket = self.older.iter_mut().rev().find(|bucket| bucket.number <= number);
        match bucket {
            Some(bucket) => bucket.packets += 1,
            None => return false,
        }
        true
    }

    pub(super) const fn densest(&self) -> Burst {
        self.densest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn burst(milliseconds: &[i64]) -> Burst {
        let mut watch = BurstWatch::default();
        milliseconds
            .iter()
            .map(|at| Nanoseconds::from_milliseconds(*at))
            .for_each(|at| watch.add(bucket_of(at), at));
        watch.densest()
    }

    #[test]
    fn the_densest_window_counts_and_begins_with_its_first_packet() {
        let seen = burst(&[0, 1, 500, 510, 520, 599, 600, 1000]);
        assert_eq!((seen.packets, seen.start), (4, Nanoseconds::from_milliseconds(500)));
        assert!((seen.packets_per_millisecond() - 0.04).abs() < 1e-9);
    }

    #[test]
    fn packets_out_of_order_count_in_the_bucket_before() {
        assert_eq!(burst(&[0, 20, 7]).packets, 3);
        assert_eq!(burst(&[500, 0]).packets, 1);
    }

    #[test]
    fn a_burst_in_the_first_window_starts_with_the_capture() {
        assert_eq!(burst(&[60, 70]).start, Nanoseconds::default());
        assert_eq!(burst(&[160, 170]).start, Nanoseconds::from_milliseconds(160));
    }
}
