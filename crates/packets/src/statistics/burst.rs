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
///
/// It is small, since there is one for every row: what follows from something else is not kept.
#[derive(Debug, Default, Clone)]
pub(super) struct BurstWatch {
    newest_start: Nanoseconds,
    densest_start: Nanoseconds,
    /// The buckets of the window before the newest one. Most rows have none and need no memory for them.
    #[expect(clippy::box_collection, reason = "a row without any takes a quarter of the room")]
    older: Option<Box<VecDeque<Bucket>>>,
    newest_packets: u32,
    in_window: u32,
    densest_packets: u32,
}

#[derive(Debug, Clone)]
struct Bucket {
    number: i64,
    start: Nanoseconds,
    packets: u32,
}

impl BurstWatch {
    /// Counts a packet; `number` is that of its bucket, which several rows have in common.
    #[inline]
    pub(super) fn add(&mut self, number: i64, at: Nanoseconds) {
        let newest = bucket_of(self.newest_start);
        if number == newest {
            self.newest_packets += 1;
        } else if number > newest {
            self.begin(number, at);
        } else if !self.add_to_earlier(number, at) {
            return;
        }
        self.in_window += 1;
        if self.in_window > self.densest_packets {
            let oldest = self.older.as_ref().and_then(|older| older.front());
            self.densest_packets = self.in_window;
            self.densest_start = oldest.map_or(self.newest_start, |oldest| oldest.start);
        }
    }

    fn begin(&mut self, number: i64, at: Nanoseconds) {
        if let Some(older) = &mut self.older {
            while let Some(oldest) = older.front()
                && number >= oldest.number + WINDOW_BUCKETS
            {
                self.in_window -= oldest.packets;
                older.pop_front();
            }
        }
        let before = Bucket {
            number: bucket_of(self.newest_start),
            start: self.newest_start,
            packets: self.newest_packets,
        };
        if number >= before.number + WINDOW_BUCKETS {
            self.in_window -= before.packets;
            // Nothing of the window is left, and its memory is not needed before there is another one.
            self.older = None;
        } else {
            self.older.get_or_insert_default().push_back(before);
        }
        (self.newest_start, self.newest_packets) = (at, 1);
    }

    /// Counts a packet of a capture whose times run back; false where it comes too late for the window.
    fn add_to_earlier(&mut self, number: i64, at: Nanoseconds) -> bool {
        if number + WINDOW_BUCKETS <= bucket_of(self.newest_start) {
            return false;
        }
        let older = self.older.get_or_insert_default();
        let place = older.partition_point(|bucket| bucket.number < number);
        match older.get_mut(place) {
            Some(bucket) if bucket.number == number => bucket.packets += 1,
            _ => older.insert(
                place,
                Bucket {
                    number,
                    start: at,
                    packets: 1,
                },
            ),
        }
        true
    }

    pub(super) const fn densest(&self) -> Burst {
        Burst {
            packets: self.densest_packets,
            start: self.densest_start,
        }
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
    fn packets_out_of_order_count_in_buckets_of_their_own_unless_they_come_too_late() {
        assert_eq!(burst(&[0, 20, 7]).packets, 3);
        assert_eq!(burst(&[500, 0]).packets, 1);
        let before_the_first = burst(&[500, 430]);
        assert_eq!(
            (before_the_first.packets, before_the_first.start),
            (2, Nanoseconds::from_milliseconds(430))
        );
        assert_eq!(burst(&[500, 430, 535]).packets, 2);
    }

    #[test]
    fn a_burst_in_the_first_window_starts_with_the_capture() {
        assert_eq!(burst(&[60, 70]).start, Nanoseconds::default());
        assert_eq!(burst(&[160, 170]).start, Nanoseconds::from_milliseconds(160));
    }
}
