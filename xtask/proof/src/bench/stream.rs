//! Ten gigabytes with five million flows through standard input: memory must stay bounded.

use std::io;
use std::process::{ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use whotalks_testkit::stream::{BigCapture, Size};
use xtask::error::{Error, Result};
use xtask::output::say;

use crate::measure;
use crate::proof::Proof;

/// What is written.
const STREAM_BYTES: u64 = 10_000_000_000;
/// How many flows it holds.
const FLOWS: u64 = 5_000_000;
/// Seven packets in each flow.
const PACKETS: u64 = 7 * FLOWS;
/// What is asked of the generator: lookups stay small, so it makes a tenth less.
const ASKED_BYTES: u64 = STREAM_BYTES / 10 * 11;
/// What may be held at once.
const MOST_MEMORY_BYTES: u64 = 1 << 30;
/// The run is given up here.
const GIVE_UP: Duration = Duration::from_secs(1_800);

/// Pipes the stream into `whotalks investigate -` and looks at its peak memory.
pub(super) fn measure(proof: &mut Proof) -> Result {
    let mut command = Command::new(crate::sibling("whotalks"));
    command
        .args(["investigate", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null());
    let start = Instant::now();
    let mut child = command.spawn().map_err(|source| Error::Start {
        program: "whotalks".to_owned(),
        source,
    })?;
    let writer = child.stdin.take().map(|stdin| std::thread::spawn(move || write(stdin)));
    let (status, peak) = measure::watch(child, start, GIVE_UP)?;
    let written = writer.and_then(|writer| writer.join().ok()).unwrap_or(0);
    let seconds = start.elapsed().as_secs_f64();
    say(&format!(
        "stream: {written} bytes in {seconds:.0} s, peak memory {} MiB",
        peak >> 20
    ));
    proof.figure("stream_bytes", written as f64);
    proof.figure("stream_s", seconds);
    proof.figure("stream_peak_memory_bytes", peak as f64);
    let whole = status.is_some_and(|status| status.success()) && written >= STREAM_BYTES;
    let outcome = match (whole, peak < MOST_MEMORY_BYTES) {
        (true, true) => Ok(()),
        (true, false) => Err(format!("{peak} bytes at once, limit {MOST_MEMORY_BYTES}")),
        (false, _) => Err(format!("{written} of {STREAM_BYTES} bytes were taken")),
    };
    proof.require(outcome.is_ok(), "stream: ten gigabytes within one gibibyte of memory");
    proof.case("stream", outcome);
    Ok(())
}

/// Writes the stream until all is written or nobody reads any more; the number of bytes that were taken.
fn write(mut stdin: ChildStdin) -> u64 {
    let size = Size {
        packets: PACKETS,
        flows: FLOWS,
        bytes: ASKED_BYTES,
    };
    // A reader that ends early shows in the number of bytes, not here.
    io::copy(&mut BigCapture::new(size), &mut stdin).unwrap_or(0)
}
