//! Record numbers of a log: where they skip, records were lost or removed.

use whotalks_record::{LogGap, Span, Text, Timestamp};

/// The record numbers of a run of events in the order of the file.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    first: Option<First>,
    last: Option<Numbered>,
}

/// A record's number and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Numbered {
    pub(crate) id: u64,
    pub(crate) time: Timestamp,
}

/// The first record of a run, by which a gap before it would be cited.
#[derive(Clone, Debug)]
struct First {
    record: Numbered,
    span: Span,
    host: Text,
}

/// The most records that one gap is believed to hold; a greater leap is a damaged number.
const WIDEST_GAP: u64 = 100_000_000;

impl Numbers {
    /// Takes the next record; a gap before it is returned.
    pub(crate) fn next(&mut self, record: Numbered, span: Span, host: &Text) -> Option<LogGap> {
        if self.first.is_none() {
            self.first = Some(First {
                record,
                span,
                host: host.clone(),
            });
        }
        let before = self.last.replace(record)?;
        gap(before, record, span, host)
    }

    /// Takes the run that follows this one in the file; a gap between the two is returned.
    pub(crate) fn follow(&mut self, run: Self) -> Option<LogGap> {
        let (first, last) = (run.first?, run.last?);
        let before = self.last.replace(last)?;
        gap(before, first.record, first.span, &first.host)
    }
}

/// Numbers also step back, where a ring was copied while it turned: no gap.
fn gap(before: Numbered, record: Numbered, span: Span, host: &Text) -> Option<LogGap> {
    let missing = record.id.checked_sub(before.id)?.checked_sub(1)?;
    let is_gap = (1..=WIDEST_GAP).contains(&missing);
    is_gap.then(|| LogGap {
        span,
        host: host.clone(),
        after: before.time,
        before: record.time,
        missing,
    })
}

#[cfg(test)]
mod tests {
    use whotalks_record::EvidenceId;

    use super::*;

    fn run(ids: &[u64]) -> (Numbers, Vec<u64>) {
        let mut numbers = Numbers::default();
        let span = Span::whole(EvidenceId(1));
        let record = |id: u64| Numbered {
            id,
            time: Timestamp::from_seconds(id as i64, 0),
        };
        let missing = |id: &u64| numbers.next(record(*id), span, &"PC".into()).map(|gap| gap.missing);
        let gaps = ids.iter().filter_map(missing).collect();
        (numbers, gaps)
    }

    #[test]
    fn a_skipped_number_is_a_missing_record() {
        assert_eq!(run(&[5, 6, 9, 10]).1, [2]);
        assert!(run(&[5, 6, 7]).1.is_empty());
        assert!(run(&[900, 901, 5, 6]).1.is_empty());
    }

    #[test]
    fn a_gap_between_two_runs_is_found() {
        let (mut one, _) = run(&[1, 2]);
        let (two, _) = run(&[5, 6]);
        assert_eq!(one.follow(two).map(|gap| gap.missing), Some(2));
    }
}
