//! Each `testdata/NAME.kql` as diagnostics, canonical text and tree, in `testdata/NAME.out`. `UPDATE_EXPECT=1` writes them anew.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files fails")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use whotalks_kql_syntax::{Lines, parse};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = files
        .filter(|path| path.extension().is_some_and(|end| end == "kql"))
        .collect();
    cases.sort();
    cases
}

fn report(text: &str) -> String {
    let parsed = parse(text);
    let lines = Lines::new(text);
    let mut report = String::new();
    for diagnostic in &parsed.diagnostics {
        writeln!(report, "{}", diagnostic.located(&lines)).unwrap();
    }
    writeln!(report, "--- text\n{}\n--- tree\n{:#?}", parsed.tree, parsed.tree).unwrap();
    report
}

#[test]
fn texts_are_read_as_recorded() {
    let cases = cases();
    assert!(cases.len() >= 8, "the folder of cases is gone");
    for case in cases {
        let actual = report(&std::fs::read_to_string(&case).unwrap());
        let expected = case.with_extension("out");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&expected, &actual).unwrap();
        }
        let recorded = std::fs::read_to_string(&expected).unwrap_or_default();
        assert!(recorded == actual, "{} differs:\n{actual}", case.display());
    }
}
