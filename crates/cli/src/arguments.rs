//! What can be asked, as `clap` parses it. The words of the help come from `help`, in two languages; comments here are for
//! the reader of the code and must not become help, so they are no doc comments.

mod case;
mod compare;
mod follow;
mod hunt;
mod packets;
mod schema;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use whotalks_record::Span;
use whotalks_render::{Language, TimeZoneChoice};
use whotalks_report::Subject;

use crate::subject;

pub(crate) use case::{Case, CaseAction, Export, ExportFormat, Kept, Retain};
pub(crate) use compare::Compare;
pub(crate) use follow::{As, Follow};
pub(crate) use hunt::{Hunt, HuntFormat};
pub(crate) use packets::{Listing, Packets};
pub(crate) use schema::{Flavour, Schema};

#[derive(Debug, Parser)]
#[command(
    name = "whotalks",
    version,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

// Everything that shapes what is shown and not what is asked.
#[derive(Debug, Args)]
pub(crate) struct Common {
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = parse_language)]
    pub(crate) lang: Option<Language>,
    #[arg(long, global = true)]
    pub(crate) wide: bool,
    #[arg(long, global = true, value_name = "OFFSET", allow_hyphen_values = true)]
    pub(crate) utc_offset: Option<TimeZoneChoice>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Investigate(Investigate),
    Ask(Ask),
    Explain(Explain),
    Evidence(Evidence),
    Hunt(Hunt),
    Case(Case),
    Etl(Etl),
    Schema(Schema),
    Packets(Packets),
    Follow(Follow),
    Compare(Compare),
    Doctor(Doctor),
    Completions(Completions),
    Man(Man),
}

// Where the evidence comes from.
#[derive(Clone, Debug, Args)]
pub(crate) struct Source {
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub(crate) case: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Investigate {
    #[command(flatten)]
    pub(crate) source: Source,
    #[arg(long = "policy", id = "case_policy", value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    #[arg(long)]
    pub(crate) json: bool,
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Ask {
    #[arg(value_name = "SUBJECT", value_parser = subject::parse)]
    pub(crate) subject: Subject,
    #[command(flatten)]
    pub(crate) source: Source,
    #[arg(long = "policy", id = "case_policy", value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    #[arg(value_name = "REFERENCE")]
    pub(crate) reference: Span,
    #[command(flatten)]
    pub(crate) source: Source,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Evidence {
    #[command(flatten)]
    pub(crate) source: Source,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Etl {
    #[arg(value_name = "FILE", required = true)]
    pub(crate) traces: Vec<PathBuf>,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Completions {
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    pub(crate) shell: Shell,
}

#[derive(Debug, Args)]
pub(crate) struct Man {
    #[arg(value_name = "DIR")]
    pub(crate) man_folder: Option<PathBuf>,
}

fn parse_language(text: &str) -> Result<Language, String> {
    Language::ALL
        .into_iter()
        .find(|language| language.tag() == text)
        .ok_or_else(|| "use en or ja".to_owned())
}
