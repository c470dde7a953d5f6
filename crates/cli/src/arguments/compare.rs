//! Which captures to compare.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct Compare {
    #[arg(value_name = "BEFORE")]
    pub(crate) before: PathBuf,
    #[arg(value_name = "AFTER")]
    pub(crate) after: PathBuf,
    #[arg(long = "case", id = "compare_case", value_name = "DIR")]
    pub(crate) case: Option<PathBuf>,
    #[arg(long = "html", id = "compare_html", value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    #[arg(long = "json", id = "packets_json")]
    pub(crate) json: bool,
    #[arg(long = "csv", id = "packets_csv", conflicts_with = "packets_json")]
    pub(crate) csv: bool,
}
