//! A case on disk says what a case in memory says, however its evidence came in.

#![expect(clippy::unwrap_used, reason = "a test that cannot set up its files fails")]

use std::fs;
use std::path::{Path, PathBuf};

use whotalks_case::{Case, CaseError, NoProgress};
use whotalks_correlate::Conversation;
use whotalks_record::Timestamp;
use whotalks_store::CaseStore;
use whotalks_tables::Conversations;
use whotalks_testkit::scenario::Scenario;
use whotalks_testkit::sources::Sources;
use whotalks_testkit::write::write;

fn example(folder: &Path) -> PathBuf {
    let evidence = folder.join("evidence");
    fs::create_dir(&evidence).unwrap();
    write(&Scenario::example(), &evidence, &Sources::all()).unwrap();
    evidence
}

fn ingest(case: &mut Case, path: PathBuf) -> usize {
    case.ingest(&[path], &mut NoProgress, Timestamp::MIN).unwrap().read
}

fn conversations(case: &Case) -> Vec<Conversation> {
    let mut all = Vec::new();
    case.conversations(&mut |conversation| all.push(conversation)).unwrap();
    all
}

#[test]
fn a_reopened_case_says_what_a_case_in_memory_says() {
    let folder = tempfile::tempdir().unwrap();
    let evidence = example(folder.path());
    let mut in_memory = Case::in_memory();
    ingest(&mut in_memory, evidence.clone());

    let kept = folder.path().join("case");
    ingest(&mut Case::create(&kept).unwrap(), evidence);
    let mut reopened = Case::open(&kept).unwrap();

    assert_eq!(conversations(&reopened), conversations(&in_memory));
    assert_eq!(reopened.investigate().unwrap(), in_memory.investigate().unwrap());
}

#[test]
fn evidence_that_is_added_later_corrects_what_was_said_before() {
    let folder = tempfile::tempdir().unwrap();
    let evidence = example(folder.path());
    let kept = folder.path().join("case");
    let mut case = Case::create(&kept).unwrap();
    ingest(&mut case, evidence.join("capture.pcapng"));
    let with_process = |case: &Case| {
        conversations(case)
            .iter()
            .filter(|one| one.process.process.is_some())
            .count()
    };
    assert_eq!(with_process(&case), 0);

    let mut reopened = Case::open(&kept).unwrap();
    ingest(&mut reopened, evidence.join("Security.evtx"));
    assert!(with_process(&reopened) > 100, "{}", with_process(&reopened));
    assert_eq!(conversations(&Case::open(&kept).unwrap()), conversations(&reopened));
}

#[test]
fn evidence_that_is_added_twice_counts_once() {
    let folder = tempfile::tempdir().unwrap();
    let evidence = example(folder.path());
    let kept = folder.path().join("case");
    let mut case = Case::create(&kept).unwrap();
    ingest(&mut case, evidence.clone());
    let before = conversations(&case);
    ingest(&mut case, evidence);
    assert_eq!(conversations(&case), before);
}

/// The commit that the kept conclusions are from, and how many there are.
fn concluded(folder: &Path) -> Option<(u64, usize)> {
    let reader = CaseStore::open(folder).unwrap().reader().unwrap();
    let table = reader.derived::<Conversations>()?;
    Some((table.commit, table.rows.count()))
}

#[test]
fn conclusions_are_written_along_with_the_first_answer() {
    let folder = tempfile::tempdir().unwrap();
    let evidence = example(folder.path());
    let kept = folder.path().join("case");
    let mut case = Case::create(&kept).unwrap();
    ingest(&mut case, evidence);
    assert_eq!(concluded(&kept), None);
    case.investigate().unwrap();
    let (_, rows) = concluded(&kept).unwrap();
    assert_eq!(rows, conversations(&case).len());
}

#[test]
fn evidence_that_brings_nothing_new_leaves_the_conclusions_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let evidence = example(folder.path());
    let kept = folder.path().join("case");
    let mut case = Case::create(&kept).unwrap();
    ingest(&mut case, evidence.join("capture.pcapng"));
    case.conclude().unwrap();
    let before = concluded(&kept);
    let notes = folder.path().join("notes.txt");
    fs::write(&notes, "nothing that any reader knows").unwrap();
    ingest(&mut case, notes);
    ingest(&mut case, evidence.join("capture.pcapng"));
    case.conclude().unwrap();
    assert_eq!(concluded(&kept), before);
    ingest(&mut case, evidence.join("Security.evtx"));
    case.conclude().unwrap();
    assert_ne!(concluded(&kept), before);
}

#[test]
fn a_folder_that_is_no_case_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let refused = Case::open(folder.path());
    assert!(matches!(refused, Err(CaseError::Store(_))));
}
