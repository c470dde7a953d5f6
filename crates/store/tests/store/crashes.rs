//! A writer that is killed loses no committed batch and doubles none.

use std::fs;

use whotalks_record::Record;
use whotalks_store::{Begun, CaseStore};

use crate::sample::{Sample, begin, id, identity, read_back, records};
use crate::support::Dice;

/// Ends a writer as kill -9 does: nothing is dropped, nothing is tidied.
fn kill<T>(writer: T) {
    std::mem::forget(writer);
}

fn event(seed: u64) -> Record {
    Record::Connection(Dice(seed).make())
}

#[test]
fn a_batch_that_was_not_committed_is_invisible_and_swept_away() {
    let sample = Sample::new();
    sample.commit("e1", &[event(1)]);
    let case = sample.writer();
    let mut batch = begin(&case, "e2");
    (0..10_000).for_each(|seed| batch.append(&event(seed)).unwrap());
    kill(batch);
    drop(case);
    assert_eq!(left_behind(&sample).len(), 1, "the killed writer left something");
    assert_eq!(read_back(&sample.root()).0, [event(1)]);
    // The lock of the killed process is gone with it; here it is held by this very process, so a copy is opened.
    let copy = copied(&sample);
    drop(copy.writer());
    assert!(left_behind(&copy).is_empty());
    assert_eq!(read_back(&copy.root()).0, [event(1)]);
}

/// The desks of writers, living and dead.
fn left_behind(sample: &Sample) -> Vec<fs::DirEntry> {
    let entries = fs::read_dir(sample.root().join("tmp")).unwrap();
    entries.map(Result::unwrap).collect()
}

/// The case as another process finds it.
fn copied(sample: &Sample) -> Sample {
    let folder = tempfile::tempdir().unwrap();
    copy(&sample.root(), &folder.path().join("case"));
    Sample { folder }
}

pub(crate) fn copy(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn parts_that_were_named_before_the_kill_are_no_rows_and_do_not_double() {
    let sample = Sample::new();
    sample.commit("e1", &records(1));
    sample.commit("e2", &records(2));
    // Killed between naming the parts and naming the commit.
    fs::remove_file(sample.root().join("commits/00000002.toml")).unwrap();
    assert_eq!(sample.parts("ConnectionEvents").len(), 2);
    assert_eq!(read_back(&sample.root()).0, records(1));
    drop(sample.writer());
    assert_eq!(sample.parts("ConnectionEvents").len(), 1, "the next writer sweeps");
    sample.commit("e2", &records(2));
    assert_eq!(read_back(&sample.root()).0.len(), records(1).len() + records(2).len());
}

#[test]
fn a_half_written_commit_is_not_a_commit() {
    let sample = Sample::new();
    sample.commit("e1", &records(1));
    let desk = sample.root().join("tmp/0123456789abcdef/e2");
    fs::create_dir_all(&desk).unwrap();
    fs::write(desk.join("../commit"), "batch = \"e2\"\n[[part]]\ntab").unwrap();
    fs::write(desk.join("Flows-00000.parquet"), b"PAR1 and then nothing").unwrap();
    assert_eq!(read_back(&sample.root()).0, records(1));
    sample.commit("e2", &records(2));
    assert_eq!(sample.store().reader().unwrap().last_commit(), 2);
}

#[test]
fn a_batch_that_is_added_again_adds_nothing() {
    let sample = Sample::new();
    sample.commit("e1", &records(1));
    let case = sample.writer();
    assert!(matches!(case.observed(&id("e1")).unwrap(), Begun::AlreadyCommitted));
    assert_eq!(read_back(&sample.root()).0, records(1));
}

#[test]
fn a_dropped_batch_leaves_nothing_and_can_be_begun_again() {
    let sample = Sample::new();
    let case = sample.writer();
    let mut batch = begin(&case, "e1");
    batch.append(&event(1)).unwrap();
    drop(batch);
    let mut again = begin(&case, "e1");
    again.append(&event(2)).unwrap();
    again.commit().unwrap();
    assert_eq!(read_back(&sample.root()).0, [event(2)]);
}

#[test]
fn a_creation_that_was_cut_short_can_be_repeated() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("tmp")).unwrap();
    fs::create_dir_all(folder.path().join("commits")).unwrap();
    let store = CaseStore::create(folder.path()).unwrap();
    assert!(store.writer(&identity()).is_ok());
}
