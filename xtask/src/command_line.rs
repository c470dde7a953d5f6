//! What can be asked of `cargo xtask`.

use clap::{Parser, Subcommand};

use crate::commands;
use xtask::error::Result;

/// The project's own commands.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Setup(commands::setup::Arguments),
    Test(commands::test::Arguments),
    Tidy(commands::tidy::Arguments),
    Fuzz(commands::fuzz::Arguments),
    Demo(commands::demo::Arguments),
    Examples(commands::examples::Arguments),
    Docs(commands::docs::Arguments),
    EtlTemplates(commands::etl_templates::Arguments),
    Corpus(commands::proof::Arguments),
    Conformance(commands::proof::Arguments),
    Conversations(commands::proof::Arguments),
    Accuracy(commands::proof::Arguments),
    Bench(commands::proof::Arguments),
    Hunting(commands::proof::Arguments),
    Etl(commands::proof::Arguments),
    Delta(commands::proof::Arguments),
    Objects(commands::proof::Arguments),
}

/// Reads the command line and does what it says.
pub(crate) fn run() -> Result {
    match CommandLine::parse().command {
        Command::Setup(arguments) => commands::setup::run(&arguments),
        Command::Test(arguments) => commands::test::run(&arguments),
        Command::Tidy(arguments) => commands::tidy::run(&arguments),
        Command::Fuzz(arguments) => commands::fuzz::run(&arguments),
        Command::Demo(arguments) => commands::demo::run(&arguments),
        Command::Examples(arguments) => commands::examples::run(&arguments),
        Command::Docs(arguments) => commands::docs::run(&arguments),
        Command::EtlTemplates(arguments) => commands::etl_templates::run(&arguments),
        Command::Corpus(arguments) => commands::proof::run("corpus", &arguments),
        Command::Conformance(arguments) => commands::proof::run("conformance", &arguments),
        Command::Conversations(arguments) => commands::proof::run("conversations", &arguments),
        Command::Accuracy(arguments) => commands::proof::run("accuracy", &arguments),
        Command::Bench(arguments) => commands::proof::run("bench", &arguments),
        Command::Hunting(arguments) => commands::proof::run("hunting", &arguments),
        Command::Etl(arguments) => commands::proof::run("etl", &arguments),
        Command::Delta(arguments) => commands::proof::run("delta", &arguments),
        Command::Objects(arguments) => commands::proof::run("objects", &arguments),
    }
}

/// The names of all commands.
pub(crate) fn names() -> Vec<String> {
    use clap::CommandFactory;
    CommandLine::command()
        .get_subcommands()
        .map(|command| command.get_name().to_owned())
        .collect()
}
