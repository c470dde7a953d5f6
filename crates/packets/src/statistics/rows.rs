//! The streams of all workers in the order of the capture.
//!
//! They stay where they were counted; a row is made when it is asked for, since millions of rows would take more memory than
//! everything else.

use std::fmt;
use std::iter::Peekable;
use std::sync::Arc;

use whotalks_record::IpProtocol;
use whotalks_session::streams::StreamNumber;

use super::counted::is_counted;
use super::streams::{Kept, StreamRow};

/// The TCP or the UDP streams of a capture in order of their numbers. A copy shares what is kept.
#[derive(Clone)]
pub struct StreamRows {
    protocol: IpProtocol,
    workers: Arc<[Kept]>,
    /// Only those of which a packet counts.
    is_filtered: bool,
    length: usize,
}

impl Default for StreamRows {
    fn default() -> Self {
        Self {
            protocol: IpProtocol::TCP,
            workers: Arc::new([]),
            is_filtered: false,
            length: 0,
        }
    }
}

impl fmt::Debug for StreamRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

impl StreamRows {
    pub(super) fn new(protocol: IpProtocol, workers: &Arc<[Kept]>) -> Self {
        let is_filtered = workers.iter().any(|kept| kept.counted.is_filtered());
        let length = |kept: &Kept| match protocol {
            _ if is_filtered => kept.rows(protocol).filter(is_counted).count(),
            IpProtocol::TCP => kept.streams.tcp_count() as usize,
            _ => kept.streams.udp_count() as usize,
        };
        Self {
            protocol,
            is_filtered,
            length: workers.iter().map(length).sum(),
            workers: Arc::clone(workers),
        }
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.length
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The rows in order.
    #[must_use]
    pub fn iter(&self) -> StreamRowIterator<'_> {
        let workers = self.workers.iter();
        StreamRowIterator {
            workers: workers.map(|kept| kept.rows(self.protocol).peekable()).collect(),
            next: 0,
            is_filtered: self.is_filtered,
        }
    }

    /// The rows in any order, which costs less. They have no numbers yet.
    pub(super) fn unordered(&self) -> impl Iterator<Item = StreamRow> {
        let rows = self.workers.iter().flat_map(|kept| kept.rows(self.protocol));
        rows.filter(|row| !self.is_filtered || is_counted(row))
    }

    /// The first `limit` rows in another order.
    #[must_use]
    pub fn foremost<K: Ord>(&self, limit: usize, key: impl Fn(&StreamRow) -> K) -> Vec<StreamRow> {
        foremost(self.iter(), limit, key)
    }
}

impl<'s> IntoIterator for &'s StreamRows {
    type Item = StreamRow;
    type IntoIter = StreamRowIterator<'s>;

    fn into_iter(self) -> StreamRowIterator<'s> {
        self.iter()
    }
}

/// The rows of one worker.
type Rows<'s> = Box<dyn Iterator<Item = StreamRow> + 's>;

/// Puts the streams of all workers in order, each of whom has his own in order, and numbers them.
pub struct StreamRowIterator<'s> {
    workers: Vec<Peekable<Rows<'s>>>,
    next: u32,
    is_filtered: bool,
}

impl Iterator for StreamRowIterator<'_> {
    type Item = StreamRow;

    fn next(&mut self) -> Option<StreamRow> {
        loop {
            let fronts = self.workers.iter_mut().enumerate();
            let fronts = fronts.filter_map(|(worker, rows)| Some((rows.peek()?.first(), worker)));
            let (_, worker) = fronts.min()?;
            let mut row = self.workers.get_mut(worker)?.next()?;
            // Numbers are those of the whole capture, whatever counts of it.
            row.number = StreamNumber(self.next);
            self.next = self.next.saturating_add(1);
            if !self.is_filtered || is_counted(&row) {
                return Some(row);
            }
        }
    }
}

/// The first `limit` rows by `key`, in order. Never many more are kept at once.
pub(super) fn foremost<T, K: Ord>(rows: impl Iterator<Item = T>, limit: usize, key: impl Fn(&T) -> K) -> Vec<T> {
    /// Rows beside those that are wanted, so that they are not put in order for each one.
    const MOST_MORE: usize = 4096;
    let mut kept = Vec::new();
    for row in rows {
        kept.push(row);
        if kept.len() >= limit.saturating_mul(2).saturating_add(MOST_MORE) {
            kept.select_nth_unstable_by_key(limit, &key);
            kept.truncate(limit);
        }
    }
    kept.sort_unstable_by_key(key);
    kept.truncate(limit);
    kept
}

#[cfg(test)]
mod tests {
    use super::foremost;

    #[test]
    fn the_foremost_rows_are_those_of_a_sorted_list() {
        let rows = || (0..50_000_u32).map(|number| number.wrapping_mul(2_654_435_761));
        let mut sorted: Vec<u32> = rows().collect();
        sorted.sort_unstable();
        for limit in [0, 1, 20, 5_000, usize::MAX] {
            let expected = sorted.get(..limit.min(sorted.len())).unwrap_or_default();
            assert_eq!(foremost(rows(), limit, |row| *row), expected);
        }
    }
}
