//! Whether an answer is the one that was recorded.

use whotalks_kql_plan::{Answer, Column, Embedded, NoTables, PlanProblem};
use whotalks_kql_syntax::tree::{ExpressionKind, OperatorKind, Ordered, StatementKind};
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
        (_, Err(error)) if matches!(error.problem, PlanProblem::Unsupported { .. }) => {
            Verdict::Refused(error.to_string())
        }
        (_, Err(error)) => Verdict::Differs(format!("fails: {error}")),
        (Expected::Error, Ok(_)) => Verdict::Differs("gives rows where the engine fails".to_owned()),
        (_, Ok(answer)) => compare(case, &answer).map_or_else(Verdict::Differs, |()| Verdict::Agrees),
    }
}

/// Whether a case may be refused with a clear error: graphs, and what learns or calls other programs.
pub(super) fn may_be_refused(case: &Case) -> bool {
    const NOT_ANSWERED: [&str; 5] = [
        "make-graph",
        "graph-match",
        "graph-mark",
        "graph-shortest-paths",
        "graph(",
    ];
    NOT_ANSWERED.iter().any(|word| case.query.contains(word))
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
    let order = order(&case.query);
    let places = places(&order, &answer.columns);
    let (mut rows, mut keys) = (Vec::new(), Vec::new());
    answer.for_each_row(|cells| {
        rows.push(tuple::row(cells));
        keys.push(
            places
                .iter()
                .flatten()
                .map(|place| cells.get(*place).map(tuple::cell).unwrap_or_default())
                .collect::<Vec<_>>(),
        );
    });
    let expected = case.rows_text.clone().unwrap_or_default();
    if case.expect == Expected::RowsPartial {
        let missing = expected.iter().find(|row| !rows.contains(row));
        return missing.map_or(Ok(()), |row| Err(format!("the row {row} is missing in {rows:?}")));
    }
    same_rows(&expected, &rows, places.is_some().then_some(keys.as_slice()), order)
}

/// Where the columns stand that rows are ordered by; none where one of them is not in the answer.
fn places(order: &Order, columns: &[Column]) -> Option<Vec<usize>> {
    let Order::By(names) = order else {
        return None;
    };
    names
        .iter()
        .map(|name| columns.iter().position(|column| column.name == *name))
        .collect()
}

fn columns(case: &Case, columns: &[Column]) -> Result<(), String> {
    let expected = case.columns.clone().unwrap_or_default();
    let found: Vec<_> = columns
        .iter()
        .map(|column| (column.name.clone(), Some(class(column.kusto_type).to_owned())))
        .collect();
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

/// Whether rows are the same: in any order, or in that of the query, where rows that its keys do not tell apart may change places.
fn same_rows(expected: &[String], found: &[String], keys: Option<&[Vec<String>]>, order: Order) -> Result<(), String> {
    let sorted = |rows: &[String]| {
        let mut rows = rows.to_vec();
        rows.sort();
        rows
    };
    let same = match (order, keys) {
        (Order::None, _) => sorted(expected) == sorted(found),
        (Order::By(_), Some(keys)) => sorted(expected) == sorted(found) && tied(expected, found, keys),
        _ => expected == found,
    };
    if same {
        return Ok(());
    }
    Err(format!("rows: expected {expected:?}, got {found:?}"))
}

/// Whether the rows of the recording stand in the same order of keys; `keys` are those of the rows that were found.
fn tied(expected: &[String], found: &[String], keys: &[Vec<String>]) -> bool {
    let key = |row: &String| {
        found
            .iter()
            .position(|other| other == row)
            .and_then(|place| keys.get(place))
    };
    expected.iter().zip(keys).all(|(row, own)| key(row) == Some(own))
}

/// What a query says about the order of its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Order {
    /// Nothing.
    None,
    /// They are ordered by columns.
    By(Vec<String>),
    /// They are ordered by something else than columns.
    Exact,
}

/// The order that the last operator gives that says anything about it.
fn order(query: &str) -> Order {
    let parsed = whotalks_kql_syntax::parse(query);
    let last = parsed
        .tree
        .statements
        .iter()
        .rev()
        .find_map(|statement| match &statement.kind {
            StatementKind::Query(query) => Some(query),
            _ => None,
        });
    let Some(ExpressionKind::Pipeline(pipeline)) = last.map(|query| &query.kind) else {
        return Order::None;
    };
    for operator in pipeline.operators.iter().rev() {
        match &operator.kind {
            OperatorKind::Sort(sort) => return by(&sort.by),
            OperatorKind::Top(top) => return by(std::slice::from_ref(&top.by)),
            OperatorKind::Summarize(_)
            | OperatorKind::Join(_)
            | OperatorKind::Lookup(_)
            | OperatorKind::Union(_)
            | OperatorKind::Distinct(_)
            | OperatorKind::MakeSeries(_)
            | OperatorKind::Partition(_)
            | OperatorKind::MvExpand(_) => return Order::None,
            _ => {}
        }
    }
    Order::None
}

fn by(keys: &[Ordered]) -> Order {
    let names = keys.iter().map(|key| match &key.expression.kind {
        ExpressionKind::Name(name) => Some(name.text.clone()),
        _ => None,
    });
    names.collect::<Option<Vec<_>>>().map_or(Order::Exact, Order::By)
}
