//! `cargo xtask corpus`: real files, read by whotalks and compared with what other tools said about them.

mod applications;
mod captures;
mod damage;
mod differences;
mod filters;
mod hellos;
mod index;
mod logs;
mod packets;
mod page;
mod paired;
mod reading;
mod runs;
mod truth;

use std::path::{Path, PathBuf};

use xtask::error::Result;
use xtask::output::say;
use xtask::project;

use crate::proof::Proof;
use captures::Comparison;
use differences::Differences;
use page::Row;
use reading::Reading;
use truth::Truth;

/// Reads real files and compares with what other tools said about them.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// A folder laid out like ../shared/corpus, in place of it.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Where to write the outcome as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Only files whose path contains this.
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Compare packets only: statistics of captures and display filters with tshark's.
    #[arg(long)]
    packets: bool,
    /// A folder that keeps what tshark says of the packets, so that it need not be asked again.
    #[arg(long, value_name = "FOLDER", requires = "packets")]
    keep: Option<PathBuf>,
    /// Compare only the ClientHellos of captures: JA4, JA3, server names.
    #[arg(long)]
    ja4: bool,
    /// Only what flows are recognised as, against nDPI.
    #[arg(long)]
    applications: bool,
    /// Only read captures that were cut at every byte and altered at random: nothing may panic, hang or exhaust memory.
    #[arg(long)]
    damage: bool,
    /// Only every N-th of the damaged captures.
    #[arg(long, value_name = "N", requires = "damage", default_value_t = 1)]
    every: u64,
    /// Write docs/differences.md anew.
    #[arg(long)]
    write_page: bool,
}

/// The least share of figures that agree.
const LEAST_SHARE: f64 = 0.99;
/// The least share of tables of statistics that agree. A table is one figure, and one row that differs makes it differ; every
/// difference has its reason.
const LEAST_TABLES_SHARE: f64 = 0.94;

/// Runs the command. Four kinds of case: a run of the program that must be sane, a figure that must agree, a flow whose
/// application must agree, and a flow that must get the process that a log names.
pub(crate) fn run(arguments: &Arguments) -> Result {
    let corpus = arguments.data.clone().unwrap_or_else(project::corpus);
    if !corpus.is_dir() {
        say(&format!("corpus: skipped: the folder {} is absent", corpus.display()));
        return Ok(());
    }
    let files = index::files(&corpus, arguments.only.as_deref())?;
    if arguments.packets {
        return compare_packets(&corpus, &files, arguments);
    }
    if arguments.applications {
        let mut proof = Proof::new("applications");
        applications::run(&corpus, &files, &mut proof)?;
        return proof.finish(arguments.json.as_deref());
    }
    if arguments.damage {
        let mut proof = Proof::new("damage");
        damage::run(&corpus, &files, arguments.every, &mut proof)?;
        return proof.finish(arguments.json.as_deref());
    }
    let mut proof = Proof::new("corpus");
    if arguments.ja4 {
        hellos::compare(&corpus, &files, &mut proof)?;
        return proof.finish(arguments.json.as_deref());
    }
    run_program(&corpus, &files, &mut proof)?;
    let mut rows = compare_figures(&corpus, &files, &mut proof)?;
    judge(&rows, LEAST_SHARE, &mut proof);
    rows.extend(applications::run(&corpus, &files, &mut proof)?);
    let before = proof.failed;
    paired::compare(&corpus, &files, &mut proof)?;
    let wrong = proof.failed - before;
    proof.require(
        wrong == 0,
        format!("{wrong} flows did not get the process that the log names"),
    );
    if arguments.write_page {
        page::write(&rows)?;
    }
    proof.finish(arguments.json.as_deref())
}

/// Compares the statistics of every capture, and the packets that display filters pass.
fn compare_packets(corpus: &Path, files: &[String], arguments: &Arguments) -> Result {
    let differences = Differences::read()?;
    let mut proof = Proof::new("packets");
    let mut rows = Vec::new();
    for file in files {
        let Some(Truth::Capture(truth)) = Truth::read(corpus, file)? else {
            continue;
        };
        let comparisons = packets::compare(corpus, file, &truth)?.unwrap_or_default();
        rows.extend(note(file, comparisons, &differences, &mut proof));
    }
    judge(&rows, LEAST_TABLES_SHARE, &mut proof);
    filters::compare(corpus, files, arguments.keep.as_deref(), &mut proof)?;
    proof.finish(arguments.json.as_deref())
}

/// Counts each figure of a file as a case, with the reason where it is known to differ.
fn note(file: &str, comparisons: Vec<Comparison>, differences: &Differences, proof: &mut Proof) -> Vec<Row> {
    let row = |comparison: Comparison| {
        let outcome = comparison.difference.clone().map_or(Ok(()), Err);
        proof.case(&format!("{file} {}", comparison.figure), outcome);
        let known = differences.explain(file, &comparison.figure);
        Row {
            file: file.to_owned(),
            reason: known.map(|known| known.reason.clone()),
            comparison,
        }
    };
    comparisons.into_iter().map(row).collect()
}

/// Runs the real program over every file, one at a time.
fn run_program(corpus: &Path, files: &[String], proof: &mut Proof) -> Result {
    let program = crate::sibling("whotalks");
    let (mut longest, mut peak) = (0.0_f64, 0);
    for file in files {
        for command in ["investigate", "evidence"] {
            let outcome = runs::judge(&program, command, &corpus.join(file))?;
            longest = longest.max(outcome.elapsed.as_secs_f64());
            peak = peak.max(outcome.peak_bytes);
            proof.case(&format!("{file} {command}"), outcome.verdict);
        }
    }
    let sane = proof.failed;
    proof.require(
        sane == 0,
        format!("{sane} runs panicked, hung or ended in a way that is not documented"),
    );
    proof.figure("longest_run_s", longest);
    proof.figure("peak_memory_bytes", peak as f64);
    Ok(())
}

/// Reads every file that something is known about, and compares.
fn compare_figures(corpus: &Path, files: &[String], proof: &mut Proof) -> Result<Vec<Row>> {
    let differences = Differences::read()?;
    let (mut rows, mut unread) = (Vec::new(), Vec::new());
    for file in files {
        let Some(truth) = Truth::read(corpus, file)? else {
            continue;
        };
        let reading = reading::read(&corpus.join(file));
        if let Some(format) = reading.unread {
            unread.push(format!("{file} ({format})"));
            continue;
        }
        rows.extend(note(file, compare(&truth, &reading), &differences, proof));
    }
    proof.figure("files_without_reader", unread.len() as f64);
    if !unread.is_empty() {
        say(&format!(
            "corpus: not compared, since no reader takes their format: {}",
            unread.join(", ")
        ));
    }
    Ok(rows)
}

fn compare(truth: &Truth, reading: &Reading) -> Vec<Comparison> {
    match truth {
        Truth::Capture(truth) => captures::compare(truth, &reading.capture),
        Truth::Log(truth) => logs::compare(truth, &reading.log),
    }
}

fn judge(rows: &[Row], least: f64, proof: &mut Proof) {
    let (total, agree) = (rows.len(), rows.iter().filter(|row| row.agrees()).count());
    let unexplained = rows.iter().filter(|row| !row.agrees() && row.reason.is_none()).count();
    let share = if total == 0 { 1.0 } else { agree as f64 / total as f64 };
    say(&format!(
        "corpus: {agree} of {total} figures agree ({:.2} %), {unexplained} differ unexplained",
        share * 100.0
    ));
    proof.figure("figures", total as f64);
    proof.figure("agreement_share", share);
    proof.figure("unexplained_differences", unexplained as f64);
    proof.require(
        share >= least,
        format!(
            "{:.2} % of the figures agree, wanted {:.0} %",
            share * 100.0,
            least * 100.0
        ),
    );
    proof.require(
        unexplained == 0,
        format!("{unexplained} differences have no reason in docs/differences.toml"),
    );
}
