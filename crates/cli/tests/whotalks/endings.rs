//! Exit codes, and what goes to standard error.

use std::io::Read as _;
use std::process::{Command, Stdio};

use crate::support::{example, run, run_with, text, whotalks};

#[test]
fn a_path_that_does_not_exist_is_said_in_both_languages() {
    for (language, said) in [
        ("en", "/no/such/path does not exist"),
        ("ja", "/no/such/path がありません"),
    ] {
        let ran = run(&["investigate", "/no/such/path", "--lang", language]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(ran.err.contains(said), "{}", ran.err);
    }
}

#[test]
fn a_mistyped_path_beside_a_good_one_is_said_and_the_good_one_read() {
    let ran = run(&["evidence", "/no/such/path", text(example())]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("/no/such/path"), "{}", ran.out);
    let ran = run(&["investigate", "/no/such/path", text(example())]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("/no/such/path"), "{}", ran.err);
}

#[test]
fn nothing_readable_is_two_and_evidence_says_why() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("holiday.pcap"), b"\x89PNG\r\n\x1a\n and pixels").unwrap();
    let folder = text(folder.path());
    let ran = run(&["investigate", folder]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("whotalks evidence"), "{}", ran.err);
    let ran = run(&["evidence", folder]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.contains("png"), "{}", ran.out);
}

#[test]
fn an_empty_folder_is_two() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(&["investigate", text(folder.path())]).code, 2);
}

#[test]
fn wrong_usage_is_two() {
    for arguments in [
        &["frobnicate"][..],
        &["investigate"],
        &["investigate", "x", "--json", "--csv"],
        &["explain", "not-a-reference", "x"],
        &["doctor", "--lang", "tlh"],
        &["doctor", "--utc-offset", "JST"],
    ] {
        let ran = run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(!ran.err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_question_that_nothing_matches_is_one() {
    let ran = run(&["ask", "192.0.2.254", text(example())]);
    assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
    assert!(!ran.out.is_empty());
    for reference in ["E99#1", "E1#999999"] {
        let ran = run(&["explain", reference, text(example())]);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{reference}");
        assert!(ran.err.contains(reference), "{}", ran.err);
    }
}

#[test]
fn a_report_that_cannot_be_written_is_three() {
    let ran = run(&["investigate", text(example()), "--html", "/no/such/folder/report.html"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("/no/such/folder/report.html"), "{}", ran.err);
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let mut child = Command::new(whotalks().get_program())
        .args(["investigate", "--wide", "--json", text(example())])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
}

#[test]
fn a_capture_is_read_from_standard_input() {
    let capture = std::fs::read_dir(example())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|extension| extension == "pcapng"))
        .unwrap();
    let ran = run_with(whotalks().args(["evidence", "-"]).pipe_stdin(&capture).unwrap());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("pcapng"), "{}", ran.out);
    let ran = run_with(whotalks().args(["explain", "E1#1", "-"]).pipe_stdin(&capture).unwrap());
    assert_eq!(ran.code, 2, "standard input cannot be read twice");
}

#[test]
fn nothing_is_said_on_standard_error_where_all_is_well() {
    for command in ["investigate", "evidence"] {
        let ran = run(&[command, text(example())]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{command}");
    }
}
