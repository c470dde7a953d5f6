//! Answers to hunting queries for programs: JSON, JSON lines, CSV and Markdown; what was done for them, as JSON. What people read is
//! in [`crate::terminal`] and [`crate::html`].

use std::fmt::Write as _;
use std::time::Duration;

use serde_json::{Map, Value as Json, json};
use whotalks_case::kql::chart::Undrawable;
use whotalks_case::kql::values::{Value, convert};
use whotalks_case::kql::{Answer, Notice, Profile, Pruned, Reading, Run, Step, StepKind};
use whotalks_record::Nanoseconds;

use crate::json::VERSION;
use crate::messages::{HuntMessage, QueryMessage as M};
use crate::sanitize::{csv_cell, terminal, visible};
use crate::words::Words;

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An object with the columns, their types, and the rows as objects.
    Json,
    /// One object on each line.
    JsonLines,
    /// Comma-separated values (RFC 4180).
    Csv,
    /// A table in Markdown.
    Markdown,
}

/// The rows of an answer, at most so many.
pub fn rows(answer: &Answer, shape: Shape, most: usize) -> String {
    match shape {
        Shape::Json => json(answer, most),
        Shape::JsonLines => json_lines(answer, most),
        Shape::Csv => csv(answer, most),
        Shape::Markdown => markdown(answer, most),
    }
}

/// What an answer does not hold although the query asks for it.
pub fn notice(notice: Notice) -> M {
    match notice {
        Notice::ExternalDataNotRead => M::ExternalDataNotRead,
        Notice::PlacesUnknown => M::PlacesUnknown,
        Notice::SeenByUnknown => M::SeenByUnknown,
        _ => M::FileProfileUnknown,
    }
}

/// Why a picture is not drawn.
pub fn undrawable(reason: &Undrawable) -> HuntMessage {
    match reason {
        Undrawable::Kind(kind) => HuntMessage::ChartKindUnknown { kind: kind.clone() },
        Undrawable::NoRows => HuntMessage::ChartNoRows,
        Undrawable::TooManyPlaces(count) | Undrawable::TooManySeries(count) => {
            HuntMessage::ChartTooMuch { count: *count as u64 }
        }
        Undrawable::NegativeParts => HuntMessage::ChartNegativeParts,
        _ => HuntMessage::ChartNoNumbers,
    }
}

/// What was done for an answer, for programs.
pub fn plan(answer: &Answer) -> Json {
    json!({
        "version": VERSION,
        "kind": "hunting-plan",
        "rows": answer.row_count(),
        "runs": runs(&answer.profile),
    })
}

fn runs(profile: &Profile) -> Vec<Json> {
    let run = |run: &Run| {
        let steps: Vec<Json> = run.steps.iter().map(step).collect();
        json!({ "nanoseconds": length(run.time).0, "steps": steps })
    };
    profile.runs.iter().map(run).collect()
}

fn step(step: &Step) -> Json {
    json!({
        "operator": operator(step.kind),
        "depth": step.depth,
        "detail": step.detail,
        "rows": step.rows,
        "busy_nanoseconds": length(step.busy).0,
        "spilled_bytes": step.spilled_bytes,
        "reading": step.reading.as_ref().map(reading),
    })
}

fn reading(reading: &Reading) -> Json {
    let pruned = |pruned: Pruned| json!({ "all": pruned.all, "left_out": pruned.left_out });
    json!({
        "table": reading.table,
        "files": reading.files,
        "bytes": reading.bytes,
        "file_ranges_by_statistics": pruned(reading.file_ranges),
        "row_groups_by_statistics": pruned(reading.by_statistics),
        "row_groups_by_bloom_filter": pruned(reading.by_bloom_filter),
        "pages_by_index": pruned(reading.pages),
    })
}

/// The operator of the language that a step stands for; those without one have a word of ours.
fn operator(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Read => "read",
        StepKind::Where => "where",
        StepKind::Project => "project",
        StepKind::Summarize => "summarize",
        StepKind::Sort => "sort",
        StepKind::Top => "top",
        StepKind::Take => "take",
        StepKind::Join => "join",
        StepKind::Union => "union",
        StepKind::Window => "serialize",
        StepKind::Expand => "mv-expand",
        StepKind::Values => "values",
        _ => "engine",
    }
}

/// What a step is called for people.
pub(crate) fn step_word(words: &Words, step: &Step) -> String {
    let table = step.reading.as_ref().and_then(|reading| reading.table.clone());
    match (step.kind, table) {
        (StepKind::Read, Some(table)) => words.text(&HuntMessage::StepRead { table }),
        (StepKind::Read, None) => words.text(&HuntMessage::StepReadUnnamed),
        (StepKind::Values, _) => words.text(&HuntMessage::StepValues),
        (StepKind::Other, _) => words.text(&HuntMessage::StepOther),
        (kind, _) => operator(kind).to_owned(),
    }
}

/// A length of time as other faces have it; the longest one where it is longer.
pub(crate) fn length(time: Duration) -> Nanoseconds {
    Nanoseconds(i64::try_from(time.as_nanos()).unwrap_or(i64::MAX))
}

fn json(answer: &Answer, most: usize) -> String {
    let columns = answer.columns.iter().map(|column| {
        let kusto_type = column.kusto_type.to_string();
        serde_json::json!({ "name": column.name, "type": kusto_type })
    });
    let rows = objects(answer, most);
    let written = serde_json::json!({
        "columns": columns.collect::<Vec<_>>(),
        "rows": rows,
        "total_rows": answer.row_count(),
    });
    let mut text = visible(&serde_json::to_string_pretty(&written).unwrap_or_default());
    text.push('\n');
    text
}

fn json_lines(answer: &Answer, most: usize) -> String {
    objects(answer, most)
        .into_iter()
        .map(|row| format!("{}\n", visible(&Json::Object(row).to_string())))
        .collect()
}

fn objects(answer: &Answer, most: usize) -> Vec<Map<String, Json>> {
    let mut objects = Vec::new();
    answer.for_each_row(|cells| {
        if objects.len() < most {
            let names = answer.columns.iter().map(|column| column.name.clone());
            objects.push(names.zip(cells.iter().map(json_value)).collect());
        }
    });
    objects
}

/// Numbers and truth values as such, dynamic values as JSON, everything else as its text. What is no finite number is a text, since
/// JSON has none.
fn json_value(value: &Value<'_>) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::from(*value),
        Value::Int(value) => Json::from(*value),
        Value::Long(value) => Json::from(*value),
        Value::Real(value) if value.is_finite() => Json::from(*value),
        Value::Dynamic(_) => {
            let text = value.view().map(|view| view.to_json()).unwrap_or_default();
            serde_json::from_str(&text).unwrap_or(Json::String(text))
        }
        other => Json::String(convert::to_text(other).into_owned()),
    }
}

fn csv(answer: &Answer, most: usize) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    // Writing into memory cannot fail, and every record has the same number of cells.
    let _ = writer.write_record(answer.columns.iter().map(|column| csv_cell(&column.name)));
    for row in texts(answer, most) {
        let _ = writer.write_record(row.iter().map(|cell| csv_cell(cell)));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

fn markdown(answer: &Answer, most: usize) -> String {
    let escaped = |text: &str| terminal(text).replace('|', "\\|").replace('<', "&lt;");
    let mut page = String::new();
    let names: Vec<_> = answer.columns.iter().map(|column| escaped(&column.name)).collect();
    // Writing into a string cannot fail.
    let _ = writeln!(page, "| {} |", names.join(" | "));
    let _ = writeln!(page, "|{}", "---|".repeat(names.len()));
    for row in texts(answer, most) {
        let cells: Vec<_> = row.iter().map(|cell| escaped(cell)).collect();
        let _ = writeln!(page, "| {} |", cells.join(" | "));
    }
    page
}

/// Each cell as its text, null as the empty one.
pub(crate) fn texts(answer: &Answer, most: usize) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    answer.for_each_row(|cells| {
        if rows.len() < most {
            rows.push(cells.iter().map(text).collect());
        }
    });
    rows
}

fn text(value: &Value<'_>) -> String {
    match value {
        Value::Dynamic(_) => value
            .view()
            .map(|view| view.text().map_or_else(|| view.to_json(), str::to_owned))
            .unwrap_or_default(),
        other => convert::to_text(other).into_owned(),
    }
}
