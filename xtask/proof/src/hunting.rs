//! `cargo xtask hunting`: hunting queries that others wrote, and what the vendor's parser says of them.

mod answers;
mod columns;
mod explained;
mod mutate;
mod official;
mod oracle;
mod places;
mod tables;
mod texts;
mod witness;

use std::path::PathBuf;

use whotalks_kql_syntax::{Lines, parse};
use xtask::error::Result;
use xtask::output::say;
use xtask::project;

use crate::proof::Proof;
use official::{Official, Verdict};
use texts::Text;

/// Reads hunting queries and compares with what the vendor's parser says of them.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// A folder laid out like ../shared/kql, or one of queries alone, in place of it.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Where to write the outcome as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Only how texts are read: no names, no types, no answers.
    #[arg(long)]
    syntax: bool,
    /// How many queries are changed at random, the same ones each time.
    #[arg(long, default_value_t = 2_000)]
    mutants: usize,
}

/// The least share of changed queries of which both parsers say the same.
const LEAST_AGREEMENT: f64 = 0.99;

/// Runs the command. Three kinds of case: a query that must read without diagnostics, one that must print as what it is, and a
/// changed one of which both parsers must say the same.
pub(crate) fn run(arguments: &Arguments) -> Result {
    let data = arguments
        .data
        .clone()
        .unwrap_or_else(|| project::root().join("../shared/kql"));
    if !data.is_dir() {
        say(&format!("hunting: skipped: the folder {} is absent", data.display()));
        return Ok(());
    }
    let texts = texts::all(&data)?;
    let mutants = mutate::texts(&texts, arguments.mutants);
    let mut proof = Proof::new("hunting");
    let answered = match arguments.syntax {
        true => Vec::new(),
        false => answers::run(&texts, &mut proof)?,
    };
    let Some(official) = Official::install() else {
        say("hunting: without node and npm, only the queries are read and nothing is compared");
        let queries = texts.iter().filter(|text| text.published);
        queries.for_each(|text| proof.case(&text.name, reads(&text.text)));
        let failed = proof.failed;
        proof.require(failed == 0, format!("{failed} queries do not read"));
        return proof.finish(arguments.json.as_deref());
    };
    judge_texts(&texts, &official.verdicts(&texts)?, &mut proof);
    columns::judge(&answered, &official, &mut proof)?;
    judge_mutants(&mutants, &official.verdicts(&mutants)?, &mut proof);
    proof.finish(arguments.json.as_deref())
}

/// Every text that the vendor's parser takes reads without diagnostics, and prints as what it is.
fn judge_texts(texts: &[Text], verdicts: &[Verdict], proof: &mut Proof) {
    let before = proof.failed;
    let valid = texts
        .iter()
        .zip(verdicts)
        .filter(|(_, verdict)| verdict.query && verdict.mistakes.is_empty());
    for (text, _) in valid {
        proof.case(&text.name, reads(&text.text));
        proof.case(&format!("{} printed", text.name), prints(&text.text));
    }
    let failed = proof.failed - before;
    proof.figure("texts", texts.len() as f64);
    proof.require(
        failed == 0,
        format!("{failed} texts that the vendor's parser takes do not read or print as they are"),
    );
}

fn judge_mutants(mutants: &[Text], verdicts: &[Verdict], proof: &mut Proof) {
    let (mut compared, mut valid, mut same) = (0.0, 0.0, 0.0);
    for (mutant, verdict) in mutants.iter().zip(verdicts).filter(|(_, verdict)| verdict.query) {
        let outcome = agrees(&mutant.text, verdict);
        compared += 1.0;
        valid += f64::from(u8::from(verdict.mistakes.is_empty()));
        same += f64::from(u8::from(outcome.is_ok()));
        proof.case(&mutant.name, outcome);
    }
    let share = if compared > 0.0 { same / compared } else { 0.0 };
    say(&format!(
        "hunting: {compared} changed queries, {valid} of them valid; both parsers agree on {:.2} %",
        share * 100.0
    ));
    proof.figure("changed_queries", compared);
    proof.figure("changed_queries_valid", valid);
    proof.figure("agreement_share", share);
    proof.require(
        share >= LEAST_AGREEMENT,
        format!("agreement {share:.4}, wanted {LEAST_AGREEMENT}"),
    );
}

fn reads(text: &str) -> std::result::Result<(), String> {
    match parse(text).diagnostics.first() {
        None => Ok(()),
        Some(first) => Err(first.located(&Lines::new(text))),
    }
}

/// Whether the printed tree reads, and prints as the same text again. What is refused prints only its name.
fn prints(text: &str) -> std::result::Result<(), String> {
    let tree = parse(text).tree;
    if format!("{tree:?}").contains("Refused(") {
        return Ok(());
    }
    let printed = tree.to_string();
    reads(&printed)?;
    let again = parse(&printed).tree.to_string();
    if again == printed {
        Ok(())
    } else {
        Err(format!("printed as {printed:?} and then as {again:?}"))
    }
}

fn agrees(text: &str, verdict: &Verdict) -> std::result::Result<(), String> {
    match (reads(text), verdict.mistakes.first()) {
        (Ok(()), None) | (Err(_), Some(_)) => Ok(()),
        (Ok(()), Some(theirs)) => Err(format!("reads, but the vendor's parser says {theirs}: {text:?}")),
        (Err(ours), None) => Err(format!("{ours}, but the vendor's parser takes it: {text:?}")),
    }
}
