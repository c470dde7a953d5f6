//! How often something was said, by what it is.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

/// Different things that are kept of one kind; at about 150 bytes each, 40 MiB.
const MOST_KINDS: usize = 1 << 18;

/// How often, and where first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// How often.
    pub count: u64,
    /// The number of the first packet.
    pub first_packet: u64,
}

/// Counts by what was said, in bytes, and a number.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Under the bytes and, behind them, the number.
    seen: HashMap<Box<[u8]>, Seen, FxBuildHasher>,
    /// The key at hand; its memory is used again.
    key: Vec<u8>,
    /// What was not counted, since too many kinds are known already.
    pub(super) left_out: u64,
}

/// A line of a tally.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) number: u32,
    pub(super) seen: Seen,
}

impl Tally {
    /// Counts what `write` writes, with `number`, once.
    #[inline]
    pub(super) fn add(&mut self, number: u32, packet: u64, write: impl FnOnce(&mut Vec<u8>)) {
        self.add_written(packet, |key| {
            write(key);
            Some(number)
        });
    }

    /// Counts what `write` writes, with the number that it gives, once; false where it gives none.
    #[inline]
    pub(super) fn add_written(&mut self, packet: u64, write: impl FnOnce(&mut Vec<u8>) -> Option<u32>) -> bool {
        let mut key = std::mem::take(&mut self.key);
        key.clear();
        let number = write(&mut key);
        if let Some(number) = number {
            key.extend_from_slice(&number.to_be_bytes());
            let seen = Seen {
                count: 1,
                first_packet: packet,
            };
            self.add_seen(&key, seen);
        }
        self.key = key;
        number.is_some()
    }

    fn add_seen(&mut self, key: &[u8], seen: Seen) {
        if let Some(own) = self.seen.get_mut(key) {
            own.count += seen.count;
            own.first_packet = own.first_packet.min(seen.first_packet);
        } else if self.seen.len() < MOST_KINDS {
            self.seen.insert(key.into(), seen);
        } else {
            self.left_out += seen.count;
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.left_out += other.left_out;
        if self.seen.is_empty() {
            self.seen = other.seen;
            return;
        }
        for (key, seen) in other.seen {
            self.add_seen(&key, seen);
        }
    }

    /// The lines, those that were counted most often first; `text` reads what was written.
    pub(super) fn lines(self, text: impl Fn(&[u8]) -> String) -> Vec<Line> {
        let line = |(key, seen): (Box<[u8]>, Seen)| {
            let (bytes, number) = key.split_last_chunk().unwrap_or((&[], &[0; 4]));
            Line {
                text: text(bytes),
                number: u32::from_be_bytes(*number),
                seen,
            }
        };
        let mut lines: Vec<Line> = self.seen.into_iter().map(line).collect();
        lines.sort_unstable_by(|a, b| {
            let order = |line: &Line| (std::cmp::Reverse(line.seen.count), line.seen.first_packet);
            (order(a), &a.text, a.number).cmp(&(order(b), &b.text, b.number))
        });
        lines
    }
}

/// Reads what was written as text.
pub(super) fn plain(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_most_often_comes_first_over_all_parts() {
        let (mut tally, mut other) = (Tally::default(), Tally::default());
        let write = |text: &'static [u8]| move |key: &mut Vec<u8>| key.extend_from_slice(text);
        tally.add(1, 5, write(b"a"));
        tally.add(1, 6, write(b"b"));
        other.add(1, 2, write(b"b"));
        other.add(28, 3, write(b"b"));
        tally.merge(other);
        let lines: Vec<_> = tally
            .lines(plain)
            .into_iter()
            .map(|line| (line.text, line.number, line.seen.count, line.seen.first_packet))
            .collect();
        assert_eq!(
            lines,
            [("b".into(), 1, 2, 2), ("b".into(), 28, 1, 3), ("a".into(), 1, 1, 5)]
        );
    }
}
