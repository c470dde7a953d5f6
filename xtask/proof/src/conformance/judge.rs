//! Whether an answer is the one that was recorded.

use whotalks_kql_plan::{Answer, Column, Embedded, NoTables, PlanProblem};
use whotalks_kql_values::{DateTime, KustoType};

use super::answer;
use super::case::{Case, Expected, Tier};
use super::tuple;

/// What came of a case.
#[derive(Debug)]
pub(super) enum Verdict {
    /// The answer is the recorded one.
    Agrees,
    /// whotalks says that it does not support something in the query.
    Refused(String),
    /// The answer is another one, or an error.
    Differs(String),
}

/// Runs the query of a case and compares.
pub(super) fn judge(case: &Case, engine: &Embedded) -> Verdict {
    let now = DateTime::UNIX_EPOCH;
    match (case.expect, engine.query(&case.query, &NoTables, now)) {
        (Expected::Error, Err(error)) if !matches!(error.problem, PlanProblem::Unsupported { .. }) => Verdict::Agrees,
        (_, Err(error)) if matches!(error.problem, PlanProblem::Unsupported { .. }) => Verdict::Refused(error.to_string()),
        (_, Err(error)) => Verdict::Differs(format!("fails: {error}")),
        (Expected::Error, Ok(_)) => Verdict::Differs("gives rows where the engine fails".to_owned()),
        (_, Ok(answer)) => compare(case, &answer).map_or_else(Verdict::Differs, |()| Verdict::Agrees),
    }
}

fn compare(case: &Case, answer: &Answer) -> Result<(), String> {
    match case.tier {
        Tier::Engine => recorded(case, answer),
        Tier::Documentation => answer::documented(case, answer),
        Tier::Other => answer::other(case, answer),
    }
}

fn recorded(case: &Case, answer: &Answer) -> Result<(), String> {
    columns(case, &answer.columns)?;
    let mut rows = Vec::new();
    answer.for_each_row(|cells| rows.push(tuple::row(cells)));
    let expected = case.rows_text.clone().unwrap_or_default();
    if case.expect == Expected::RowsPartial {
        let missing = expected.iter().find(|row| !rows.contains(row));
        return missing.map_or(Ok(()), |row| Err(format!("the row {row} is missing in {rows:?}")));
    }
    same_rows(expected, rows, is_sorted(&case.query))
}

fn columns(case: &Case, columns: &[Column]) -> Result<(), String> {
    let expected = case.columns.clone().unwrap_or_default();
    let found: Vec<_> = columns.iter().map(|column| (column.name.clone(), Some(class(column.kusto_type).to_owned()))).collect();
    if expected == found {
        return Ok(());
    }
    Err(format!("columns: expected {expected:?}, got {found:?}"))
}

/// The class of a type as the recordings name it; `int` and `long` are told apart by no recording, nor `real` and `decimal`.
fn class(kusto_type: KustoType) -> &'static str {
    match kusto_type {
        KustoType::Bool => "Bool",
        KustoType::Int | KustoType::Long => "Int",
        KustoType::Real | KustoType::Decimal => "Real",
        KustoType::String => "String",
        KustoType::DateTime => "DateTime",
        KustoType::TimeSpan => "TimeSpan",
        KustoType::Guid => "Guid",
        KustoType::Dynamic => "Dynamic",
    }
}

/// Whether rows are the same: in order where the query puts them in one, else in any.
fn same_rows(mut expected: Vec<String>, mut found: Vec<String>, in_order: bool) -> Result<(), String> {
    if !in_order {
        expected.sort();
        found.sort();
    }
    if expected == found {
        return Ok(());
    }
    Err(format!("rows: expected {expected:?}, got {found:?}"))
}

/// Whether the last operator that says anything about the order of rows puts them in one.
fn is_sorted(query: &str) -> bool {
    let unordering = ["summarize", "join", "union", "distinct", "lookup", "mv-expand", "make-series"];
    let last = query.split('|').rev().map(str::trim_start).find_map(|operator| {
        let begins = |names: &[&str]| names.iter().any(|name| operator.starts_with(name));
        if begins(&["sort", "order", "top "]) {
            return Some(true);
        }
        begins(&unordering).then_some(false)
    });
    last.unwrap_or(false)
}
