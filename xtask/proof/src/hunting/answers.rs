//! Every published query is bound and run over a generated case.

use std::num::NonZeroUsize;
use std::time::Duration;

use whotalks_kql_plan::values::DateTime;
use whotalks_kql_plan::{Embedded, Limits, TableSet};
use xtask::error::{Error, Result};
use xtask::output::say;

use super::tables::{Flavour, NOW_NANOSECONDS, generated};
use super::texts::Text;
use super::witness;
use crate::proof::Proof;

/// The least share of queries that must run.
const LEAST_RUNNING: f64 = 0.995;
/// The least share of queries over network events that must find something.
const LEAST_FINDING: f64 = 0.45;
/// Memory that a query may use.
const MEMORY_BYTES: usize = 1 << 30;
/// How long a query may take.
const TIME: Duration = Duration::from_secs(30);

/// Runs every published query.
pub(super) fn run(texts: &[Text], proof: &mut Proof) -> Result {
    let published: Vec<_> = texts.iter().filter(|text| text.published).collect();
    let witnesses: Vec<_> = published.iter().flat_map(|text| witness::of(&text.text)).collect();
    let failed = |error: whotalks_kql_plan::PlanError| Error::Product {
        message: error.to_string(),
    };
    let defender = generated(&witnesses, Flavour::Defender).map_err(failed)?;
    let sentinel = generated(&witnesses, Flavour::Sentinel).map_err(failed)?;
    let limits = Limits {
        memory_bytes: MEMORY_BYTES,
        threads: NonZeroUsize::MIN.saturating_add(1),
        time: Some(TIME),
    };
    let engine = Embedded::new(limits).map_err(failed)?;
    let (mut running, mut network, mut finding) = (0u32, 0u32, 0u32);
    for text in &published {
        let tables = if text.text.contains("TimeGenerated") {
            &sentinel
        } else {
            &defender
        };
        let outcome = rows(&engine, &text.text, tables);
        let over_network = text.text.contains("DeviceNetworkEvents");
        network += u32::from(over_network);
        finding += u32::from(over_network && outcome.as_ref().is_ok_and(|rows| *rows > 0));
        running += u32::from(outcome.is_ok());
        proof.case(&format!("{} answered", text.name), outcome.map(|_| ()));
    }
    judge(
        running,
        published.len(),
        "queries run",
        "running_share",
        LEAST_RUNNING,
        proof,
    );
    judge(
        finding,
        network as usize,
        "queries over network events find something",
        "finding_share",
        LEAST_FINDING,
        proof,
    );
    Ok(())
}

fn judge(held: u32, all: usize, what: &str, figure: &str, least: f64, proof: &mut Proof) {
    let share = if all == 0 { 1.0 } else { f64::from(held) / all as f64 };
    say(&format!("hunting: {held} of {all} {what} ({:.2} %)", share * 100.0));
    proof.figure(figure, share);
    proof.require(
        share >= least,
        format!("{:.2} % of the {what}, wanted {:.0} %", share * 100.0, least * 100.0),
    );
}

fn rows(engine: &Embedded, text: &str, tables: &TableSet) -> std::result::Result<usize, String> {
    let now = DateTime::from_unix_nanoseconds(NOW_NANOSECONDS).unwrap_or(DateTime::UNIX_EPOCH);
    let answer = engine.query(text, tables, now);
    answer
        .map(|answer| answer.row_count())
        .map_err(|error| error.to_string())
}
