//! What goes wrong with a server, and what is said about it.

use std::path::Path;
use std::process::Output;

use xtask::error::Result;
use xtask::process;

use super::server::{KEY, Server, files, text, whotalks};
use crate::proof::Proof;

/// The exit code of what cannot be used.
const UNUSABLE: i32 = 2;

pub(super) fn run(server: Server, evidence: &Path, proof: &mut Proof) -> Result {
    let pieces = files(evidence);
    let piece = pieces.first().map(|path| text(path)).unwrap_or_default();
    let known = ["investigate", "--case", "s3://evidence/same/case"];
    let there = |arguments: &[&str]| process::capture(&mut server.whotalks(arguments));
    let make = |case| there(&["investigate", piece, "--case", case]);
    check(
        proof,
        "a missing bucket",
        &make("s3://elsewhere/case")?,
        "no such bucket",
    );
    check(
        proof,
        "no conditional writes",
        &make("s3://unconditional/case")?,
        "If-None-Match",
    );
    check(proof, "a clock that differs", &make("s3://skewed/case")?, "clock");
    check(proof, "no address", &make("s3://Evidence/case")?, "no address");
    check(
        proof,
        "no case",
        &there(&["investigate", "--case", "s3://evidence/nothing"])?,
        "not a case",
    );
    for (name, key) in [("a wrong key", ("other", KEY.1)), ("a wrong secret", (KEY.0, "other"))] {
        let endpoint = server.endpoint();
        let output = process::capture(&mut whotalks(endpoint, key, &known))?;
        check(proof, name, &output, "refuses the access key");
    }
    let mut nobody = server.whotalks(&known);
    let output = process::capture(nobody.env_remove("AWS_ACCESS_KEY_ID"))?;
    check(proof, "no key", &output, "AWS_ACCESS_KEY_ID is not set");
    let endpoint = server.end();
    let output = process::capture(&mut whotalks(&endpoint, KEY, &known))?;
    check(proof, "a server that is gone", &output, "does not answer");
    let mut japanese = whotalks(&endpoint, KEY, &known);
    let output = process::capture(japanese.args(["--lang", "ja"]))?;
    check(proof, "a server that is gone, in Japanese", &output, "応答がありません");
    Ok(())
}

/// It must end as what cannot be used, say why and what to do, and give no signature away.
pub(super) fn check(proof: &mut Proof, name: &str, output: &Output, word: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    let is_said = said.contains(word) && said.lines().count() > 1;
    let is_secret = ["X-Amz-", KEY.1].iter().any(|secret| said.contains(secret));
    let outcome = match (output.status.code() == Some(UNUSABLE), is_said, is_secret) {
        (true, true, false) => Ok(()),
        _ => Err(format!("ended with {}, said {said}", output.status)),
    };
    proof.case(name, outcome);
}
