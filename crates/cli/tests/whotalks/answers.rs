//! What the commands answer about the bundled example.

use crate::support::{example, json, run, run_with, text, whotalks};

#[test]
fn investigate_prints_the_parts_of_the_overview_in_both_languages() {
    let english = run(&["investigate", text(example())]);
    for part in ["Evidence", "Findings", "External endpoints", "Blocked", "Unknown"] {
        assert!(english.out.contains(part), "{part} in {}", english.out);
    }
    let japanese = run(&["investigate", text(example()), "--lang", "ja"]);
    for part in ["証拠", "不明"] {
        assert!(japanese.out.contains(part), "{part} in {}", japanese.out);
    }
}

#[test]
fn two_runs_give_the_same_bytes() {
    for shape in [&["--wide"][..], &["--json"], &["--csv"]] {
        let arguments = [&["investigate", text(example())], shape].concat();
        assert_eq!(run(&arguments).out, run(&arguments).out, "{shape:?}");
    }
}

#[test]
fn every_json_document_names_its_version_and_kind() {
    let folder = text(example());
    for (kind, arguments) in [
        ("overview", &["investigate", folder, "--json"][..]),
        ("answer", &["ask", "System", folder, "--json"]),
        ("evidence", &["evidence", folder, "--json"]),
        ("explain", &["explain", "E1", folder, "--json"]),
        ("doctor", &["doctor", "--json"]),
    ] {
        let ran = run(arguments);
        assert!(ran.code <= 1, "{kind}: {}", ran.err);
        let document = json(&ran);
        assert_eq!(document["kind"], kind);
        assert_eq!(document["version"], 1);
    }
}

#[test]
fn csv_has_the_same_columns_in_both_languages_and_rows_as_wide_as_its_head() {
    let english = run(&["investigate", text(example()), "--csv"]).out;
    let japanese = run(&["investigate", text(example()), "--csv", "--lang", "ja"]).out;
    assert_eq!(english.lines().next(), japanese.lines().next());
    let mut reader = csv::Reader::from_reader(english.as_bytes());
    assert!(reader.records().all(|record| record.is_ok()));
    assert!(english.lines().count() > 1, "{english}");
}

#[test]
fn the_report_is_one_file_that_loads_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.html");
    let ran = run(&["investigate", text(example()), "--html", text(&path)]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err.contains("report.html"),
        "it says where the report is: {}",
        ran.err
    );
    let report = std::fs::read_to_string(&path).unwrap();
    assert!(report.starts_with("<!DOCTYPE html>"));
    for outside in ["src=\"http", "href=\"http", "@import", "url(http"] {
        assert!(!report.contains(outside), "{outside}");
    }
}

#[test]
fn every_citation_of_the_overview_can_be_explained() {
    let overview = run(&["investigate", text(example()), "--json"]).out;
    let mut references: Vec<&str> = overview.split('"').filter(|text| is_reference(text)).collect();
    references.sort_unstable();
    references.dedup();
    assert!(references.len() > 20, "{}", references.len());
    let step = references.len().div_ceil(20);
    for reference in references.into_iter().step_by(step) {
        let ran = run(&["explain", reference, text(example())]);
        assert_eq!(ran.code, 0, "{reference}: {}", ran.err);
        assert!(ran.out.starts_with(reference), "{reference}: {}", ran.out);
    }
}

#[test]
fn what_no_reader_took_can_be_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "first\nsecond\n").unwrap();
    std::fs::write(folder.path().join("b.bin"), [0, 1, 2, 255]).unwrap();
    let ran = run(&["explain", "E1:2", text(folder.path())]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("second") && !ran.out.contains("first"), "{}", ran.out);
    let ran = run(&["explain", "E2", text(folder.path())]);
    assert!(ran.out.contains("00 01 02 ff"), "{}", ran.out);
}

/// `E1#801` and its like.
fn is_reference(text: &str) -> bool {
    let rest = text
        .strip_prefix('E')
        .unwrap_or_default()
        .trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() > 1 && rest.starts_with(['#', '@', ':', '/']) && rest[1..].bytes().all(|byte| byte.is_ascii_digit())
}

#[test]
fn the_offset_of_times_is_the_one_asked_for() {
    let ran = run(&["investigate", text(example()), "--utc-offset", "+09:00"]);
    assert!(ran.out.contains("+09:00"), "{}", ran.out);
    let ran = run(&["investigate", text(example()), "--utc-offset", "-03:30"]);
    assert!(ran.out.contains("-03:30"), "{}", ran.out);
}

#[test]
fn colour_is_only_for_terminals_and_never_against_no_color() {
    let plain = run(&["investigate", text(example())]);
    assert!(!plain.out.contains('\u{1b}'), "standard output is no terminal here");
    let forced = run_with(
        whotalks()
            .env("CLICOLOR_FORCE", "1")
            .args(["investigate", text(example())]),
    );
    assert!(forced.out.contains('\u{1b}'));
    let refused = run_with(
        whotalks()
            .env("CLICOLOR_FORCE", "1")
            .env("NO_COLOR", "1")
            .args(["investigate", text(example())]),
    );
    assert!(!refused.out.contains('\u{1b}'));
}

#[test]
fn doctor_says_what_can_be_read() {
    let document = json(&run(&["doctor", "--json"]));
    let formats = document["formats"].as_array().unwrap();
    for word in ["pcap", "pcapng", "evtx", "netstat", "wfp-filters", "zip"] {
        assert!(formats.iter().any(|format| format == word), "{word}");
    }
    assert!(run(&["doctor"]).out.contains("pcapng"));
}
