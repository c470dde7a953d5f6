// `hunt`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Flavour, Source};

#[derive(Debug, Args)]
pub(crate) struct Hunt {
    // With a file of the query, the first word is a path.
    #[arg(value_name = "QUERY")]
    pub(crate) query: Option<String>,
    #[command(flatten)]
    pub(crate) source: Source,
    #[arg(short = 'f', long = "file", value_name = "FILE")]
    pub(crate) query_file: Option<PathBuf>,
    #[arg(long, value_name = "FORMAT", value_enum, hide_possible_values = true)]
    pub(crate) hunt_format: Option<HuntFormat>,
    #[arg(long = "json", id = "hunt_json", conflicts_with = "hunt_format")]
    pub(crate) json: bool,
    #[arg(long = "csv", id = "hunt_csv", conflicts_with_all = ["hunt_format", "hunt_json"])]
    pub(crate) csv: bool,
    #[arg(
        long = "flavour",
        id = "hunt_flavour",
        value_name = "FLAVOUR",
        value_enum,
        hide_possible_values = true
    )]
    pub(crate) flavour: Option<Flavour>,
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    #[arg(long, value_name = "SECONDS")]
    pub(crate) time_limit: Option<u64>,
    #[arg(long, value_name = "MIB")]
    pub(crate) memory: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum HuntFormat {
    Table,
    Csv,
    Json,
    Jsonl,
    Markdown,
}
