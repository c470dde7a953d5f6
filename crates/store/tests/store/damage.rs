//! Damage is an error with its place, and what is not damaged is read.

use std::fs;

use whotalks_correlate::FlowStream;
use whotalks_record::Record;
use whotalks_store::{CaseStore, StoreError};
use whotalks_tables::{ConnectionEvents, ProcessEvents};

use crate::sample::{Sample, flows, read_back, records};

/// A case of two batches, the first part of a table changed by `change`.
fn changed(table: &str, change: fn(Vec<u8>) -> Vec<u8>) -> Sample {
    let sample = Sample::new();
    sample.commit("e1", &records(1));
    sample.commit("e2", &records(2));
    let parts = sample.parts(table);
    let part = parts
        .iter()
        .find(|part| part.file_name().unwrap().to_string_lossy().starts_with("e1-"))
        .unwrap();
    fs::write(part, change(fs::read(part).unwrap())).unwrap();
    sample
}

fn cut_in_half(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.truncate(bytes.len() / 2);
    bytes
}

#[test]
fn a_cut_part_is_named_and_everything_else_is_read() {
    let sample = changed("ConnectionEvents", cut_in_half);
    let (read, failures) = read_back(&sample.root());
    assert_eq!(read.len(), records(1).len() + records(2).len() - 5);
    assert_eq!(failures.len(), 1);
    let StoreError::ChangedPart { path, committed, found } = &failures[0] else {
        panic!("{}", failures[0]);
    };
    assert_eq!(path, &sample.parts("ConnectionEvents")[0]);
    assert_eq!(*found, committed / 2);
}

#[test]
fn a_part_that_is_gone_has_no_bytes() {
    let sample = Sample::new();
    sample.commit("e1", &records(1));
    fs::remove_file(&sample.parts("ProcessEvents")[0]).unwrap();
    let reader = sample.store().reader().unwrap();
    let mut rows = reader.observed::<ProcessEvents>();
    assert!(matches!(
        rows.next(),
        Some(Err(StoreError::ChangedPart { found: 0, .. }))
    ));
    assert!(rows.next().is_none());
    assert_eq!(reader.observed::<ConnectionEvents>().count(), 5);
}

#[test]
fn a_part_with_a_broken_footer_of_the_same_length_is_damaged() {
    let sample = changed("ConnectionEvents", |mut bytes| {
        let length = bytes.len();
        bytes[length - 60..length - 8].fill(0xff);
        bytes
    });
    let (_, failures) = read_back(&sample.root());
    assert!(matches!(failures[..], [StoreError::DamagedPart { .. }]), "{failures:?}");
}

#[test]
fn another_table_under_the_name_of_a_part_is_the_wrong_table() {
    let sample = Sample::new();
    sample.commit("e1", &records(1));
    let (hosts, gaps) = (&sample.parts("HostEvents")[0], &sample.parts("LogGaps")[0]);
    fs::copy(gaps, hosts).unwrap();
    let commit = sample.root().join("commits/00000001.toml");
    let bytes = |path| fs::metadata(path).unwrap().len();
    let text = fs::read_to_string(&commit).unwrap();
    let length_of = |table: &str| {
        let rest = text.split(&format!("table = \"{table}\"")).nth(1).unwrap();
        let line = rest.lines().find(|line| line.starts_with("bytes")).unwrap();
        line.to_owned()
    };
    let fixed = text.replace(&length_of("HostEvents"), &format!("bytes = {}", bytes(gaps)));
    fs::write(&commit, fixed).unwrap();
    let (_, failures) = read_back(&sample.root());
    assert!(matches!(failures[..], [StoreError::WrongTable { .. }]), "{failures:?}");
}

#[test]
fn a_damaged_part_of_flows_ends_the_stream_and_says_so() {
    let sample = Sample::new();
    let rows: Vec<Record> = flows(1, 50).into_iter().map(|(flow, _)| Record::Flow(flow)).collect();
    sample.commit("e1", &rows);
    let part = &sample.parts("Flows")[0];
    fs::write(part, cut_in_half(fs::read(part).unwrap())).unwrap();
    let stream = sample.store().reader().unwrap().flows();
    let mut count = 0;
    stream.visit(&mut |_, _| count += 1);
    assert_eq!(count, 0);
    assert!(matches!(stream.take_failure(), Some(StoreError::ChangedPart { .. })));
    assert!(stream.take_failure().is_none());
}

#[test]
fn a_damaged_commit_is_named_and_stops_reader_and_writer() {
    let sample = Sample::new();
    sample.commit("e1", &records(1));
    let commit = sample.root().join("commits/00000001.toml");
    for text in [
        "batch = ",
        "batch = \"../../etc\"",
        "part = 3",
        "batch = \"e1\"\n[[part]]\ntable = \"..\"\nfile = \"x.parquet\"\nnumber = 0\nrows = 1\nbytes = 1\n",
        "batch = \"e1\"\n[[part]]\ntable = \"Flows\"\nfile = \"../x.parquet\"\nnumber = 0\nrows = 1\nbytes = 1\n",
    ] {
        fs::write(&commit, text).unwrap();
        let error = sample.store().reader().unwrap_err();
        assert!(error.to_string().contains("00000001.toml is damaged"), "{error}");
        assert!(
            sample.store().writer(&crate::sample::identity()).is_err(),
            "a writer would sweep its parts away"
        );
    }
    assert_eq!(sample.parts("ConnectionEvents").len(), 1);
}

#[test]
fn a_commit_that_is_missing_among_others_is_named() {
    let sample = Sample::new();
    sample.commit("e1", &records(1));
    sample.commit("e2", &records(2));
    fs::remove_file(sample.root().join("commits/00000001.toml")).unwrap();
    let error = sample.store().reader().unwrap_err();
    assert!(error.to_string().contains("00000001.toml is damaged"), "{error}");
}

#[test]
fn settings_that_are_no_text_or_no_toml_are_named() {
    let sample = Sample::new();
    for bytes in [&b"\xff\xfe"[..], b"format", b"format = 0\nneeds-whotalks = \"\"", b""] {
        fs::write(sample.root().join("case.toml"), bytes).unwrap();
        let error = CaseStore::open(&sample.root()).unwrap_err();
        assert!(matches!(error, StoreError::DamagedFile { .. }), "{error}");
    }
}
