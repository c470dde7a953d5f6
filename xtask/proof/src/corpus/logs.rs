//! An event log as whotalks reads it, against how the reference reader counts it.

use std::collections::BTreeMap;

use whotalks_record::{ConnectionEventKind, ProcessEventKind, Record, SourceKind};

use super::captures::{Comparison, number};
use super::truth;

const SECURITY: &str = "Security";
const SYSMON: &str = "Microsoft-Windows-Sysmon/Operational";

/// What whotalks read from an event log.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// All events, those that it only counts included.
    events: u64,
    /// Events that became records of a kind of their own, by `channel/id`.
    counts: BTreeMap<String, u64>,
}

impl Reading {
    /// Keeps what is compared of a record.
    pub(super) fn add(&mut self, record: &Record) {
        if let Record::Range(range) = record {
            self.events += if is_log(range.source) { range.units } else { 0 };
        }
        if let Some((channel, id)) = event_of(record) {
            *self.counts.entry(format!("{channel}/{id}")).or_default() += 1;
        }
    }
}

/// Compares every figure: the number of all events, and of each kind of event that becomes a record.
pub(super) fn compare(truth: &truth::Log, reading: &Reading) -> Vec<Comparison> {
    let compared = if truth.errors.is_empty() { number } else { at_least };
    let mut comparisons = vec![compared("events", truth.records, reading.events)];
    let expected = truth.counts.iter().filter(|(event, _)| is_compared(event));
    let mut expected: BTreeMap<&str, u64> = expected.map(|(event, count)| (event.as_str(), *count)).collect();
    for event in reading.counts.keys() {
        expected.entry(event).or_default();
    }
    comparisons.extend(expected.into_iter().map(|(event, count)| {
        let actual = reading.counts.get(event).copied().unwrap_or(0);
        compared(&format!("event {event}"), count, actual)
    }));
    comparisons
}

/// The reference reader stops at damage that whotalks may read on behind.
fn at_least(figure: &str, expected: u64, actual: u64) -> Comparison {
    let difference = (actual < expected).then(|| format!("expected at least {expected}, got {actual}"));
    Comparison {
        figure: figure.to_owned(),
        difference,
    }
}

/// The event that a record stands for, where one kind of record stands for one kind of event.
fn event_of(record: &Record) -> Option<(&'static str, u16)> {
    match record {
        Record::Connection(event) if event.kind == ConnectionEventKind::SysmonConnection => Some((SYSMON, 3)),
        Record::Connection(event) => Some((SECURITY, event.kind.event_id()?)),
        Record::Process(event) => match (event.kind, event.unique_id.is_some()) {
            (ProcessEventKind::Start, true) => Some((SYSMON, 1)),
            (ProcessEventKind::End, true) => Some((SYSMON, 5)),
            (ProcessEventKind::Start, false) => Some((SECURITY, 4688)),
            (ProcessEventKind::End, false) => Some((SECURITY, 4689)),
            (ProcessEventKind::Alive, _) => None,
        },
        Record::Resolver(_) => Some((SYSMON, 22)),
        _ => None,
    }
}

/// Whether [`event_of`] can name this event.
fn is_compared(event: &str) -> bool {
    let Some((channel, id)) = event.rsplit_once('/') else {
        return false;
    };
    match channel {
        SECURITY => matches!(
            id,
            "5031"
                | "5148"
                | "5149"
                | "5152"
                | "5153"
                | "5154"
                | "5155"
                | "5156"
                | "5157"
                | "5158"
                | "5159"
                | "4688"
                | "4689"
        ),
        SYSMON => matches!(id, "1" | "3" | "5" | "22"),
        _ => false,
    }
}

/// Whether a source is made of events of a log.
fn is_log(source: SourceKind) -> bool {
    !matches!(
        source,
        SourceKind::Packets
            | SourceKind::SocketList
            | SourceKind::ProcessList
            | SourceKind::FilterDump
            | SourceKind::Counters
            | SourceKind::ResolverCache
            | SourceKind::DeviceSettings
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_that_was_not_read_and_one_too_many_are_differences() {
        let truth = truth::Log {
            records: 3,
            errors: Vec::new(),
            counts: BTreeMap::from([("Security/5156".to_owned(), 2), ("Security/4624".to_owned(), 1)]),
        };
        let reading = Reading {
            events: 3,
            counts: BTreeMap::from([("Security/5157".to_owned(), 1)]),
        };
        let differing: Vec<_> = compare(&truth, &reading)
            .into_iter()
            .filter_map(|comparison| Some((comparison.figure, comparison.difference?)))
            .collect();
        let expected = [
            ("event Security/5156", "expected 2, got 0"),
            ("event Security/5157", "expected 0, got 1"),
        ];
        assert_eq!(
            differing,
            expected.map(|(figure, why)| (figure.to_owned(), why.to_owned()))
        );
    }

    #[test]
    fn behind_damage_more_may_be_read_but_not_less() {
        let truth = truth::Log {
            records: 3,
            counts: BTreeMap::new(),
            errors: vec!["bad chunk".to_owned()],
        };
        for (events, differs) in [(2, true), (3, false), (4, false)] {
            let reading = Reading {
                events,
                counts: BTreeMap::new(),
            };
            assert_eq!(compare(&truth, &reading)[0].difference.is_some(), differs, "{events}");
        }
    }
}
