//! Every `testdata/<format>/<case>.in` gives its `<case>.out`. `UPDATE_EXPECT=1` writes the outputs anew.

use std::fs;
use std::path::{Path, PathBuf};

fn cases(folder: &Path) -> Vec<PathBuf> {
    let mut cases = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            cases.extend(self::cases(&path));
        } else if path.extension().is_some_and(|extension| extension == "in") {
            cases.push(path);
        }
    }
    cases.sort();
    cases
}

#[test]
fn every_input_gives_its_expected_output() {
    let cases = cases(&Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata"));
    assert!(cases.len() >= 20, "only {} cases", cases.len());
    let mut different = Vec::new();
    for case in cases {
        let bytes = fs::read(&case).unwrap();
        let read = if case.parent().is_some_and(|folder| folder.ends_with("firewall_log")) {
            crate::shared::read_firewall(&bytes)
        } else {
            crate::shared::read(&bytes)
        };
        assert!(
            !read.records.is_empty() || !read.issues.is_empty(),
            "{} says nothing",
            case.display()
        );
        let expected = case.with_extension("out");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&expected, read.text()).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != read.text() {
            different.push(format!("{}:\n{}", case.display(), read.text()));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}
