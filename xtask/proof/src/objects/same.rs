//! That every command says of a case in a bucket what it says of the same case in a folder.

use std::path::Path;

use xtask::error::Result;

use super::server::{Server, files, text};
use crate::proof::Proof;

/// What is asked of a case, in the order in which it is asked; `CASE` is its place, `OUT` a folder of its own.
const QUESTIONS: [&[&str]; 16] = [
    &["investigate", "--case", "CASE", "--json"],
    &["evidence", "--case", "CASE", "--json"],
    &["explain", "E1", "--case", "CASE"],
    &[
        "hunt",
        "DeviceNetworkEvents | summarize count() by ActionType | sort by ActionType asc",
        "--case",
        "CASE",
    ],
    &[
        "hunt",
        "DeviceNetworkEvents | where RemotePort == 443 | project Timestamp, RemoteIP | sort by Timestamp asc, RemoteIP asc",
        "--case",
        "CASE",
    ],
    &[
        "hunt",
        "Flows | join kind=inner DeviceProcessEvents on DeviceName | count",
        "--case",
        "CASE",
    ],
    &[
        "hunt",
        "search 'chrome' | summarize count() by $table | sort by $table asc",
        "--case",
        "CASE",
    ],
    &["case", "info", "CASE", "--json"],
    &["case", "verify", "CASE", "--json"],
    &["case", "export", "CASE", "OUT/csv", "--format", "csv"],
    &["case", "export", "CASE", "OUT/jsonl", "--format", "jsonl"],
    &["case", "export", "CASE", "OUT/parquet"],
    &["case", "compact", "CASE", "--json"],
    &["investigate", "--case", "CASE"],
    &["case", "info", "CASE"],
    &["case", "verify", "CASE"],
];

/// What is asked after the case was changed again.
const LATER: [&[&str]; 6] = [
    &["case", "retain", "CASE", "--size", "1", "--json"],
    &["case", "rebuild", "CASE", "--json"],
    &["case", "info", "CASE", "--json"],
    &["case", "verify", "CASE", "--json"],
    &["investigate", "--case", "CASE", "--json"],
    &["hunt", "Flows | count", "--case", "CASE"],
];

pub(super) fn run(server: &Server, evidence: &Path, folder: &Path, proof: &mut Proof) -> Result {
    for bucket in ["evidence", "broken"] {
        compare(server, bucket, evidence, folder, proof);
    }
    Ok(())
}

fn compare(server: &Server, bucket: &str, evidence: &Path, folder: &Path, proof: &mut Proof) {
    let disk = folder.join("in-folder").join(bucket);
    let places = [
        Place::new(text(&disk.join("case")), text(&disk.join("out"))),
        Place::new(&format!("s3://{bucket}/same/case"), text(&disk.join("out-of-bucket"))),
    ];
    // Several commits, so that there is something to merge.
    let pieces = files(evidence);
    let pieces = pieces
        .iter()
        .map(|file| vec!["evidence", text(file), "--case", "CASE", "--json"]);
    for words in pieces.chain(QUESTIONS.iter().chain(&LATER).map(|words| words.to_vec())) {
        let [disk, there] = places.each_ref().map(|place| place.answer(server, &words));
        let name = format!("{bucket}: {}", words.join(" "));
        proof.case(&name, judge(disk, there));
    }
    let [disk, there] = places.each_ref().map(|place| exported(Path::new(&place.out)));
    proof.case(&format!("{bucket}: exported files"), judge(Ok(disk), Ok(there)));
}

/// A place of a case, and a folder for what comes out of it.
struct Place {
    case: String,
    out: String,
}

impl Place {
    fn new(case: &str, out: &str) -> Self {
        let (case, out) = (case.to_owned(), out.to_owned());
        Self { case, out }
    }

    /// What is said of the case, without the names of its place.
    fn answer(&self, server: &Server, words: &[&str]) -> std::result::Result<String, String> {
        let filled = words.iter().map(|word| match word.strip_prefix("OUT") {
            Some(rest) => format!("{}{rest}", self.out),
            None if *word == "CASE" => self.case.clone(),
            None => (*word).to_owned(),
        });
        let filled: Vec<String> = filled.collect();
        let filled: Vec<&str> = filled.iter().map(String::as_str).collect();
        let said = server.read(&filled)?;
        Ok(said.replace(&self.out, "OUT").replace(&self.case, "CASE"))
    }
}

fn judge<T: PartialEq + std::fmt::Debug>(
    disk: std::result::Result<T, String>,
    there: std::result::Result<T, String>,
) -> std::result::Result<(), String> {
    let (disk, there) = (disk?, there?);
    if disk == there {
        return Ok(());
    }
    let [disk, there] = [disk, there].map(|said| format!("{said:?}"));
    let same = disk
        .bytes()
        .zip(there.bytes())
        .take_while(|(one, other)| one == other)
        .count();
    let around = |said: &str| said.chars().skip(same.saturating_sub(80)).take(300).collect::<String>();
    Err(format!(
        "in a folder …{}…, in a bucket …{}…",
        around(&disk),
        around(&there)
    ))
}

/// What was exported: names, lengths, and checksums.
fn exported(folder: &Path) -> Vec<(String, usize, u64)> {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let files = files(folder).into_iter().map(|path| {
        let bytes = std::fs::read(&path).unwrap_or_default();
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
        (name, bytes.len(), hasher.finish())
    });
    files.collect()
}
