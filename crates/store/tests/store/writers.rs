//! One writer at a time, and it says who it is.

use whotalks_store::{CaseStore, StoreError};

use crate::sample::{Sample, begin, id, identity};

#[test]
fn a_second_writer_is_told_who_writes_and_since_when() {
    let sample = Sample::new();
    let first = sample.writer();
    let error = sample.store().writer(&identity()).unwrap_err();
    let StoreError::BeingWritten { writer, .. } = &error else {
        panic!("{error}");
    };
    assert_eq!(writer.as_ref(), Some(&identity()));
    let text = error.to_string();
    assert!(text.contains("whotalks-test (process "), "{text}");
    assert!(text.contains("since 2023-11-14T22:13:20Z"), "{text}");
    drop(first);
    assert!(sample.store().writer(&identity()).is_ok());
}

#[test]
fn a_batch_keeps_the_right_to_write_until_it_ends() {
    let sample = Sample::new();
    let case = sample.writer();
    let batch = begin(&case, "e1");
    drop(case);
    assert!(sample.store().writer(&identity()).is_err());
    batch.commit().unwrap();
    assert!(sample.store().writer(&identity()).is_ok());
}

#[test]
fn the_same_batch_is_not_begun_twice_at_once() {
    let sample = Sample::new();
    let case = sample.writer();
    let _first = begin(&case, "e1");
    let second = case.observed(&id("e1"));
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
