//! Cases of other versions.

use std::fs;
use std::path::{Path, PathBuf};

use whotalks_correlate::FlowStream;
use whotalks_store::{CaseStore, FORMAT, StoreError};
use whotalks_tables::EvidenceRow;

use crate::sample::{Sample, begin, flows, identity, read_back, records};
use crate::support::Dice;

/// The seed of everything in the fixture.
const SEED: u64 = 20_260_101;

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/format-1")
}

fn manifest() -> EvidenceRow {
    Dice(SEED).make()
}

#[test]
fn a_case_of_format_1_still_reads() {
    let (read, failures) = read_back(&fixture());
    assert!(failures.is_empty(), "{failures:?}");
    let expected = records(SEED);
    assert_eq!(read, expected);
    let reader = CaseStore::open(&fixture()).unwrap().reader().unwrap();
    assert_eq!(reader.evidence().unwrap(), [manifest()]);
    let mut seen = Vec::new();
    reader
        .flows()
        .visit(&mut |flow, names| seen.push((flow.clone(), names.to_vec())));
    assert_eq!(seen, flows(SEED, 20));
}

/// Run by hand, once for each new format: the older fixtures stay as they are, for they are what users have.
#[test]
#[ignore = "writes the fixture of the current format"]
fn write_the_fixture() {
    assert_eq!(FORMAT, 1, "name the new fixture after its format");
    let root = fixture();
    let _ = fs::remove_dir_all(&root);
    let case = CaseStore::create(&root).unwrap().writer(&identity()).unwrap();
    let mut batch = begin(&case, "e1");
    batch.append_evidence(&manifest()).unwrap();
    for (flow, names) in flows(SEED, 20) {
        batch.append_flow(&flow, &names).unwrap();
    }
    records(SEED).iter().for_each(|record| batch.append(record).unwrap());
    batch.commit().unwrap();
    drop(case);
    for left_over in ["writer.lock", "writer.toml"] {
        fs::remove_file(root.join(left_over)).unwrap();
    }
    fs::remove_dir(root.join("tmp")).unwrap();
}

#[test]
fn a_newer_format_is_refused_with_the_version_it_needs() {
    let sample = Sample::new();
    let text = "format = 2\nneeds-whotalks = \"0.7.0\"\nsomething-new = true\n";
    fs::write(sample.root().join("case.toml"), text).unwrap();
    let error = CaseStore::open(&sample.root()).unwrap_err();
    assert!(matches!(error, StoreError::NewerFormat { format: 2, .. }));
    assert!(error.to_string().ends_with("use whotalks 0.7.0 or later"), "{error}");
}

#[test]
fn unknown_settings_of_the_same_format_are_passed_over() {
    let sample = Sample::new();
    let path = sample.root().join("case.toml");
    let text = fs::read_to_string(&path).unwrap() + "colour = \"green\"\n";
    fs::write(&path, text).unwrap();
    assert!(CaseStore::open(&sample.root()).is_ok());
}
