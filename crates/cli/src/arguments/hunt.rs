// `hunt`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Flavour;

#[derive(Debug, Args)]
pub(crate) struct Hunt {
    // With a file of the query, a saved one, the list and the shell, the first word is a path.
    #[arg(value_name = "QUERY")]
    pub(crate) query: Option<String>,
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[arg(long = "case", id = "hunt_cases", value_name = "DIR")]
    pub(crate) cases: Vec<PathBuf>,
    #[arg(short = 'f', long = "file", value_name = "FILE")]
    pub(crate) query_file: Option<PathBuf>,
    #[arg(
        long = "query",
        id = "saved_query",
        value_name = "NAME",
        conflicts_with = "query_file"
    )]
    pub(crate) saved: Option<String>,
    #[arg(long = "param", id = "query_parameters", value_name = "NAME=VALUE")]
    pub(crate) parameters: Vec<String>,
    #[arg(long = "queries", id = "query_folders", value_name = "DIR")]
    pub(crate) folders: Vec<PathBuf>,
    #[arg(long = "list", id = "list_queries", conflicts_with_all = ["query_file", "saved_query"])]
    pub(crate) list: bool,
    #[arg(long = "shell", id = "hunt_shell", conflicts_with_all = ["query_file", "saved_query", "list_queries"])]
    pub(crate) shell: bool,
    #[arg(long = "explain", id = "hunt_explain")]
    pub(crate) explain: bool,
    #[arg(
        long = "format",
        alias = "hunt-format",
        value_name = "FORMAT",
        value_enum,
        hide_possible_values = true
    )]
    pub(crate) hunt_format: Option<HuntFormat>,
    #[arg(long = "json", id = "hunt_json", conflicts_with = "hunt_format")]
    pub(crate) json: bool,
    #[arg(long = "csv", id = "hunt_csv", conflicts_with_all = ["hunt_format", "hunt_json"])]
    pub(crate) csv: bool,
    #[arg(short = 'o', long = "output", id = "hunt_output", value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[arg(long = "html", id = "hunt_html", value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    #[arg(
        long = "flavour",
        id = "hunt_flavour",
        value_name = "FLAVOUR",
        value_enum,
        hide_possible_values = true
    )]
    pub(crate) flavour: Option<Flavour>,
    #[arg(long = "external", id = "external_files", value_name = "LOCATION=FILE")]
    pub(crate) external: Vec<String>,
    #[arg(long = "places", id = "place_database", value_name = "FILE")]
    pub(crate) places: Option<PathBuf>,
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
    Parquet,
}
