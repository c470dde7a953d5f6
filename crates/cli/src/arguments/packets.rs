//! What can be asked of packets.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use whotalks_case::packets::statistics::Statistic;
use whotalks_record::Nanoseconds;

/// The word for every statistic.
const ALL: &str = "all";

#[derive(Debug, Args)]
pub(crate) struct Packets {
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    #[arg(long = "stat", value_name = "NAME", value_parser = parse_statistics, value_delimiter = ',')]
    pub(crate) statistics: Vec<Statistics>,
    #[arg(long, value_name = "SECONDS", value_parser = parse_interval, default_value = "1", hide_default_value = true)]
    pub(crate) interval: Nanoseconds,
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    #[arg(short = 'Y', long, value_name = "FILTER")]
    pub(crate) filter: Option<String>,
    #[arg(
        short = 'T',
        long = "format",
        id = "table",
        value_name = "FORMAT",
        value_enum,
        hide_possible_values = true,
        conflicts_with = "statistics"
    )]
    pub(crate) table: Option<Listing>,
    #[arg(
        short = 'e',
        long = "field",
        id = "fields",
        value_name = "FIELD",
        conflicts_with = "statistics"
    )]
    pub(crate) fields: Vec<String>,
    #[arg(short = 'c', long, value_name = "N", conflicts_with = "statistics")]
    pub(crate) count: Option<u64>,
    #[arg(long, id = "packets_case", value_name = "DIR", conflicts_with = "policy")]
    pub(crate) case: Option<PathBuf>,
    #[arg(short = 'w', long = "write", value_name = "OUT.pcapng", conflicts_with_all = ["statistics", "fields", "table"])]
    pub(crate) write: Option<PathBuf>,
    #[arg(long, value_name = "FILE", conflicts_with_all = ["statistics", "filter", "fields", "table", "count", "write"])]
    pub(crate) policy: Option<PathBuf>,
    #[arg(long = "json", id = "packets_json")]
    pub(crate) json: bool,
    #[arg(long = "csv", id = "packets_csv", conflicts_with = "packets_json")]
    pub(crate) csv: bool,
}

// How packets are listed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Listing {
    Table,
    Fields,
    Json,
    Jsonl,
    Csv,
}

// One word of `--stat`.
#[derive(Debug, Clone)]
pub(crate) struct Statistics(Vec<Statistic>);

impl Packets {
    // The statistics that are asked for, in the order in which they are shown.
    pub(crate) fn asked(&self) -> Vec<Statistic> {
        let named: Vec<Statistic> = self.statistics.iter().flat_map(|word| word.0.iter().copied()).collect();
        Statistic::ALL
            .into_iter()
            .filter(|statistic| named.contains(statistic))
            .collect()
    }
}

fn parse_statistics(text: &str) -> Result<Statistics, String> {
    if text == ALL {
        return Ok(Statistics(Statistic::ALL.to_vec()));
    }
    let found = Statistic::ALL.into_iter().find(|statistic| statistic.word() == text);
    found.map(|statistic| Statistics(vec![statistic])).ok_or_else(words)
}

/// The words, which are the same in every language.
fn words() -> String {
    let words: Vec<&str> = std::iter::once(ALL)
        .chain(Statistic::ALL.into_iter().map(Statistic::word))
        .collect();
    words.join(", ")
}

/// Intervals from a millisecond to ten days.
fn parse_interval(text: &str) -> Result<Nanoseconds, String> {
    const RANGE: std::ops::RangeInclusive<f64> = 0.001..=864_000.0;
    match text.parse::<f64>() {
        Ok(seconds) if RANGE.contains(&seconds) => Ok(Nanoseconds((seconds * 1e9).round() as i64)),
        _ => Err(format!("{} – {}", RANGE.start(), RANGE.end())),
    }
}
