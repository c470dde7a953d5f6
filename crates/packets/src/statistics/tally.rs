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

/// Counts by text and number.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// By text, then by number, so that a text that is known needs no memory to be found.
    by_text: HashMap<Box<str>, Vec<(u32, Seen)>, FxBuildHasher>,
    kinds: usize,
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
    /// Counts `text` with `number` once.
    pub(super) fn add(&mut self, text: &str, number: u32, packet: u64) {
        self.add_seen(
            text,
            number,
            Seen {
                count: 1,
                first_packet: packet,
            },
        );
    }

    fn add_seen(&mut self, text: &str, number: u32, seen: Seen) {
        if !self.by_text.contains_key(text) && self.kinds < MOST_KINDS {
            self.by_text.insert(text.into(), Vec::new());
        }
        let known = self.by_text.get_mut(text);
        let Some(numbers) = known else {
            self.left_out += seen.count;
            return;
        };
        if let Some((_, own)) = numbers.iter_mut().find(|(other, _)| *other == number) {
            own.count += seen.count;
            own.first_packet = own.first_packet.min(seen.first_packet);
        } else if self.kinds < MOST_KINDS {
            numbers.push((number, seen));
            self.kinds += 1;
        } else {
            self.left_out += seen.count;
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.left_out += other.left_out;
        for (text, numbers) in other.by_text {
            numbers
                .into_iter()
                .for_each(|(number, seen)| self.add_seen(&text, number, seen));
        }
    }

    /// The lines, those that were counted most often first.
    pub(super) fn lines(self) -> Vec<Line> {
        let lines = self.by_text.into_iter().flat_map(|(text, numbers)| {
            let line = move |(number, seen)| Line {
                text: text.to_string(),
                number,
                seen,
            };
            numbers.into_iter().map(line)
        });
        let mut lines: Vec<Line> = lines.collect();
        lines.sort_unstable_by(|a, b| {
            let order = |line: &Line| (std::cmp::Reverse(line.seen.count), line.seen.first_packet);
            (order(a), &a.text, a.number).cmp(&(order(b), &b.text, b.number))
        });
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_most_often_comes_first_over_all_parts() {
        let (mut tally, mut other) = (Tally::default(), Tally::default());
        tally.add("a", 1, 5);
        tally.add("b", 1, 6);
        other.add("b", 1, 2);
        other.add("b", 28, 3);
        tally.merge(other);
        let lines: Vec<_> = tally
            .lines()
            .into_iter()
            .map(|line| (line.text, line.number, line.seen.count, line.seen.first_packet))
            .collect();
        assert_eq!(
            lines,
            [("b".into(), 1, 2, 2), ("b".into(), 28, 1, 3), ("a".into(), 1, 1, 5)]
        );
    }
}
