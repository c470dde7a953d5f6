//! Writers that are killed at any moment.

use std::path::Path;
use std::time::{Duration, Instant};

use xtask::error::Result;

use super::server::{Server, files, text};
use super::together::{added, observed, same, started, whole};
use crate::proof::Proof;

pub(super) fn run(server: &Server, evidence: &Path, folder: &Path, kills: u32, proof: &mut Proof) -> Result {
    let all = files(evidence);
    let alone = folder.join("never-killed");
    let expected = added(server, &all, text(&alone)).and_then(|()| observed(server, text(&alone)));
    let begun = Instant::now();
    let outcome = added(server, &all, "s3://evidence/timed");
    proof.case("a whole run", outcome);
    let whole_run = begun.elapsed();
    let case = "s3://evidence/killed";
    // From a moment at which there is a case.
    proof.case("the first piece", added(server, all.get(..1).unwrap_or_default(), case));
    let mut words = vec!["investigate", "--case", case];
    words.extend(all.iter().map(|piece| text(piece)));
    let mut rows = 0;
    for kill in 0..kills {
        let after = whole_run.mul_f64(f64::from(kill % 10 + 1) / 12.0);
        proof.case(&format!("kill {kill}"), killed(server, &words, after));
        proof.case(&format!("whole after kill {kill}"), whole(server, case));
        let now = observed(server, case).map(|found| found.values().sum::<u64>());
        let grows = now
            .clone()
            .and_then(|now| (now >= rows).then_some(()).ok_or(format!("{now} rows after {rows}")));
        proof.case(&format!("nothing lost after kill {kill}"), grows);
        rows = now.unwrap_or(rows);
    }
    proof.case("the last run", added(server, &all, case));
    proof.case("all there, once", same(&expected, &observed(server, case)));
    proof.case("tidied", server.read(&["case", "compact", case]).map(drop));
    proof.case("all there, once, tidied", same(&expected, &observed(server, case)));
    proof.case("whole at the end", whole(server, case));
    Ok(())
}

fn killed(server: &Server, words: &[&str], after: Duration) -> std::result::Result<(), String> {
    let mut writer = started(server, words)?;
    std::thread::sleep(after);
    let killed = writer.kill().and_then(|()| writer.wait());
    killed.map(drop).map_err(|error| error.to_string())
}
