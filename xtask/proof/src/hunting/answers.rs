//! Every published query is bound and run over a generated case.

use std::num::NonZeroUsize;
use std::time::Duration;

use whotalks_kql_plan::values::DateTime;
use whotalks_kql_plan::{Embedded, Limits, TableSet, Tables as _};
use xtask::error::{Error, Result};
use xtask::output::say;

use super::oracle::Oracle;
use super::tables::{Flavour, NOW_NANOSECONDS, generated};
use super::texts::Text;
use super::witness;
use crate::proof::Proof;

/// The least share of queries that must run.
const LEAST_RUNNING: f64 = 0.995;
/// The least share of queries over network events that must find something.
const LEAST_FINDING: f64 = 0.45;
/// The least number of queries that a plain reading is compared with.
const LEAST_COMPARED: usize = 40;
/// Memory that a query may use.
const MEMORY_BYTES: usize = 1 << 30;
/// How long a query may take.
const TIME: Duration = Duration::from_secs(30);

/// Runs every published query.
pub(super) fn run(texts: &[Text], proof: &mut Proof) -> Result {
    let published: Vec<_> = texts.iter().filter(|text| text.published).collect();
    let sought: Vec<_> = published.iter().map(|text| witness::of(&text.text)).collect();
    let witnesses: Vec<_> = sought
        .iter()
        .flat_map(|sought| sought.witnesses.iter().cloned())
        .collect();
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
    let mut missed = Vec::new();
    for (text, sought) in published.iter().zip(&sought) {
        let tables = if text.text.contains("TimeGenerated") {
            &sentinel
        } else {
            &defender
        };
        let mut own = tables.clone();
        for (location, content) in &sought.files {
            own.allow(location, content.clone().into_bytes());
        }
        let outcome = rows(&engine, &text.text, &own);
        let over_network = text.text.contains("DeviceNetworkEvents");
        network += u32::from(over_network);
        let found = outcome.as_ref().is_ok_and(|rows| *rows > 0);
        finding += u32::from(over_network && found);
        if over_network && !found {
            missed.push(text.name.clone());
        }
        running += u32::from(outcome.is_ok());
        proof.case(&format!("{} answered", text.name), outcome.map(|_| ()));
    }
    let compared = compare(&engine, &published, [(&defender, false), (&sentinel, true)], proof).map_err(failed)?;
    proof.figure("compared_queries", compared as f64);
    proof.require(
        compared >= LEAST_COMPARED,
        format!("{compared} queries compared with a plain reading, wanted {LEAST_COMPARED}"),
    );
    say(&format!(
        "hunting: {compared} queries compared with a plain reading of them"
    ));
    say(&format!("hunting: nothing is found by {}", missed.join(", ")));
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

/// Compares how many rows simple queries over network events give with a plain reading of them; how many could be compared.
fn compare(
    engine: &Embedded,
    published: &[&Text],
    flavours: [(&TableSet, bool); 2],
    proof: &mut Proof,
) -> std::result::Result<usize, whotalks_kql_plan::PlanError> {
    let mut compared = 0;
    for (tables, of_sentinel) in flavours {
        let mut oracle = Oracle::default();
        for name in tables.names() {
            oracle.learn(&name, &engine.query(&name, tables, now())?);
        }
        let over_network = |text: &&&Text| {
            text.text.contains("DeviceNetworkEvents") && text.text.contains("TimeGenerated") == of_sentinel
        };
        for text in published.iter().filter(over_network) {
            let Some(expected) = oracle.count(&text.text) else {
                continue;
            };
            compared += 1;
            let outcome = rows(engine, &text.text, tables).and_then(|found| match found == expected {
                true => Ok(()),
                false => Err(format!("{found} rows, a plain reading gives {expected}")),
            });
            proof.case(&format!("{} read plainly", text.name), outcome);
        }
    }
    Ok(compared)
}

fn now() -> DateTime {
    DateTime::from_unix_nanoseconds(NOW_NANOSECONDS).unwrap_or(DateTime::UNIX_EPOCH)
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
    let answer = engine.query(text, tables, now());
    answer
        .map(|answer| answer.row_count())
        .map_err(|error| error.to_string())
}
