//! Merging, taking away, checking, rebuilding.

use std::fs;

use whotalks_correlate::FlowStream;
use whotalks_record::{ConnectionEvent, EvidenceId, Record, Timestamp};
use whotalks_store::{CaseStore, Fault, Maintenance, Rebuild, Retention, StoreError, WriterIdentity};
use whotalks_tables::{ConnectionEvents, EvidenceRow};

use crate::sample::{KINDS, NamedFlow, Sample, begin, flows, identity, read_back, records};
use crate::support::Dice;

/// A moment in seconds since 1970.
const MOMENT: i64 = 1_700_000_000;

fn maintenance(sample: &Sample) -> Maintenance {
    sample.store().maintenance(&identity()).unwrap()
}

/// The right to tidy up, hours after everything else was written.
fn maintenance_later(sample: &Sample) -> Maintenance {
    let later = Timestamp::from_seconds(MOMENT + 4 * 3_600, 0);
    let identity = WriterIdentity::this_process("whotalks-test", later);
    sample.store().maintenance(&identity).unwrap()
}

/// One piece of evidence with its line, one connection of a given day, and some flows.
fn piece(sample: &Sample, number: u32, day: i64, container: Option<u32>) -> ConnectionEvent {
    let mut row: EvidenceRow = Dice(u64::from(number)).make();
    (row.id, row.duplicate_of, row.container) = (EvidenceId(number), None, container.map(EvidenceId));
    let mut event: ConnectionEvent = Dice(u64::from(number)).make();
    event.span.evidence = EvidenceId(number);
    event.time = Timestamp::from_seconds(MOMENT + day * 86_400, 0);
    let case = sample.writer();
    let mut batch = begin(&case, &format!("e{number}"));
    batch.append(&Record::Connection(event.clone())).unwrap();
    batch.append_evidence(&row).unwrap();
    batch.commit().unwrap();
    event
}

/// The line of an archive, which has no rows of its own.
fn archive(sample: &Sample, number: u32) {
    let mut row: EvidenceRow = Dice(u64::from(number)).make();
    (row.id, row.duplicate_of, row.container) = (EvidenceId(number), None, None);
    let case = sample.writer();
    let mut batch = begin(&case, &format!("e{number}"));
    batch.append_evidence(&row).unwrap();
    batch.commit().unwrap();
}

fn connections(sample: &Sample) -> Vec<ConnectionEvent> {
    let reader = sample.store().reader().unwrap();
    reader.observed::<ConnectionEvents>().collect::<Result<_, _>>().unwrap()
}

fn manifest(sample: &Sample) -> Vec<u32> {
    let rows = sample.store().reader().unwrap().evidence().unwrap();
    rows.iter().map(|row| row.id.0).collect()
}

fn visited(sample: &Sample) -> Vec<NamedFlow> {
    let mut seen = Vec::new();
    let stream = sample.store().reader().unwrap().flows();
    stream.visit(&mut |flow, names| seen.push((flow.clone(), names.to_vec())));
    assert!(stream.take_failure().is_none());
    seen
}

#[test]
fn merging_keeps_rows_and_their_order_and_leaves_one_file() {
    let sample = Sample::new();
    (1..9).for_each(|seed| sample.commit(&format!("e{seed}"), &records(seed)));
    let (before, _) = read_back(&sample.root());
    let last = sample.store().reader().unwrap().last_commit();
    let compaction = maintenance(&sample).compact(&mut |_, _| {}).unwrap();
    assert_eq!(compaction.files_before, 8 * KINDS);
    assert_eq!(compaction.files_after, KINDS);
    assert!(compaction.bytes_after < compaction.bytes_before);
    assert!(!compaction.overtaken);
    assert_eq!(read_back(&sample.root()).0, before);
    let reader = sample.store().reader().unwrap();
    assert_eq!(reader.last_commit(), last, "nothing new is known");
    assert_eq!(reader.batches().count(), 8);
}

#[test]
fn merging_again_finds_nothing_to_do() {
    let sample = Sample::new();
    (1..4).for_each(|seed| sample.commit(&format!("e{seed}"), &records(seed)));
    maintenance(&sample).compact(&mut |_, _| {}).unwrap();
    assert_eq!(maintenance(&sample).compact(&mut |_, _| {}).unwrap().files_before, 0);
}

#[test]
fn flows_keep_their_names_when_they_are_merged() {
    let sample = Sample::new();
    let mut written = Vec::new();
    for seed in 1..6 {
        let case = sample.writer();
        let mut batch = begin(&case, &format!("e{seed}"));
        for (flow, names) in flows(seed, 30) {
            batch.append_flow(&flow, &names).unwrap();
            written.push((flow, names));
        }
        batch.commit().unwrap();
    }
    maintenance(&sample).compact(&mut |_, _| {}).unwrap();
    assert_eq!(visited(&sample), written);
    sample.commit("e9", &records(9));
    maintenance(&sample).compact(&mut |_, _| {}).unwrap();
    assert_eq!(visited(&sample), written);
}

#[test]
fn a_reader_that_was_there_before_still_reads_what_was_merged() {
    let sample = Sample::new();
    (1..4).for_each(|seed| sample.commit(&format!("e{seed}"), &records(seed)));
    let before = sample.store().reader().unwrap();
    maintenance(&sample).compact(&mut |_, _| {}).unwrap();
    assert_eq!(before.observed::<ConnectionEvents>().filter(Result::is_ok).count(), 15);
}

#[test]
fn files_that_are_needless_for_an_hour_go() {
    let sample = Sample::new();
    (1..4).for_each(|seed| sample.commit(&format!("e{seed}"), &records(seed)));
    maintenance(&sample).compact(&mut |_, _| {}).unwrap();
    assert_eq!(sample.parts("ConnectionEvents").len(), 4);
    let compaction = maintenance_later(&sample).compact(&mut |_, _| {}).unwrap();
    assert_eq!(compaction.files_removed, 3 * KINDS);
    assert_eq!(sample.parts("ConnectionEvents").len(), 1);
    assert_eq!(connections(&sample).len(), 15);
    assert!(sample.store().verify(&mut |_, _| {}).unwrap().faults.is_empty());
}

#[test]
fn one_file_takes_the_place_of_all_commits() {
    let sample = Sample::new();
    (1..9).for_each(|seed| sample.commit(&format!("e{seed}"), &records(seed)));
    maintenance(&sample).compact(&mut |_, _| {}).unwrap();
    let log = fs::read_dir(sample.root().join("commits")).unwrap();
    let names: Vec<String> = log
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names, ["00000009.snapshot.toml"]);
    sample.commit("e10", &records(10));
    assert_eq!(sample.store().reader().unwrap().batches().count(), 9);
    let case = sample.writer();
    let again = case.observed(&"e3".parse().unwrap()).unwrap();
    assert!(matches!(again, whotalks_store::Begun::AlreadyCommitted));
}

#[test]
fn a_writer_that_was_there_before_goes_on_after_a_merge() {
    let sample = Sample::new();
    let case = sample.writer();
    (1..5).for_each(|seed| sample.commit(&format!("e{seed}"), &records(seed)));
    let mut batch = begin(&case, "e9");
    records(9).iter().for_each(|record| batch.append(record).unwrap());
    maintenance(&sample).compact(&mut |_, _| {}).unwrap();
    batch.commit().unwrap();
    assert_eq!(sample.store().reader().unwrap().batches().last(), Some("e9"));
    assert_eq!(connections(&sample).len(), 25);
}

#[test]
fn evidence_that_is_too_old_goes_as_a_whole() {
    let sample = Sample::new();
    let events: Vec<ConnectionEvent> = (1..6)
        .map(|number| piece(&sample, number, i64::from(number), None))
        .collect();
    let since = Some(Timestamp::from_seconds(MOMENT + 3 * 86_400, 0));
    let retired = maintenance(&sample)
        .retain(Retention {
            since,
            most_bytes: None,
        })
        .unwrap();
    let numbers: Vec<u32> = retired.evidence.iter().map(|(evidence, _)| evidence.0).collect();
    assert_eq!(numbers, [1, 2]);
    assert_eq!(connections(&sample), events[2..]);
    assert_eq!(manifest(&sample), [3, 4, 5]);
}

#[test]
fn evidence_goes_out_of_merged_files_too() {
    let sample = Sample::new();
    let events: Vec<ConnectionEvent> = (1..6)
        .map(|number| piece(&sample, number, i64::from(number), None))
        .collect();
    maintenance(&sample).compact(&mut |_, _| {}).unwrap();
    let last = sample.store().reader().unwrap().last_commit();
    let since = Some(Timestamp::from_seconds(MOMENT + 3 * 86_400, 0));
    maintenance(&sample)
        .retain(Retention {
            since,
            most_bytes: None,
        })
        .unwrap();
    assert_eq!(connections(&sample), events[2..]);
    assert_eq!(manifest(&sample), [3, 4, 5]);
    let reader = sample.store().reader().unwrap();
    assert!(reader.has_observations_since(last), "what was concluded is out of date");
    assert_eq!(
        sample.writer().number_evidence().unwrap(),
        EvidenceId(6),
        "numbers are not used again"
    );
}

#[test]
fn the_oldest_evidence_goes_until_the_rest_fits() {
    let sample = Sample::new();
    (1..6).for_each(|number| drop(piece(&sample, number, i64::from(10 - number), None)));
    let info = sample.store().info().unwrap();
    let all: u64 = info.tables.iter().map(|table| table.bytes).sum();
    let most_bytes = Some(all / 2);
    maintenance(&sample)
        .retain(Retention {
            since: None,
            most_bytes,
        })
        .unwrap();
    let kept = manifest(&sample);
    assert!(kept == [1, 2] || kept == [1, 2, 3], "{kept:?}");
}

#[test]
fn an_archive_goes_with_the_last_of_its_members() {
    let sample = Sample::new();
    archive(&sample, 1);
    piece(&sample, 2, 1, Some(1));
    piece(&sample, 3, 5, Some(1));
    let retain = |day: i64| {
        let since = Some(Timestamp::from_seconds(MOMENT + day * 86_400, 0));
        maintenance(&sample)
            .retain(Retention {
                since,
                most_bytes: None,
            })
            .unwrap()
    };
    retain(3);
    assert_eq!(manifest(&sample), [1, 3]);
    retain(9);
    assert!(manifest(&sample).is_empty());
}

#[test]
fn evidence_without_any_time_stays_and_is_counted() {
    let sample = Sample::new();
    archive(&sample, 1);
    piece(&sample, 2, 1, None);
    let since = Some(Timestamp::from_seconds(MOMENT + 9 * 86_400, 0));
    let retired = maintenance(&sample)
        .retain(Retention {
            since,
            most_bytes: None,
        })
        .unwrap();
    assert_eq!(retired.undated, 1);
    assert_eq!(manifest(&sample), [1]);
}

#[test]
fn checking_names_every_fault() {
    let sample = Sample::new();
    sample.commit("e1", &records(1));
    assert!(sample.store().verify(&mut |_, _| {}).unwrap().faults.is_empty());
    let (cut, damaged) = (&sample.parts("HostEvents")[0], &sample.parts("LogGaps")[0]);
    fs::write(cut, b"PAR1").unwrap();
    let mut bytes = fs::read(damaged).unwrap();
    bytes[8..40].fill(0xff);
    fs::write(damaged, bytes).unwrap();
    fs::write(sample.root().join("observed/Flows.parquet"), b"").unwrap();
    fs::write(sample.root().join("observed/Sockets/stray.parquet"), b"").unwrap();
    let faults = sample.store().verify(&mut |_, _| {}).unwrap().faults;
    let kinds: Vec<&str> = faults
        .iter()
        .map(|fault| match fault {
            Fault::Part(StoreError::ChangedPart { .. }) => "changed",
            Fault::Part(_) => "damaged",
            Fault::Stray { .. } => "stray",
            Fault::Rows { .. } => "rows",
            Fault::Behind { .. } => "behind",
        })
        .collect();
    assert_eq!(kinds, ["changed", "damaged", "stray"], "{faults:?}");
}

#[test]
fn a_case_says_what_it_is_made_of() {
    let sample = Sample::new();
    sample.commit("e1", &records(1));
    sample.commit("e2", &records(2));
    let info = sample.store().info().unwrap();
    assert_eq!((info.commits, info.batches, info.retired), (2, 2, 0));
    let connections = info
        .tables
        .iter()
        .find(|table| table.table == "ConnectionEvents")
        .unwrap();
    assert_eq!(
        (connections.stage, connections.files, connections.rows),
        ("observed", 2, 10)
    );
    assert!(!info.is_concluded && !info.is_ready_for_hunting);
    assert!(info.writers.is_empty());
}

#[test]
fn a_rebuilt_case_holds_what_the_new_one_observed() {
    let sample = Sample::new();
    sample.commit("e1", &records(1));
    sample.commit("e2", &records(2));
    let last = sample.store().reader().unwrap().last_commit();
    let rebuild = Rebuild::take(&sample.store(), &identity()).unwrap();
    let fresh = CaseStore::create(&rebuild.folder()).unwrap();
    {
        let case = fresh.writer(&identity()).unwrap();
        let mut batch = begin(&case, "e1");
        records(7).iter().for_each(|record| batch.append(record).unwrap());
        batch.commit().unwrap();
    }
    rebuild.replace_by(&fresh).unwrap();
    assert_eq!(read_back(&sample.root()).0, records(7));
    let reader = sample.store().reader().unwrap();
    assert!(reader.has_observations_since(last));
    assert_eq!(reader.batches().collect::<Vec<_>>(), ["e1"]);
    assert!(sample.store().verify(&mut |_, _| {}).unwrap().faults.is_empty());
}
