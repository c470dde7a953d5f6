//! Every `testdata/<format>/<case>.in` gives its `<case>.out`. `UPDATE_EXPECT=1` writes the outputs anew.

use std::fs;
use std::path::{Path, PathBuf};

use whotalks_evtx::{explain, sniff};
use whotalks_record::{Position, Record};

use crate::shared::read;

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let folders = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<_> = folders
        .flat_map(|folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "in"))
        .collect();
    cases.sort();
    cases
}

#[test]
fn every_input_gives_its_expected_output() {
    let cases = cases();
    assert!(cases.len() >= 9, "only {} cases", cases.len());
    let mut different = Vec::new();
    for case in cases {
        let bytes = fs::read(&case).unwrap();
        let kind = sniff(&bytes).unwrap_or_else(|| panic!("{} is not told by its content", case.display()));
        let kept = read(kind, &bytes);
        let expected = case.with_extension("out");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&expected, kept.text()).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != kept.text() {
            different.push(format!("{}:\n{}", case.display(), kept.text()));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

#[test]
fn every_cited_event_is_shown_again() {
    for case in cases() {
        let bytes = fs::read(&case).unwrap();
        let kind = sniff(&bytes).unwrap();
        for record in &read(kind, &bytes).records {
            let Record::Connection(event) = record else {
                continue;
            };
            let shown = explain(kind, &mut bytes.as_slice(), event.span.position);
            let shown = shown.unwrap_or_else(|| panic!("{}: {} is not found", case.display(), event.span));
            let Position::Record(number) = event.span.position else {
                panic!("{}: {} has no number", case.display(), event.span);
            };
            assert!(shown.contains(&number.to_string()), "{shown}");
        }
    }
}
