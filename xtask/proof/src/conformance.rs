//! `cargo xtask conformance`: queries with recorded answers, against the answers of whotalks.
//!
//! Tier A was recorded from the real engine, B stands in its documentation, C comes from the tests of another implementation.

mod answer;
mod case;
mod judge;
mod tuple;

use std::collections::BTreeMap;
use std::path::PathBuf;

use whotalks_kql_plan::{Embedded, Limits};
use xtask::error::{Error, Result};
use xtask::output::say;
use xtask::project;

use self::case::{Case, Tier};
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
    let limits = Limits {
        memory_bytes: MEMORY_BYTES,
        threads: std::num::NonZeroUsize::MIN.saturating_add(1),
        time: Some(std::time::Duration::from_secs(SECONDS)),
    };
    let engine = Embedded::new(limits).map_err(|error| Error::Product {
        message: error.to_string(),
    })?;
    let mut proof = Proof::new("conformance");
    let mut tally: BTreeMap<(Tier, String), [u64; 3]> = BTreeMap::new();
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

fn report(tally: &BTreeMap<(Tier, String), [u64; 3]>, proof: &mut Proof) {
    for tier in [Tier::Engine, Tier::Documentation, Tier::Other] {
        let of_tier = tally.iter().filter(|((other, _), _)| *other == tier);
        let mut sum = [0u64; 3];
        for ((_, family), counts) in of_tier {
            let total: u64 = counts.iter().sum();
            if tier == Tier::Engine {
                say(&format!(
                    "{tier} {family}: {} of {total} agree, {} refused",
                    counts[0], counts[1]
                ));
            }
            sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        let total: u64 = sum.iter().sum();
        if total == 0 {
            continue;
        }
        let share = sum[0] as f64 / total as f64;
        say(&format!(
            "{tier}: {} of {total} agree ({:.2} %), {} refused",
            sum[0],
            share * 100.0,
            sum[1]
        ));
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
