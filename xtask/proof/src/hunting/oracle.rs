//! A plain reading of simple queries: row by row, without the engine, the planner and the functions of the product. What it does not
//! know it leaves alone.

use std::collections::{BTreeSet, HashMap};

use whotalks_kql_plan::Answer;
use whotalks_kql_plan::values::Value;
use whotalks_kql_syntax::parse;
use whotalks_kql_syntax::tree::{
    Between, Call, Comparison, ComparisonOperator, Expression, ExpressionKind, LetValue, LogicalOperator, Membership,
    MembershipOperator, Names, Operator, OperatorKind, Pipeline, StatementKind, TextOperator, TextTest,
};

use super::witness::values::{Known, known};

/// The ticks of 1970 since the year 1, and the nanoseconds of a tick.
const EPOCH_TICKS: i64 = 621_355_968_000_000_000;
const TICK_NANOSECONDS: i64 = 100;

/// The rows of tables, as they are.
#[derive(Debug, Default)]
pub(super) struct Oracle {
    tables: HashMap<String, Table>,
}

#[derive(Debug)]
struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<Value<'static>>>,
}

/// A row under its table.
#[derive(Clone, Copy)]
struct Row<'t> {
    columns: &'t [String],
    cells: &'t [Value<'static>],
}

/// The names that `let` gave constants.
type Constants = HashMap<String, Known>;

impl Oracle {
    /// Takes the rows of a table.
    pub(super) fn learn(&mut self, name: &str, answer: &Answer) {
        let mut rows = Vec::new();
        answer.for_each_row(|cells| rows.push(cells.iter().cloned().map(Value::into_owned).collect()));
        let columns = answer.columns.iter().map(|column| column.name.clone()).collect();
        self.tables.insert(name.to_owned(), Table { columns, rows });
    }

    /// How many rows a query gives; none where there is something in it that is not known here.
    pub(super) fn count(&self, text: &str) -> Option<usize> {
        let tree = parse(text).tree;
        let mut names = Constants::new();
        let mut count = None;
        for statement in &tree.statements {
            match &statement.kind {
                StatementKind::Let(written) => {
                    if let LetValue::Expression(value) = &written.value
                        && let Some(value) = constant(value, &names)
                    {
                        names.insert(written.name.text.clone(), value);
                    }
                }
                StatementKind::Query(query) => count = self.query(query, &names),
                _ => return None,
            }
        }
        count
    }

    fn query(&self, query: &Expression, names: &Constants) -> Option<usize> {
        let ExpressionKind::Pipeline(pipeline) = &query.kind else {
            return None;
        };
        let Pipeline { source, operators } = pipeline.as_ref();
        let ExpressionKind::Name(table) = &source.as_ref()?.kind else {
            return None;
        };
        let table = self.tables.get(&table.text)?;
        let mut columns = table.columns.clone();
        let mut rows: Vec<&[Value<'static>]> = table.rows.iter().map(Vec::as_slice).collect();
        for (place, operator) in operators.iter().enumerate() {
            match &operator.kind {
                OperatorKind::Where(filter) => {
                    let mut kept = Vec::new();
                    for cells in rows {
                        let row = Row {
                            columns: &columns,
                            cells,
                        };
                        if fulfils(&filter.predicate, row, names)? {
                            kept.push(cells);
                        }
                    }
                    rows = kept;
                }
                OperatorKind::Extend(written) => written.iter().try_for_each(|written| hide(written, &mut columns))?,
                _ => {
                    let rows: Vec<Row<'_>> = rows
                        .iter()
                        .map(|cells| Row {
                            columns: &columns,
                            cells,
                        })
                        .collect();
                    let last = operators.get(place + 1..).unwrap_or_default();
                    return ended(&rows, operator, last, names);
                }
            }
        }
        Some(rows.len())
    }
}

/// A column that is worked out is not known from here on.
fn hide(written: &Expression, columns: &mut [String]) -> Option<()> {
    let ExpressionKind::Named(named) = &written.kind else {
        return None;
    };
    let Names::One(name) = &named.names else {
        return None;
    };
    let known = columns.iter_mut().filter(|column| **column == name.text);
    known.for_each(String::clear);
    Some(())
}

/// How many rows are left behind the conditions.
fn ended(rows: &[Row<'_>], operator: &Operator, last: &[Operator], names: &Constants) -> Option<usize> {
    let keeps = |operator: &Operator| {
        matches!(
            operator.kind,
            OperatorKind::Project(_)
                | OperatorKind::ProjectReorder(_)
                | OperatorKind::Sort(_)
                | OperatorKind::ProjectAway(_)
        )
    };
    let count = match &operator.kind {
        OperatorKind::Distinct(columns) => groups(rows, &columns.columns)?,
        OperatorKind::Summarize(summarize) if summarize.bin.is_none() && summarize.by.is_empty() => 1,
        OperatorKind::Summarize(summarize) if summarize.bin.is_none() => groups(rows, &summarize.by)?,
        OperatorKind::Take(take) => first(rows.len(), &take.count, names)?,
        OperatorKind::Top(top) => first(rows.len(), &top.count, names)?,
        _ if keeps(operator) => rows.len(),
        _ => return None,
    };
    match last.split_first() {
        None => Some(count),
        Some((next, last)) if keeps(next) && last.iter().all(keeps) => Some(count),
        Some((next, [])) => match &next.kind {
            OperatorKind::Take(take) => first(count, &take.count, names),
            OperatorKind::Top(top) => first(count, &top.count, names),
            _ => None,
        },
        Some(_) => None,
    }
}

fn first(count: usize, most: &Expression, names: &Constants) -> Option<usize> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a count in a query"
    )]
    let most = constant(most, names)?.number()? as usize;
    Some(count.min(most))
}

/// How many different values columns have together.
fn groups(rows: &[Row<'_>], by: &[Expression]) -> Option<usize> {
    let mut seen = BTreeSet::new();
    for row in rows {
        let mut key = Vec::new();
        for column in by {
            let ExpressionKind::Name(name) = &column.kind else {
                return None;
            };
            key.push(format!("{:?}", row.cell(&name.text)?));
        }
        seen.insert(key);
    }
    Some(seen.len())
}

fn constant(expression: &Expression, names: &Constants) -> Option<Known> {
    known(expression, &|name| names.get(name).cloned())
}

impl<'t> Row<'t> {
    fn cell(self, name: &str) -> Option<&'t Value<'static>> {
        let place = self.columns.iter().position(|column| column == name)?;
        self.cells.get(place)
    }
}

/// Whether a row fulfils a condition.
fn fulfils(condition: &Expression, row: Row<'_>, names: &Constants) -> Option<bool> {
    match &condition.kind {
        ExpressionKind::Parenthesized(inner) => fulfils(inner, row, names),
        ExpressionKind::Logical(logical) => {
            let each = logical.operands.iter().map(|operand| fulfils(operand, row, names));
            let each: Vec<bool> = each.collect::<Option<_>>()?;
            Some(match logical.operator {
                LogicalOperator::And => each.into_iter().all(|held| held),
                LogicalOperator::Or => each.into_iter().any(|held| held),
            })
        }
        ExpressionKind::Comparison(comparison) => compared(comparison, row, names),
        ExpressionKind::Membership(membership) => member(membership, row, names),
        ExpressionKind::Between(between) => lies_between(between, row, names),
        ExpressionKind::Call(call) => called(call, row, names),
        _ => None,
    }
}

/// The cell that an operand names.
fn cell<'t>(operand: &Expression, row: Row<'t>) -> Option<&'t Value<'static>> {
    match &operand.kind {
        ExpressionKind::Parenthesized(inner) => cell(inner, row),
        ExpressionKind::Name(name) => row.cell(&name.text),
        _ => None,
    }
}

fn called(call: &Call, row: Row<'_>, names: &Constants) -> Option<bool> {
    let argument = call.arguments.first()?;
    match call.name.text.as_str() {
        "not" => fulfils(argument, row, names).map(|held| !held),
        "isnotempty" => Some(!is_empty(cell(argument, row)?)),
        "isempty" => Some(is_empty(cell(argument, row)?)),
        _ => None,
    }
}

fn is_empty(value: &Value<'_>) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

fn lies_between(between: &Between, row: Row<'_>, names: &Constants) -> Option<bool> {
    let value = place(cell(&between.operand, row)?)?;
    let low = of_known(&constant(&between.low, names)?)?;
    let high = match constant(&between.high, names)? {
        Known::Span(span) => low + span as f64,
        other => of_known(&other)?,
    };
    Some((low <= value && value <= high) != between.negated)
}

fn compared(comparison: &Comparison, row: Row<'_>, names: &Constants) -> Option<bool> {
    let value = cell(&comparison.left, row)?;
    let wanted = constant(&comparison.right, names)?;
    if let Value::Bool(value) = value {
        let same = wanted.text()? == value.to_string() || wanted.number() == Some(f64::from(u8::from(*value)));
        return match comparison.operator {
            ComparisonOperator::Equal => Some(same),
            ComparisonOperator::NotEqual => Some(!same),
            _ => None,
        };
    }
    if let Value::String(text) = value {
        return text_compared(text, comparison.operator, &wanted.text()?);
    }
    let (value, wanted) = (place(value)?, of_known(&wanted)?);
    Some(match comparison.operator {
        ComparisonOperator::Equal => value == wanted,
        ComparisonOperator::NotEqual => value != wanted,
        ComparisonOperator::Less => value < wanted,
        ComparisonOperator::LessOrEqual => value <= wanted,
        ComparisonOperator::Greater => value > wanted,
        ComparisonOperator::GreaterOrEqual => value >= wanted,
        _ => return None,
    })
}

/// A number or a time as a number; times in nanoseconds since 1970.
fn place(value: &Value<'_>) -> Option<f64> {
    match value {
        Value::Int(number) => Some(f64::from(*number)),
        Value::Long(number) => Some(*number as f64),
        Value::Real(number) => Some(*number),
        Value::DateTime(time) => Some(((time.ticks() - EPOCH_TICKS) * TICK_NANOSECONDS) as f64),
        _ => None,
    }
}

fn of_known(value: &Known) -> Option<f64> {
    match value {
        Known::Time(time) => Some(*time as f64),
        Known::Number(number) => Some(*number),
        _ => None,
    }
}

fn text_compared(text: &str, operator: ComparisonOperator, wanted: &str) -> Option<bool> {
    Some(match operator {
        ComparisonOperator::Equal => text == wanted,
        ComparisonOperator::NotEqual => text != wanted,
        ComparisonOperator::EqualCaseless => text.to_lowercase() == wanted.to_lowercase(),
        ComparisonOperator::NotEqualCaseless => text.to_lowercase() != wanted.to_lowercase(),
        ComparisonOperator::Text(operator) => tested(text, operator, wanted)? != operator.negated,
        _ => return None,
    })
}

fn tested(text: &str, operator: TextOperator, wanted: &str) -> Option<bool> {
    let fold = |text: &str| {
        if operator.case_sensitive {
            text.to_owned()
        } else {
            text.to_lowercase()
        }
    };
    let (text, wanted) = (fold(text), fold(wanted));
    Some(match operator.test {
        TextTest::Has => has_term(&text, &wanted),
        TextTest::Contains => text.contains(&wanted),
        TextTest::StartsWith => text.starts_with(&wanted),
        TextTest::EndsWith => text.ends_with(&wanted),
        _ => return None,
    })
}

/// Whether a text has another one that begins and ends where terms do: not between two letters or digits.
fn has_term(text: &str, term: &str) -> bool {
    let word = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    let (first, last) = (term.chars().next(), term.chars().next_back());
    text.match_indices(term).any(|(place, found)| {
        let before = text.get(..place).and_then(|before| before.chars().next_back());
        let behind = text.get(place + found.len()..).and_then(|behind| behind.chars().next());
        let cuts_word = word(before) && word(first) || word(last) && word(behind);
        !cuts_word
    })
}

fn member(membership: &Membership, row: Row<'_>, names: &Constants) -> Option<bool> {
    let value = cell(&membership.operand, row)?;
    let items: Vec<Known> = membership
        .items
        .iter()
        .map(|item| constant(item, names))
        .collect::<Option<_>>()?;
    if items.is_empty() {
        return None;
    }
    let texts: Vec<String> = items.iter().flat_map(Known::texts).collect();
    if let Value::String(text) = value {
        let lower = text.to_lowercase();
        let lowered = || texts.iter().map(|item| item.to_lowercase());
        return Some(match membership.operator {
            MembershipOperator::In => texts.iter().any(|item| item == text),
            MembershipOperator::NotIn => !texts.iter().any(|item| item == text),
            MembershipOperator::InCaseless => lowered().any(|item| item == lower),
            MembershipOperator::NotInCaseless => !lowered().any(|item| item == lower),
            MembershipOperator::HasAny => lowered().any(|item| has_term(&lower, &item)),
            MembershipOperator::HasAll => lowered().all(|item| has_term(&lower, &item)),
        });
    }
    let value = place(value)?;
    let numbers: Vec<f64> = texts.iter().map(|item| item.parse().ok()).collect::<Option<_>>()?;
    let found = numbers.contains(&value);
    match membership.operator {
        MembershipOperator::In => Some(found),
        MembershipOperator::NotIn => Some(!found),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_end_where_letters_and_digits_do() {
        assert!(has_term("a cmd.exe /c", "cmd.exe"));
        assert!(has_term("cmd", "cmd"));
        assert!(!has_term("cmdline", "cmd"));
        assert!(has_term("xcmd cmd", "cmd"));
        assert!(has_term("evil.top/x", ".top"));
    }
}
