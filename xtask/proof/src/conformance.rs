//! `cargo xtask conformance`: queries with recorded answers, against the answers of whotalks.
//!
//! Tier A was recorded from the real engine, B stands in its documentation, C comes from the tests of another implementation.

mod alike;
mod answer;
mod case;
mod explained;
mod judge;
mod tuple;

use std::collections::BTreeMap;
use std::path::PathBuf;

use whotalks_kql_plan::{Embedded, Limits};
use xtask::error::{Error, Result};
use xtask::output::say;
use xtask::project;

use self::case::{Case, Tier};
use self::explained::Explained;
use self::judge::Verdict;
use crate::proof::Proof;

/// Compares answers to queries with those that other engines gave.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// A file of cases; by default `../shared/kql/conformance/cases.json`.
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Writes every outcome here.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Only cases whose identifier or family holds this text; their answers are shown in full.
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
}

/// The least share of cases of a tier that must hold.
fn least_share(tier: Tier) -> f64 {
    match tier {
        Tier::Engine => 0.99,
        Tier::Documentation => 0.53,
        Tier::Other => 0.82,
    }
}

/// Memory that a case may use.
const MEMORY_BYTES: usize = 1 << 30;
/// Seconds that a case may take.
const SECONDS: u64 = 20;

/// Runs the proof.
pub(crate) fn run(arguments: &Arguments) -> Result {
    let path = arguments
        .data
        .clone()
        .unwrap_or_else(|| project::root().join("../shared/kql/conformance/cases.json"));
    if !path.is_file() {
        say(&format!("conformance: skipped: the file {} is absent", path.display()));
        return Ok(());
    }
    let cases = case::read(&path)?;
    let explained = Explained::read()?;
    let limits = Limits {
        memory_bytes: MEMORY_BYTES,
        threads: std::num::NonZeroUsize::MIN.saturating_add(1),
        time: Some(std::time::Duration::from_secs(SECONDS)),
    };
    let engine = Embedded::new(limits).map_err(|error| Error::Product {
        message: error.to_string(),
    })?;
    let mut proof = Proof::new("conformance");
    let mut tally: Tally = BTreeMap::new();
    let wanted = |case: &&Case| {
        let only = arguments.only.as_deref();
        case.counts() && only.is_none_or(|only| case.id.contains(only) || case.family.contains(only))
    };
    for case in cases.iter().filter(wanted) {
        let verdict = judge::judge(case, &engine);
        let counts = tally.entry((case.tier, case.family.clone())).or_default();
        match verdict {
            Verdict::Agrees => {
                counts[0] += 1;
                proof.pass();
            }
            Verdict::Refused(why) if judge::may_be_refused(case) => {
                counts[3] += 1;
                say(&format!("{}: refused, as it may be: {why}", case.id));
            }
            Verdict::Differs(_) | Verdict::Refused(_) if explained.reason(&case.id).is_some() => {
                counts[4] += 1;
                let reason = explained.reason(&case.id).unwrap_or_default();
                say(&format!("{}: explained: {reason}", case.id));
            }
            Verdict::Refused(why) => {
                counts[1] += 1;
                proof.fail(&case.id, format!("refused: {why}"));
            }
            Verdict::Differs(why) => {
                counts[2] += 1;
                proof.fail(&case.id, format!("{why}\n    {}", case.query));
            }
        }
    }
    report(&tally, &mut proof);
    proof.finish(arguments.json.as_deref())
}

/// How many cases of a tier and a family agree, are refused, differ, may be refused, and are explained. The last two are listed, and
/// the share is that of the others.
type Tally = BTreeMap<(Tier, String), [u64; 5]>;

fn report(tally: &Tally, proof: &mut Proof) {
    for tier in [Tier::Engine, Tier::Documentation, Tier::Other] {
        let of_tier = tally.iter().filter(|((other, _), _)| *other == tier);
        let mut sum = [0u64; 5];
        for ((_, family), counts) in of_tier {
            let total: u64 = counts.iter().take(3).sum();
            if tier == Tier::Engine {
                say(&format!(
                    "{tier} {family}: {} of {total} agree, {} refused",
                    counts[0], counts[1]
                ));
            }
            sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        let total: u64 = sum.iter().take(3).sum();
        if total == 0 {
            continue;
        }
        let share = sum[0] as f64 / total as f64;
        say(&format!(
            "{tier}: {} of {total} agree ({:.2} %), {} refused; beside them {} that may be refused, {} explained",
            sum[0],
            share * 100.0,
            sum[1],
            sum[3],
            sum[4]
        ));
        proof.figure(format!("{tier}_may_be_refused"), sum[3] as f64);
        proof.figure(format!("{tier}_explained"), sum[4] as f64);
        proof.figure(format!("{tier}_share"), share);
        proof.figure(format!("{tier}_refused"), sum[1] as f64);
        proof.require(
            share >= least_share(tier),
            format!(
                "{tier}: {:.2} % agree, wanted {:.2} %",
                share * 100.0,
                least_share(tier) * 100.0
            ),
        );
    }
}
