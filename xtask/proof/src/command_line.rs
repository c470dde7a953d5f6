//! What can be asked.

use clap::{Parser, Subcommand};
use xtask::error::Result;

use crate::{accuracy, bench, conformance, conversations, corpus, delta, docs, etl, examples, hunting, objects};

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Accuracy(accuracy::Arguments),
    Corpus(corpus::Arguments),
    Conformance(conformance::Arguments),
    Conversations(conversations::Arguments),
    Delta(delta::Arguments),
    Bench(bench::Arguments),
    Docs(docs::Arguments),
    Etl(etl::Arguments),
    Examples(examples::Arguments),
    Hunting(hunting::Arguments),
    Objects(objects::Arguments),
}

/// Reads the command line and does what it says.
pub(crate) fn run() -> Result {
    match CommandLine::parse().command {
        Command::Accuracy(arguments) => accuracy::run(&arguments),
        Command::Corpus(arguments) => corpus::run(&arguments),
        Command::Conformance(arguments) => conformance::run(&arguments),
        Command::Conversations(arguments) => conversations::run(&arguments),
        Command::Delta(arguments) => delta::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Docs(arguments) => docs::run(&arguments),
        Command::Etl(arguments) => etl::run(&arguments),
        Command::Examples(arguments) => examples::run(&arguments),
        Command::Hunting(arguments) => hunting::run(&arguments),
        Command::Objects(arguments) => objects::run(&arguments),
    }
}
