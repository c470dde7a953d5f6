//! How fast a case in a bucket is written and asked, beside the same one in a folder.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use xtask::error::{Error, Result};
use xtask::output::say;

use super::server::{Server, text};
use crate::proof::Proof;

/// What is asked: one address among many.
const NEEDLE: &str = "DeviceNetworkEvents | where RemoteIP == '198.18.0.77' | count";

/// How often; the fastest counts, since others work on this computer, too.
const TIMES: usize = 5;

pub(super) fn run(server: &Server, folder: &Path, rows: u64, proof: &mut Proof) -> Result {
    let evidence = folder.join("pfirewall.log");
    std::fs::write(&evidence, log(rows)).map_err(Error::writing(&evidence))?;
    let disk = folder.join("speed");
    for (name, case) in [("disk", text(&disk)), ("bucket", "s3://evidence/speed")] {
        let kept = timed(server, &["evidence", text(&evidence), "--case", case], 1, name, proof);
        let prepared = timed(server, &["hunt", NEEDLE, "--case", case], 1, name, proof);
        let needle = timed(server, &["hunt", NEEDLE, "--case", case], TIMES, name, proof);
        say(&format!(
            "objects: {name}: {rows} rows kept in {kept:.2} s, made ready for hunting in {prepared:.2} s, needle in {:.0} ms, start of the \
             program included",
            needle * 1_000.0
        ));
        proof.figure(format!("{name}_kept_seconds"), kept);
        proof.figure(format!("{name}_ready_seconds"), prepared);
        proof.figure(format!("{name}_needle_seconds"), needle);
    }
    Ok(())
}

/// The shortest time that a command takes, in seconds.
fn timed(server: &Server, words: &[&str], times: usize, name: &str, proof: &mut Proof) -> f64 {
    let mut shortest = f64::INFINITY;
    for _ in 0..times {
        let begun = Instant::now();
        let outcome = server.read(words);
        shortest = shortest.min(begun.elapsed().as_secs_f64());
        proof.case(
            &format!("{} on {name}", words.first().unwrap_or(&"")),
            outcome.map(drop),
        );
    }
    shortest
}

/// A log of Windows Firewall with so many connections.
fn log(rows: u64) -> String {
    let mut text = "#Version: 1.5\n#Software: Microsoft Windows Firewall\n#Time Format: Local\n#Fields: date time action protocol \
                    src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path pid\n\n"
        .to_owned();
    for row in 0..rows {
        let (second, mixed) = (
            row * 86_400 / rows.max(1),
            row.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40,
        );
        let _ = writeln!(
            text,
            "2024-05-01 {:02}:{:02}:{:02} ALLOW TCP 10.0.0.5 198.18.{}.{} {} 443 0 - 0 0 0 - - - SEND {}",
            second / 3_600,
            second / 60 % 60,
            second % 60,
            mixed % 16,
            mixed / 16 % 256,
            49_152 + row % 16_000,
            1_000 + mixed % 50
        );
    }
    text
}
