//! Keeping a case on disk in order.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;
use whotalks_testkit::scenario::Scenario;
use whotalks_testkit::sources::Sources;
use whotalks_testkit::write::write;

use crate::support::{Ran, run, run_with, whotalks};

/// A folder with evidence and a case made of it.
struct Kept {
    folder: TempDir,
}

impl Kept {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let evidence = folder.path().join("evidence");
        fs::create_dir(&evidence).unwrap();
        write(&Scenario::example(), &evidence, &Sources::all()).unwrap();
        let kept = Self { folder };
        let made = run(&["investigate", kept.evidence().to_str().unwrap(), "--case", &kept.case()]);
        assert_eq!(made.code, 0, "{}", made.err);
        kept
    }

    fn evidence(&self) -> PathBuf {
        self.folder.path().join("evidence")
    }

    fn case(&self) -> String {
        self.folder.path().join("case").display().to_string()
    }

    fn run(&self, action: &str, more: &[&str]) -> Ran {
        let case = self.case();
        let mut arguments = vec!["case", action, case.as_str()];
        arguments.extend(more);
        run(&arguments)
    }

    fn json(&self, action: &str, more: &[&str]) -> Value {
        let mut more = more.to_vec();
        more.push("--json");
        let ran = self.run(action, &more);
        serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}{}", ran.out, ran.err))
    }

    /// How many rows a query gives.
    fn rows(&self, query: &str) -> usize {
        let case = self.case();
        let ran = run(&["hunt", query, "--case", &case, "--json"]);
        assert!(ran.code <= 1, "{}", ran.err);
        let answer: Value = serde_json::from_str(&ran.out).unwrap();
        answer.get("rows").and_then(Value::as_array).map_or(0, Vec::len)
    }
}

#[test]
fn a_case_shows_its_tables_in_both_languages() {
    let kept = Kept::new();
    let english = kept.run("info", &[]);
    assert_eq!((english.code, english.err.as_str()), (0, ""));
    for words in [
        "batches of evidence",
        "conclusions are up to date",
        "hunting tables are out of date",
        "ConnectionEvents",
    ] {
        assert!(english.out.contains(words), "{words} in {}", english.out);
    }
    let japanese = kept.run("info", &["--lang", "ja"]);
    assert!(japanese.out.contains("導出結果は最新です"), "{}", japanese.out);
    kept.rows("DeviceNetworkEvents | take 1");
    let info = kept.json("info", &[]);
    assert_eq!(info["kind"], "case");
    assert_eq!(info["ready_for_hunting"], true);
    let tables = info["tables"].as_array().unwrap();
    let hunting = tables
        .iter()
        .find(|table| table["stage"] == "hunting" && table["table"] == "DeviceNetworkEvents");
    assert!(hunting.unwrap()["rows"].as_u64().unwrap() > 100);
}

#[test]
fn a_whole_case_is_found_whole_and_a_damaged_one_names_the_file() {
    let kept = Kept::new();
    let whole = kept.run("verify", &[]);
    assert_eq!(whole.code, 0, "{}", whole.err);
    assert!(whole.out.contains("the case is whole"), "{}", whole.out);
    let part = a_part(Path::new(&kept.case()), "Flows");
    let bytes = fs::read(&part).unwrap();
    fs::write(&part, &bytes[..bytes.len() / 2]).unwrap();
    let damaged = kept.run("verify", &[]);
    assert_eq!(damaged.code, 2);
    for words in [part.to_str().unwrap(), "were committed", "whotalks case rebuild"] {
        assert!(damaged.out.contains(words), "{words} in {}", damaged.out);
    }
    assert_eq!(kept.json("verify", &[])["faults"][0]["kind"], "unreadable");
}

fn a_part(case: &Path, table: &str) -> PathBuf {
    let entries = fs::read_dir(case.join("observed").join(table)).unwrap();
    let mut files = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    files.next().unwrap()
}

#[test]
fn a_damaged_case_is_whole_again_after_rebuilding() {
    let kept = Kept::new();
    let before = kept.rows("DeviceNetworkEvents");
    fs::write(a_part(Path::new(&kept.case()), "ConnectionEvents"), b"PAR1").unwrap();
    let rebuilt = kept.run("rebuild", &[]);
    assert_eq!(rebuilt.code, 0, "{}", rebuilt.err);
    assert!(rebuilt.out.contains("the evidence was read again"), "{}", rebuilt.out);
    assert_eq!(kept.run("verify", &[]).code, 0);
    assert_eq!(kept.rows("DeviceNetworkEvents"), before);
}

#[test]
fn a_case_is_not_rebuilt_from_less_than_it_was_made_of() {
    let kept = Kept::new();
    let before = kept.rows("DeviceNetworkEvents");
    fs::remove_file(kept.evidence().join("Security.evtx")).unwrap();
    let refused = kept.run("rebuild", &[]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("Security.evtx is no longer where it was"),
        "{}",
        refused.err
    );
    assert_eq!(kept.rows("DeviceNetworkEvents"), before);
}

#[test]
fn merging_changes_no_answer() {
    let kept = Kept::new();
    let case = kept.case();
    let before = run(&["investigate", "--case", &case, "--json"]);
    let merged = kept.json("compact", &[]);
    assert!(
        merged["files_before"].as_u64() > merged["files_after"].as_u64(),
        "{merged}"
    );
    let after = run(&["investigate", "--case", &case, "--json"]);
    assert_eq!(after.out, before.out);
    assert!(kept.run("compact", &[]).out.contains("no small files to merge"));
}

#[test]
fn old_evidence_goes_and_the_evidence_files_stay() {
    let kept = Kept::new();
    let gone = kept.json("retain", &["--days", "1"]);
    let pieces = gone["evidence"].as_array().unwrap();
    assert!(
        pieces
            .iter()
            .any(|piece| piece["path"].as_str().unwrap().ends_with("Security.evtx")),
        "{gone}"
    );
    assert!(kept.evidence().join("Security.evtx").exists());
    assert_eq!(kept.rows("Flows"), 0);
    let info = kept.run("info", &[]);
    assert!(info.out.contains("taken away by retention"), "{}", info.out);
    let usage = kept.run("retain", &[]);
    assert_eq!(usage.code, 2, "something must be said to be kept");
}

#[test]
fn tables_are_exported_in_every_format() {
    let kept = Kept::new();
    for format in ["parquet", "csv", "jsonl"] {
        let target = kept.folder.path().join(format);
        let ran = kept.run("export", &[target.to_str().unwrap(), "--format", format]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let file = target.join(format!("DeviceNetworkEvents.{format}"));
        assert!(fs::metadata(&file).unwrap().len() > 1_000, "{}", file.display());
        assert!(ran.out.contains(file.to_str().unwrap()), "{}", ran.out);
    }
    let lines = fs::read_to_string(kept.folder.path().join("jsonl/DeviceNetworkEvents.jsonl")).unwrap();
    assert_eq!(lines.lines().count(), kept.rows("DeviceNetworkEvents"));
}

#[test]
fn two_runs_may_add_to_a_case_at_the_same_time() {
    let kept = Kept::new();
    let folder = kept.folder.path().join("both");
    let case = folder.display().to_string();
    assert_eq!(
        run(&[
            "evidence",
            kept.evidence().join("capture.pcapng").to_str().unwrap(),
            "--case",
            &case
        ])
        .code,
        0
    );
    let runs: Vec<_> = ["Security.evtx", "capture.pcapng"]
        .into_iter()
        .map(|file| {
            let mut command = whotalks();
            command.args([
                "evidence",
                kept.evidence().join(file).to_str().unwrap(),
                "--case",
                &case,
            ]);
            std::thread::spawn(move || run_with(&mut command))
        })
        .collect();
    for ran in runs {
        let ran = ran.join().unwrap();
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    let listed = run(&["evidence", "--case", &case, "--json"]);
    let listed: Value = serde_json::from_str(&listed.out).unwrap();
    let numbers: Vec<String> = listed["evidence"]
        .as_array()
        .unwrap()
        .iter()
        .map(|piece| piece["id"].to_string())
        .collect();
    let distinct: std::collections::BTreeSet<&String> = numbers.iter().collect();
    assert_eq!((numbers.len(), distinct.len()), (3, 3), "{numbers:?}");
    assert_eq!(run(&["case", "verify", &case]).code, 0);
}

#[test]
fn a_folder_that_is_no_case_is_refused_by_every_action() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    for action in ["info", "verify", "compact", "rebuild"] {
        let ran = run(&["case", action, path]);
        assert_eq!(ran.code, 2, "{action}");
        assert!(ran.err.contains("is not a case"), "{}", ran.err);
    }
}
