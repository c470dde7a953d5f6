//! Two programs on the same data, by turns.

use std::process::Command;
use std::time::Duration;

use xtask::error::{Error, Result};
use xtask::output::say;

use crate::measure;
use crate::proof::Proof;

/// Rounds of each program; the median of five is steady against one disturbance or two.
const ROUNDS: usize = 5;
/// No run of a contest may take longer.
const GIVE_UP: Duration = Duration::from_secs(600);

/// A program that takes part.
pub(super) struct Contestant {
    pub(super) name: &'static str,
    /// Its command line, made anew for each round.
    pub(super) command: Box<dyn Fn() -> Command>,
}

/// What a contestant needed.
#[derive(Debug, PartialEq)]
struct Effort {
    median_seconds: f64,
    peak_bytes: u64,
}

/// Lets `ours` and `peer` run by turns; a case of `proof` that holds where the median of ours is at most `most` of the
/// peer's.
pub(super) fn compare(name: &str, ours: &Contestant, peer: &Contestant, most: f64, proof: &mut Proof) -> Result {
    let (mut our_rounds, mut peer_rounds) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        our_rounds.push(round(ours)?);
        peer_rounds.push(round(peer)?);
    }
    let (our_result, peer_result) = (summarise(&our_rounds), summarise(&peer_rounds));
    let ratio = our_result.median_seconds / peer_result.median_seconds;
    say(&line(name, ours.name, &our_result));
    say(&line(name, peer.name, &peer_result));
    say(&format!(
        "{name}: {} needs {ratio:.3} of the time of {}, wanted at most {most:.3}",
        ours.name, peer.name
    ));
    note(name, ours.name, &our_result, proof);
    note(name, peer.name, &peer_result, proof);
    proof.figure(format!("{name}_time_ratio"), ratio);
    let outcome = if ratio <= most {
        Ok(())
    } else {
        Err(format!("{ratio:.3} of the time of {}", peer.name))
    };
    proof.require(
        outcome.is_ok(),
        format!("{name}: at most {most:.3} of the time of {}", peer.name),
    );
    proof.case(name, outcome);
    Ok(())
}

fn round(contestant: &Contestant) -> Result<(Duration, u64)> {
    let mut command = (contestant.command)();
    let words = xtask::process::words(&command);
    let run = measure::run(&mut command, GIVE_UP)?;
    match run.status {
        Some(status) if status.success() => Ok((run.elapsed, run.peak_bytes)),
        Some(status) => Err(Error::Failed { what: words, status }),
        None => Err(Error::Missing {
            what: format!("an end of `{words}` within {} s", GIVE_UP.as_secs()),
            remedy: "run it alone",
        }),
    }
}

fn summarise(rounds: &[(Duration, u64)]) -> Effort {
    let mut seconds: Vec<f64> = rounds.iter().map(|(elapsed, _)| elapsed.as_secs_f64()).collect();
    seconds.sort_by(f64::total_cmp);
    Effort {
        median_seconds: seconds.get(seconds.len() / 2).copied().unwrap_or(f64::NAN),
        peak_bytes: rounds.iter().map(|(_, peak)| *peak).max().unwrap_or(0),
    }
}

fn line(name: &str, program: &str, result: &Effort) -> String {
    let mebibytes = result.peak_bytes as f64 / f64::from(1 << 20);
    format!(
        "{name}: {program:<12} median {:>7.3} s of {ROUNDS}, peak memory {mebibytes:.0} MiB",
        result.median_seconds
    )
}

fn note(name: &str, program: &str, result: &Effort, proof: &mut Proof) {
    proof.figure(format!("{name}_{program}_median_s"), result.median_seconds);
    proof.figure(format!("{name}_{program}_peak_memory_bytes"), result.peak_bytes as f64);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_ignores_one_slow_round_and_the_peak_does_not() {
        let rounds = [1, 9, 2].map(|seconds| (Duration::from_secs(seconds), seconds * 10));
        assert_eq!(
            summarise(&rounds),
            Effort {
                median_seconds: 2.0,
                peak_bytes: 90
            }
        );
    }
}
