// `case`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Args)]
#[command(arg_required_else_help = true, disable_help_subcommand = true)]
pub(crate) struct Case {
    #[command(subcommand)]
    pub(crate) action: CaseAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CaseAction {
    Info(Kept),
    Verify(Kept),
    Compact(Kept),
    Retain(Retain),
    Rebuild(Kept),
    Export(Export),
}

// A case, and nothing else to be said.
#[derive(Debug, Args)]
pub(crate) struct Kept {
    #[arg(id = "case_folder", value_name = "DIR")]
    pub(crate) folder: PathBuf,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Retain {
    #[command(flatten)]
    pub(crate) kept: Kept,
    #[arg(long, value_name = "DAYS", required_unless_present = "most_mebibytes")]
    pub(crate) days: Option<u32>,
    #[arg(long = "size", id = "most_mebibytes", value_name = "MIB")]
    pub(crate) most_mebibytes: Option<u64>,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) kept: Kept,
    #[arg(id = "export_folder", value_name = "OUT")]
    pub(crate) target: PathBuf,
    #[arg(
        long = "format",
        id = "export_format",
        value_name = "FORMAT",
        value_enum,
        default_value = "parquet",
        hide_possible_values = true
    )]
    pub(crate) format: ExportFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    Parquet,
    Csv,
    Jsonl,
}
