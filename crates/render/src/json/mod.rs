//! JSON for programs: the same answer with a stable shape.
//!
//! Every document is an object with `"version"` ([`VERSION`]) and `"kind"` (`overview`, `answer`, `evidence`, `statistics`, …). Within a
//! version, fields and words are only added, never renamed or removed. All documents keep these rules:
//!
//! Every field is described in `docs/json.md`.
//!
//! - Names are `snake_case`; words for closed lists too (`observed`, `exact_event`, `syn_sweep`).
//! - An instant is an RFC 3339 text in UTC with nine decimals: `2026-11-20T01:02:11.114000000Z`. A span of time is a number of
//!   nanoseconds in a field that ends in `_ns`; sizes end in `_bytes`.
//! - What is not known is `null` and never zero or an empty text.
//! - A place in evidence is a reference as `whotalks explain` takes it: `E2@77391`.
//! - Texts of the catalogue stand in both languages: `{"en": …, "ja": …}`.
//! - The order of fields means nothing.
//! - Evidence is quoted as it is. JSON strings are safe to read; whoever shows them has to escape them.

mod answer;
mod attribution;
mod cases;
mod evidence;
mod finding;
mod host;
mod overview;
mod packets;
mod traces;
mod value;
pub(crate) mod vocabulary;
mod with_sheets;

use serde::Serialize;
use serde_json::{Value, json};
use whotalks_case::IngestReport;
use whotalks_case::capture::CapturesRead;
use whotalks_case::traces::Summary;
use whotalks_case::upkeep::{Compaction, Info, Retired, Verification};
use whotalks_packets::compare::Comparison;
use whotalks_packets::statistics::Statistics;
use whotalks_report::{Answer, EvidenceLine, Overview, SupportBundle};

use self::with_sheets::WithSheets;
use crate::sheet::Sheet;

/// The version of the shape of all documents.
pub const VERSION: u32 = 1;

/// The overview of an investigation.
pub fn overview(overview: &Overview) -> Value {
    document("overview", overview::overview(overview))
}

/// A cited answer.
pub fn answer(answer: &Answer) -> Value {
    document("answer", answer::answer(answer))
}

/// The manifest, and the support bundles in it.
pub fn evidence(lines: &[EvidenceLine], bundles: &[SupportBundle]) -> Value {
    let (evidence, bundles) = (evidence::lines(lines), host::bundles(bundles));
    document("evidence", json!({ "evidence": evidence, "bundles": bundles }))
}

/// Event traces, by their paths.
pub fn traces(summaries: &[(String, Summary)]) -> Value {
    document("traces", json!({ "traces": traces::traces(summaries) }))
}

/// What a case is made of.
pub fn case_info(it: &Info) -> Value {
    document("case", cases::info(it))
}

/// What was found by reading a whole case.
pub fn case_verification(it: &Verification) -> Value {
    document("case_verification", cases::verification(it))
}

/// What was merged.
pub fn case_compaction(it: &Compaction) -> Value {
    document("case_compaction", cases::compaction(it))
}

/// What was taken away.
pub fn case_retention(it: &Retired) -> Value {
    document("case_retention", cases::retention(it))
}

/// What was read again.
pub fn case_rebuilt(it: &IngestReport) -> Value {
    document("case_rebuilt", cases::rebuilt(it))
}

/// Files that were written, with their sizes in bytes.
pub fn case_export(it: &[(String, u64)]) -> Value {
    document("case_export", cases::export(it))
}

/// Statistics of captures, of what passes a filter where there is one.
pub fn statistics<'s>(
    statistics: &Statistics,
    filter: Option<&str>,
    sheets: &'s [Sheet],
    read: &CapturesRead,
) -> impl Serialize + use<'s> {
    WithSheets {
        document: document("statistics", packets::statistics(statistics, filter, read)),
        sheets,
    }
}

/// What changed from one capture to another, and what was read of both.
pub fn comparison(comparison: &Comparison, sheets: &[Sheet], read: [&CapturesRead; 2]) -> Value {
    document("comparison", packets::comparison(comparison, sheets, read))
}

/// What is against a policy of so many rules, and what was read.
pub fn policy(statistics: &Statistics, rules: u64, sheet: &Sheet, read: &CapturesRead) -> Value {
    document("policy", packets::policy(statistics, rules, sheet, read))
}

fn document(kind: &str, mut content: Value) -> Value {
    if let Value::Object(fields) = &mut content {
        fields.insert("version".to_owned(), json!(VERSION));
        fields.insert("kind".to_owned(), json!(kind));
    }
    content
}
