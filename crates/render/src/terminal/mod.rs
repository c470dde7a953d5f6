//! Text for a terminal: a screenful by default, everything with `wide`.
//!
//! Every piece of text passes [`ink::Ink`], which makes whatever is active in it visible; colour is added afterwards, so no
//! escape sequence out of evidence reaches the terminal.

mod answer;
mod candidates;
mod cases;
mod chart;
mod citation;
mod comparison;
mod endpoints;
mod follow;
mod host;
mod hunt;
mod ink;
mod manifest;
mod overview;
mod packets;
mod page;
mod plan;
mod policy;
mod saved;
mod schema;
mod sheet;
mod statistics;
mod table;
mod traces;

use whotalks_case::IngestReport;
use whotalks_case::kql;
use whotalks_case::kql::completion::Completions;
use whotalks_case::tables::TableDescription;
use whotalks_case::traces::Summary;
use whotalks_case::upkeep::{Compaction, Info, Retired, Verification};
use whotalks_packets::compare::Comparison;
use whotalks_packets::statistics::Statistics;
use whotalks_queries::SavedQuery;
use whotalks_report::{Answer, EvidenceLine, Overview, SupportBundle};

use crate::sheet::Sheet;
use crate::words::Words;
use crate::{Language, TimeZoneChoice};
pub use follow::{Conversation, Notation};
use ink::Ink;
pub use packets::PacketList;
use page::Page;

/// Narrower terminals are written as if they had this many columns; below it no table makes sense.
const NARROWEST_COLUMNS: usize = 60;

/// The picture that a hunting query asks for; the rows of its answer, at most so many, where it asks for none or it cannot be drawn.
pub fn drawn(answer: &kql::Answer, most: usize, options: &Options) -> String {
    hunt::drawn(&Face::new(options), answer, most)
}

/// The same, with the numbers of the rows.
pub fn numbered(answer: &kql::Answer, most: usize, options: &Options) -> String {
    hunt::numbered(&Face::new(options), answer, most)
}

/// What can stand at a place of a query: at most so many lines, with the chosen one among them.
pub fn candidates(completions: &Completions, chosen: Option<usize>, most: usize, options: &Options) -> String {
    candidates::write(&Face::new(options), completions, chosen, most)
}

/// What was done for the answer to a hunting query.
pub fn plan(answer: &kql::Answer, options: &Options) -> String {
    plan::write(&Face::new(options), &answer.profile)
}

/// Saved queries with what they tell and take.
pub fn saved_queries(queries: &[SavedQuery], options: &Options) -> String {
    saved::write(&Face::new(options), queries)
}

/// The rows of an answer to a hunting query, at most so many.
pub fn hunt(answer: &kql::Answer, most: usize, options: &Options) -> String {
    hunt::write(&Face::new(options), answer, most)
}

/// The tables that hunting queries see.
pub fn tables(tables: &[TableDescription], options: &Options) -> String {
    schema::tables(&Face::new(options), tables)
}

/// The columns of a table that hunting queries see.
pub fn columns(table: &TableDescription, options: &Options) -> String {
    schema::columns(&Face::new(options), table)
}

/// How to write for a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The language.
    pub language: Language,
    /// The offset of times.
    pub time_zone: TimeZoneChoice,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether to colour; a caller honours `NO_COLOR` and what is no terminal.
    pub color: bool,
    /// Everything instead of a screenful: nothing is cut or left out.
    pub wide: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            language: Language::English,
            time_zone: TimeZoneChoice::Utc,
            width: 120,
            color: false,
            wide: false,
        }
    }
}

/// The overview of an investigation.
pub fn overview(overview: &Overview, options: &Options) -> String {
    let face = Face::new(options);
    overview::write(&face, overview)
}

/// A cited answer: each sentence followed by its proof.
pub fn answer(answer: &Answer, options: &Options) -> String {
    let face = Face::new(options);
    answer::write(&face, answer)
}

/// The manifest: what was opened, read or not, and why not; and the support bundles in it.
pub fn evidence(lines: &[EvidenceLine], bundles: &[SupportBundle], options: &Options) -> String {
    let face = Face::new(options);
    manifest::write(&face, lines, bundles)
}

/// Event traces, by their paths: who wrote which events, and what was lost.
pub fn traces(summaries: &[(String, Summary)], options: &Options) -> String {
    let face = Face::new(options);
    traces::write(&face, summaries)
}

/// What the case in a folder is made of.
pub fn case_info(path: &str, info: &Info, options: &Options) -> String {
    cases::info(&Face::new(options), path, info)
}

/// What was found by reading a whole case.
pub fn case_verification(it: &Verification, options: &Options) -> String {
    cases::verification(&Face::new(options), it)
}

/// What was merged.
pub fn case_compaction(it: &Compaction, options: &Options) -> String {
    cases::compaction(&Face::new(options), it)
}

/// What was taken away.
pub fn case_retention(it: &Retired, options: &Options) -> String {
    cases::retention(&Face::new(options), it)
}

/// What was read again.
pub fn case_rebuilt(it: &IngestReport, options: &Options) -> String {
    cases::rebuilt(&Face::new(options), it)
}

/// Files that were written, with their sizes in bytes.
pub fn case_export(it: &[(String, u64)], options: &Options) -> String {
    cases::export(&Face::new(options), it)
}

/// Statistics of captures; where a filter selects packets, it stands with how many packets there are in all.
pub fn statistics(
    statistics: &Statistics,
    selected: Option<(&str, u64)>,
    sheets: &[Sheet],
    options: &Options,
) -> String {
    let face = Face::new(options);
    statistics::write(&face, statistics, selected, sheets)
}

/// What changed from one capture to another. `captures` are the names of both.
pub fn comparison(comparison: &Comparison, captures: [&str; 2], sheets: &[Sheet], options: &Options) -> String {
    let face = Face::new(options);
    comparison::write(&face, comparison, captures, sheets)
}

/// What is against a policy of so many rules.
pub fn policy(statistics: &Statistics, rules: u64, sheet: &Sheet, options: &Options) -> String {
    let face = Face::new(options);
    policy::write(&face, &statistics.totals, rules, sheet)
}

/// What the parts of this face share.
struct Face {
    words: Words,
    ink: Ink,
    width: usize,
    wide: bool,
}

impl Face {
    fn new(options: &Options) -> Self {
        Self {
            words: Words::new(options.language, options.time_zone),
            ink: Ink { color: options.color },
            width: options.width.max(NARROWEST_COLUMNS),
            wide: options.wide,
        }
    }

    fn page(&self) -> Page {
        Page::new(self.width)
    }

    /// How many of `all` rows to show where a screenful has room for `room`.
    fn shown(&self, all: usize, room: usize) -> usize {
        if self.wide { all } else { all.min(room) }
    }
}
