//! Several writers at a time, each of which says who it is.

use whotalks_record::EvidenceId;
use whotalks_store::{Begun, CaseStore, CaseWriter, Committed, Rebuild, StoreError};
use whotalks_tables::EvidenceRow;

use crate::sample::{Sample, begin, id, identity, read_back, records};
use crate::support::Dice;

#[test]
fn writers_prepare_their_batches_side_by_side() {
    let sample = Sample::new();
    let (first, second) = (sample.writer(), sample.writer());
    let (mut one, mut other) = (begin(&first, "e1"), begin(&second, "e2"));
    records(1).iter().for_each(|record| one.append(record).unwrap());
    records(2).iter().for_each(|record| other.append(record).unwrap());
    assert_eq!(other.commit().unwrap(), Committed::Yes);
    assert_eq!(one.commit().unwrap(), Committed::Yes);
    let reader = sample.store().reader().unwrap();
    assert_eq!(reader.batches().collect::<Vec<_>>(), ["e2", "e1"]);
    assert_eq!(read_back(&sample.root()).0.len(), 2 * records(1).len());
    assert_eq!(sample.store().writers().unwrap().len(), 2);
}

#[test]
fn a_batch_that_two_writers_prepare_is_there_once() {
    let sample = Sample::new();
    let (first, second) = (sample.writer(), sample.writer());
    let (mut one, mut other) = (begin(&first, "e1"), begin(&second, "e1"));
    records(1).iter().for_each(|record| one.append(record).unwrap());
    records(1).iter().for_each(|record| other.append(record).unwrap());
    assert_eq!(one.commit().unwrap(), Committed::Yes);
    assert_eq!(other.commit().unwrap(), Committed::ByAnother);
    assert_eq!(read_back(&sample.root()).0, records(1));
}

#[test]
fn evidence_that_two_writers_read_is_there_once() {
    let sample = Sample::new();
    let (first, second) = (sample.writer(), sample.writer());
    let commit = |writer: &CaseWriter, number: u32| {
        let mut row: EvidenceRow = Dice(1).make();
        (row.id, row.sha256, row.duplicate_of) = (EvidenceId(number), Some("ab".repeat(32).into()), None);
        let mut batch = begin(writer, &format!("e{number}"));
        batch.append_evidence(&row).unwrap();
        batch.commit().unwrap()
    };
    assert_eq!(commit(&first, 7), Committed::Yes);
    assert_eq!(commit(&second, 8), Committed::EvidenceByAnother(EvidenceId(7)));
    assert_eq!(sample.store().reader().unwrap().evidence().unwrap().len(), 1);
}

#[test]
fn no_number_of_evidence_is_given_twice() {
    let sample = Sample::new();
    sample.commit("e4", &records(1));
    let (first, second) = (sample.writer(), sample.writer());
    let numbers: Vec<u32> = [&first, &second, &first, &second]
        .map(|writer| writer.number_evidence().unwrap().0)
        .to_vec();
    assert_eq!(numbers, [5, 6, 7, 8]);
    std::fs::remove_file(sample.root().join("next-evidence")).unwrap();
    assert_eq!(sample.writer().number_evidence().unwrap(), EvidenceId(5));
}

#[test]
fn who_rebuilds_a_case_writes_alone_and_is_named() {
    let sample = Sample::new();
    let writer = sample.writer();
    let error = Rebuild::take(&sample.store(), &identity()).unwrap_err();
    let StoreError::BeingWritten { writer: named, .. } = &error else {
        panic!("{error}");
    };
    assert_eq!(named.as_ref(), Some(&identity()));
    let text = error.to_string();
    assert!(text.contains("whotalks-test (process "), "{text}");
    assert!(text.contains("since 2023-11-14T22:13:20Z"), "{text}");
    drop(writer);
    let rebuild = Rebuild::take(&sample.store(), &identity()).unwrap();
    assert!(matches!(
        sample.store().writer(&identity()),
        Err(StoreError::BeingWritten { .. })
    ));
    drop(rebuild);
    assert!(sample.store().writer(&identity()).is_ok());
}

#[test]
fn the_same_batch_is_not_begun_twice_at_once() {
    let sample = Sample::new();
    let case = sample.writer();
    let _first = begin(&case, "e1");
    let second: Result<Begun, StoreError> = case.observed(&id("e1"));
    assert!(matches!(second, Err(StoreError::BatchInProgress { .. })));
}

#[test]
fn a_folder_with_something_else_in_it_is_not_made_a_case() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("holiday.jpg"), b"x").unwrap();
    let error = CaseStore::create(folder.path()).unwrap_err();
    assert!(matches!(error, StoreError::NotEmpty { .. }));
    assert!(matches!(
        CaseStore::open(folder.path()).unwrap_err(),
        StoreError::NotACase { .. }
    ));
}

#[test]
fn a_case_is_not_created_over_a_case() {
    let sample = Sample::new();
    assert!(matches!(
        CaseStore::create(&sample.root()).unwrap_err(),
        StoreError::NotEmpty { .. }
    ));
}
