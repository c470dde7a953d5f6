//! All readers over the corpus, where it is there.

use std::collections::BTreeMap;

use whotalks_record::{ConnectionEventKind, IssueKind, Position, Record, SourceKind};

use crate::testing::{corpus_files, read};
use crate::{EventJsonReader, EventXmlReader, EvtxReader, Kind, explain, sniff};

/// The number that people know an event by.
fn event_id(record: &Record) -> Option<u64> {
    match record {
        Record::Connection(event) => Some(u64::from(event.kind.event_id())),
        _ => None,
    }
}

#[test]
fn every_corpus_file_is_told_by_its_content() {
    for (extension, kind) in [("evtx", Kind::Evtx), ("jsonl", Kind::Json)] {
        for path in corpus_files(extension) {
            let bytes = std::fs::read(&path).unwrap();
            let prefix = &bytes[..bytes.len().min(65_536)];
            assert_eq!(sniff(prefix), Some(kind), "{}", path.display());
        }
    }
}

#[test]
fn every_exported_connection_event_becomes_a_record() {
    for path in corpus_files("jsonl") {
        let bytes = std::fs::read(&path).unwrap();
        let mut expected: BTreeMap<u64, usize> = BTreeMap::new();
        for line in String::from_utf8_lossy(&bytes).lines() {
            let event: serde_json::Value = serde_json::from_str(line).unwrap();
            let id = event.get("EventID").and_then(serde_json::Value::as_u64).unwrap();
            let is_sysmon = event.get("SourceName").unwrap() == "Microsoft-Windows-Sysmon";
            if (is_sysmon && id == 3) || (!is_sysmon && ConnectionEventKind::ALL.iter().any(|kind| u64::from(kind.event_id()) == id)) {
                *expected.entry(id).or_default() += 1;
            }
        }
        let kept = read(&EventJsonReader, &bytes);
        let mut found: BTreeMap<u64, usize> = BTreeMap::new();
        for id in kept.records.iter().filter_map(event_id) {
            *found.entry(id).or_default() += 1;
        }
        assert_eq!(found, expected, "{}", path.display());
        assert_eq!(kept.issues, [], "{}", path.display());
    }
}
