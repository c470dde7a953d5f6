//! `project` and its kin: which columns there are, under which names and in which order.

use datafusion::logical_expr::LogicalPlanBuilder;
use whotalks_kql_syntax::tree::{Call, Direction, Expression, ExpressionKind, Names, Ordered};
use whotalks_kql_values::{Dynamic, KustoType, Value};

use super::over_rows;
use crate::bind::{
    Binder, Bound, Expressions, NamedExpression, Naming, Row, convert, implied, reference, same, simple_name, unique,
};
use crate::error::{PlanProblem, Result};
use crate::function::{constant, operate};
use crate::phrase::Phrase;
use crate::relation::{Column, Relation};

/// A value and the name of the column that gets it.
#[derive(Debug)]
pub(super) struct Assigned {
    /// The name.
    pub(super) name: String,
    /// The value.
    pub(super) value: Bound,
}

/// Binds expressions and names their columns: as written, as the expression implies, or by a number.
pub(super) fn assign(
    expressions: &mut Expressions<'_, '_>,
    written: &[Expression],
    known: &[Column],
) -> Result<Vec<Assigned>> {
    let mut naming = Naming::new("Column", 1);
    let mut assigned: Vec<Assigned> = Vec::new();
    for expression in written {
        if let Some(several) = several_columns(expressions, expression)? {
            assigned.extend(several);
            continue;
        }
        let named = NamedExpression::of(expression)?;
        let value = expressions.bind(named.value)?;
        let name = match named.column_name() {
            Some(name) if named.name.is_some() => name,
            Some(name) => unique(name, |name| assigned.iter().any(|other| other.name == name)),
            None => naming.free(known),
        };
        assigned.push(Assigned { name, value });
    }
    Ok(assigned)
}

/// The columns of a function that gives several, such as `series_stats`: as written, else the name of the function, of its argument
/// and of what the column holds.
fn several_columns(expressions: &mut Expressions<'_, '_>, written: &Expression) -> Result<Option<Vec<Assigned>>> {
    let (names, value) = written_names(written);
    let ExpressionKind::Call(call) = &value.kind else {
        return no_call(&names, written);
    };
    if let Some(sorted) = sorted_arrays(expressions, call, &names)? {
        return Ok(Some(sorted));
    }
    let function = whotalks_kql_functions::find(&call.name.text).filter(|function| !function.columns.is_empty());
    let Some(function) = function else {
        return no_call(&names, written);
    };
    let array = expressions.bind(value)?;
    let argument = call.arguments.first().and_then(implied).unwrap_or_default();
    let mut assigned = Vec::new();
    for (column, index) in function.columns.iter().zip(0i64..) {
        let value = operate("[]", vec![array.clone(), constant(Value::Long(index), KustoType::Long)])?;
        let name = usize::try_from(index).ok().and_then(|index| names.get(index).cloned());
        let name = name.unwrap_or_else(|| format!("{}_{argument}_{}", function.name, column.name));
        assigned.push(Assigned {
            name,
            value: convert(value, column.kusto_type)?,
        });
    }
    Ok(Some(assigned))
}

/// The columns of `array_sort_asc(a, b)`, where an expression is such a call.
pub(super) fn several_arrays(
    expressions: &mut Expressions<'_, '_>,
    written: &Expression,
) -> Result<Option<Vec<Assigned>>> {
    let (names, value) = written_names(written);
    match &value.kind {
        ExpressionKind::Call(call) => sorted_arrays(expressions, call, &names),
        _ => Ok(None),
    }
}

/// `array_sort_asc(a, b)`: a column for each array, called after it.
fn sorted_arrays(
    expressions: &mut Expressions<'_, '_>,
    call: &Call,
    names: &[String],
) -> Result<Option<Vec<Assigned>>> {
    if !matches!(call.name.text.as_str(), "array_sort_asc" | "array_sort_desc") {
        return Ok(None);
    }
    let mut arrays = Vec::new();
    for argument in &call.arguments {
        if expressions.bind(argument)?.kusto_type == KustoType::Dynamic {
            arrays.push(implied(argument).unwrap_or_else(|| "array".to_owned()));
        }
    }
    if arrays.len() < 2 {
        return Ok(None);
    }
    let written = Expression {
        kind: ExpressionKind::Call(call.clone()),
        span: call.name.span,
    };
    let all = expressions.bind(&written)?;
    let mut assigned: Vec<Assigned> = Vec::new();
    for (index, array) in arrays.iter().enumerate() {
        let place = constant(Value::Long(i64::try_from(index).unwrap_or(i64::MAX)), KustoType::Long);
        let name = names.get(index).cloned().unwrap_or_else(|| format!("{array}_sorted"));
        assigned.push(Assigned {
            name: unique(name, |name| assigned.iter().any(|other| other.name == name)),
            value: operate("[]", vec![all.clone(), place])?,
        });
    }
    Ok(Some(assigned))
}

fn no_call(names: &[String], written: &Expression) -> Result<Option<Vec<Assigned>>> {
    match names {
        [] | [_] => Ok(None),
        _ => Err(PlanProblem::unsupported(Phrase::SeveralNames, None).at(written.span)),
    }
}

/// The names before a value, and the value.
pub(super) fn written_names(written: &Expression) -> (Vec<String>, &Expression) {
    match &written.kind {
        ExpressionKind::Named(named) => match &named.names {
            Names::One(name) => (vec![name.text.clone()], &named.value),
            Names::Several(names) => (names.iter().map(|name| name.text.clone()).collect(), &named.value),
        },
        _ => (Vec::new(), written),
    }
}

impl Binder<'_> {
    pub(super) fn project(&mut self, input: Relation, written: &[Expression]) -> Result<Relation> {
        let (input, assigned) = over_rows(self, input, |expressions| {
            let mut assigned = Vec::new();
            for expression in written {
                match expression.kind {
                    ExpressionKind::Star => assigned.extend(all_columns(&expressions.row)),
                    _ => assigned.extend(assign(expressions, std::slice::from_ref(expression), &[])?),
                }
            }
            Ok(assigned)
        })?;
        projected(input, distinct_names(assigned))
    }

    pub(super) fn project_away(&mut self, input: Relation, written: &[Expression]) -> Result<Relation> {
        let patterns = patterns(written)?;
        let columns = input
            .columns
            .iter()
            .filter(|column| !matches_any(&patterns, &column.name));
        let columns = columns.cloned().collect();
        select(input, columns)
    }

    pub(super) fn project_keep(&mut self, input: Relation, written: &[Expression]) -> Result<Relation> {
        let patterns = patterns(written)?;
        let columns = input
            .columns
            .iter()
            .filter(|column| matches_any(&patterns, &column.name));
        let columns = columns.cloned().collect();
        select(input, columns)
    }

    /// Columns whose names are values: texts, or arrays of texts. Names that are not there are passed over.
    pub(super) fn project_by_names(&mut self, input: Relation, written: &[Expression]) -> Result<Relation> {
        let mut names = Vec::new();
        for expression in written {
            let (value, _) = Expressions::new(self, Row::None).constant(expression, Phrase::NameOfColumn)?;
            names.extend(texts(&value));
        }
        let columns = names.iter().flat_map(|pattern| {
            let fits = |column: &&Column| matches_pattern(pattern, &column.name);
            input.columns.iter().filter(fits).cloned().collect::<Vec<_>>()
        });
        let columns = columns.collect();
        select(input, columns)
    }

    pub(super) fn project_rename(&mut self, input: Relation, written: &[Expression]) -> Result<Relation> {
        let mut names: Vec<String> = input.columns.iter().map(|column| column.name.clone()).collect();
        for expression in written {
            let named = NamedExpression::of(expression)?;
            let old = simple_name(named.value)
                .map(|name| name.text.clone())
                .unwrap_or_default();
            let index = input.columns.iter().position(|column| column.name == old);
            let index = index.ok_or_else(|| unknown(&input, &old).at(expression.span))?;
            if let (Some(place), Some(name)) = (names.get_mut(index), named.name) {
                *place = name.text.clone();
            }
        }
        let assigned = input.columns.iter().zip(names).map(|(column, name)| Assigned {
            name,
            value: Bound::computed(reference(&column.name), column.kusto_type),
        });
        let assigned = assigned.collect();
        projected(input, assigned)
    }

    /// Named columns first; `*` stands for all others, in an order where one is written.
    pub(super) fn project_reorder(&mut self, input: Relation, written: &[Ordered]) -> Result<Relation> {
        let mut columns: Vec<Column> = Vec::new();
        for ordered in written {
            let pattern = patterns(std::slice::from_ref(&ordered.expression))?;
            let mut fitting: Vec<_> = input
                .columns
                .iter()
                .filter(|column| matches_any(&pattern, &column.name) && !columns.contains(column))
                .cloned()
                .collect();
            sort_names(&mut fitting, ordered.direction);
            columns.extend(fitting);
        }
        let rest: Vec<_> = input
            .columns
            .iter()
            .filter(|column| !columns.contains(column))
            .cloned()
            .collect();
        columns.extend(rest);
        select(input, columns)
    }
}

fn unknown(input: &Relation, name: &str) -> PlanProblem {
    let columns = input.columns.iter().map(|column| column.name.as_str());
    PlanProblem::UnknownColumn {
        name: name.to_owned(),
        similar: crate::bind::similar(name, columns),
    }
}

fn all_columns(row: &Row<'_>) -> Vec<Assigned> {
    let assigned = |column: &Column| Assigned {
        name: column.name.clone(),
        value: Bound::computed(reference(&column.name), column.kusto_type),
    };
    row.columns().iter().map(assigned).collect()
}

/// Columns that a number names get the next free one; of two others with one name the last counts, as Kusto has it.
fn distinct_names(assigned: Vec<Assigned>) -> Vec<Assigned> {
    let mut naming = Naming::new("Column", 1);
    let mut unique: Vec<Assigned> = Vec::new();
    for Assigned { name, value } in assigned {
        let same = unique.iter().position(|other| other.name == name);
        match same.and_then(|index| unique.get_mut(index)) {
            Some(_) if name.starts_with("Column") => {
                let columns: Vec<_> = unique
                    .iter()
                    .map(|other| Column::new(&other.name, other.value.kusto_type))
                    .collect();
                let name = naming.free(&columns);
                unique.push(Assigned { name, value });
            }
            Some(other) => other.value = value,
            None => unique.push(Assigned { name, value }),
        }
    }
    unique
}

/// A table of the assigned columns only.
pub(super) fn projected(input: Relation, assigned: Vec<Assigned>) -> Result<Relation> {
    let order = renamed_order(&input, &assigned);
    let columns: Vec<_> = assigned
        .iter()
        .map(|column| Column::new(&column.name, column.value.kusto_type))
        .collect();
    let values = assigned
        .into_iter()
        .map(|column| column.value.expression.alias(column.name));
    let values = values.chain(input.carried_expressions());
    let plan = LogicalPlanBuilder::new(input.plan.clone())
        .project(values.collect::<Vec<_>>())?
        .build()?;
    let mut output = input.with_plan(plan, columns);
    output.order = order;
    Ok(output)
}

/// The order of the rows in terms of the new columns, as far as those hold the old ones.
fn renamed_order(input: &Relation, assigned: &[Assigned]) -> Vec<crate::relation::OrderKey> {
    let renamed = |key: &crate::relation::OrderKey| {
        let old = reference(&key.column);
        let new = assigned.iter().find(|column| column.value.expression == old)?;
        Some(crate::relation::OrderKey {
            column: new.name.clone(),
            ..key.clone()
        })
    };
    input.order.iter().map_while(renamed).collect()
}

/// Some of the columns in some order.
pub(super) fn select(input: Relation, columns: Vec<Column>) -> Result<Relation> {
    let values: Vec<_> = columns.iter().map(same).chain(input.carried_expressions()).collect();
    let plan = LogicalPlanBuilder::new(input.plan.clone()).project(values)?.build()?;
    Ok(input.with_plan(plan, columns))
}

/// Names, some with `*` for any letters.
fn patterns(written: &[Expression]) -> Result<Vec<String>> {
    let pattern = |expression: &Expression| match &expression.kind {
        ExpressionKind::Name(name) => Ok(name.text.clone()),
        ExpressionKind::Wildcard(wildcard) => Ok(wildcard.pattern.clone()),
        ExpressionKind::Star => Ok("*".to_owned()),
        _ => Err(PlanProblem::unsupported(Phrase::ExpressionInsteadOfColumn, None).at(expression.span)),
    };
    written.iter().map(pattern).collect()
}

fn matches_any(patterns: &[String], name: &str) -> bool {
    patterns.iter().any(|pattern| matches_pattern(pattern, name))
}

/// Whether a name fits a pattern in which `*` stands for any letters.
pub(crate) fn matches_pattern(pattern: &str, name: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(tail) = name.strip_prefix(head) else {
        return false;
    };
    let ends = tail
        .char_indices()
        .map(|(index, _)| index)
        .chain(std::iter::once(tail.len()));
    ends.into_iter()
        .any(|end| tail.get(end..).is_some_and(|tail| matches_pattern(rest, tail)))
}

fn sort_names(columns: &mut [Column], direction: Option<Direction>) {
    match direction {
        None => {}
        Some(Direction::Ascending) => columns.sort_by(|left, right| left.name.cmp(&right.name)),
        Some(Direction::Descending) => columns.sort_by(|left, right| right.name.cmp(&left.name)),
        Some(Direction::NumbersAscending) => columns.sort_by(|left, right| by_number(&left.name, &right.name)),
        Some(Direction::NumbersDescending) => columns.sort_by(|left, right| by_number(&right.name, &left.name)),
    }
}

/// Names with a number at the end are ordered by it: `a2` before `a10`.
fn by_number(left: &str, right: &str) -> std::cmp::Ordering {
    let split = |name: &str| {
        let text = name.trim_end_matches(|sign: char| sign.is_ascii_digit());
        let number = name.get(text.len()..).and_then(|digits| digits.parse::<u64>().ok());
        (text.to_owned(), number, name.to_owned())
    };
    split(left).cmp(&split(right))
}

pub(super) fn texts(value: &Value<'_>) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.to_string()],
        Value::Dynamic(bytes) => match Dynamic::decode(bytes) {
            Dynamic::Array(items) => items
                .into_iter()
                .filter_map(|item| match item {
                    Dynamic::String(text) => Some(text),
                    _ => None,
                })
                .collect(),
            Dynamic::String(text) => vec![text],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}
