//! `range`: values at equal distances.

use whotalks_kql_syntax::tree::operator::Range;
use whotalks_kql_values::{KustoType, Value};

use super::data_table::table_of_rows;
use crate::bind::{Binder, Bound, Expressions, Row};
use crate::error::{PlanProblem, Result};
use crate::function::{constant, operate};
use crate::phrase::Phrase;
use crate::physical::Cell;
use crate::relation::{Column, Relation};

/// The most rows that a range may give: its rows are held in memory.
const MAX_ROWS: usize = 2_000_000;

impl Binder<'_> {
    /// The values, at most so many where that is known; else an error where they are too many.
    pub(super) fn range(&mut self, range: &Range, most: Option<usize>) -> Result<Relation> {
        let mut expressions = Expressions::new(self, Row::None);
        let from = expressions.bind(&range.from)?;
        let to = expressions.bind(&range.to)?;
        let step = expressions.bind(&range.step)?;
        let kusto_type = range_type(&from, &step);
        let from = crate::bind::convert(from, kusto_type)?;
        let values = match most.filter(|most| *most <= MAX_ROWS) {
            Some(most) => first_steps(from, &to, &step, most)?,
            None => steps(from, &to, &step, true, MAX_ROWS)?,
        };
        let rows: Vec<_> = values.into_iter().map(|value| vec![value]).collect();
        let mut relation = table_of_rows(vec![Column::new(&range.name.text, kusto_type)], &rows)?;
        relation.serialized = true;
        Ok(relation)
    }
}

/// Whole numbers are `long` unless a step is not whole.
fn range_type(from: &Bound, step: &Bound) -> KustoType {
    match (from.kusto_type, step.kusto_type) {
        (_, KustoType::Real) | (KustoType::Real, _) => KustoType::Real,
        (KustoType::Int | KustoType::Long, _) => KustoType::Long,
        (other, _) => other,
    }
}

/// The first of values at equal distances.
fn first_steps(from: Bound, to: &Bound, step: &Bound, most: usize) -> Result<Vec<Value<'static>>> {
    let kusto_type = from.kusto_type;
    let mut values = Vec::new();
    let mut next = from;
    while values.len() < most && within(&next, to, step, true)? {
        values.push(next.constant.clone().unwrap_or(Value::Null));
        next = crate::bind::convert(operate("+", vec![next, step.clone()])?, kusto_type)?;
    }
    Ok(values)
}

/// Values at equal distances, at most so many.
pub(super) fn steps(
    from: Bound,
    to: &Bound,
    step: &Bound,
    inclusive: bool,
    most: usize,
) -> Result<Vec<Value<'static>>> {
    let kusto_type = from.kusto_type;
    let mut values = Vec::new();
    let mut next = from;
    while within(&next, to, step, inclusive)? {
        if values.len() >= most {
            return Err(PlanProblem::unsupported(Phrase::LongRange(most), None).into());
        }
        values.push(next.constant.clone().unwrap_or(Value::Null));
        next = crate::bind::convert(operate("+", vec![next, step.clone()])?, kusto_type)?;
    }
    Ok(values)
}

/// Whether a value has not gone past the end.
fn within(value: &Bound, to: &Bound, step: &Bound, inclusive: bool) -> Result<bool> {
    let zero = match step.kusto_type {
        KustoType::TimeSpan => constant(
            Value::TimeSpan(whotalks_kql_values::TimeSpan::from_ticks(0)),
            KustoType::TimeSpan,
        ),
        _ => constant(Value::Long(0), KustoType::Long),
    };
    let is = |operator: &str, left: &Bound, right: &Bound| -> Result<bool> {
        let answer = operate(operator, vec![left.clone(), right.clone()])?;
        Ok(answer.constant.as_ref().and_then(Cell::as_bool) == Some(true))
    };
    if is(">", step, &zero)? {
        return is(if inclusive { "<=" } else { "<" }, value, to);
    }
    if is("<", step, &zero)? {
        return is(if inclusive { ">=" } else { ">" }, value, to);
    }
    Ok(false)
}
