//! Aggregations: what `summarize` and its like make of the rows of a group. One file per family.

mod arg;
mod best_rows;
mod bits;
mod collect;
mod count;
mod covariance;
mod deviation;
mod distinct;
mod extreme;
mod gathering;
mod groups;
mod percentile;
mod rows;
mod schema;
mod sketch;
mod sum;
mod take_any;
mod written;

use datafusion::logical_expr::Expr;
use whotalks_kql_syntax::Span;
use whotalks_kql_syntax::tree::{Call, Expression, ExpressionKind, Literal};
use whotalks_kql_values::KustoType;

use crate::bind::{Bound, Expressions, reference};
use crate::error::{PlanProblem, Result};
use crate::phrase::Phrase;

/// The aggregations of an operator, each worked out once however often it is named.
#[derive(Debug, Default)]
pub(crate) struct Aggregations {
    calls: Vec<Expr>,
}

impl Aggregations {
    /// The aggregations under the names that expressions over them use.
    pub(crate) fn into_expressions(self) -> impl Iterator<Item = Expr> {
        self.calls
            .into_iter()
            .enumerate()
            .map(|(index, call)| call.alias(name(index)))
    }

    /// The column in which an aggregation lies once it is worked out.
    fn add(&mut self, call: Expr) -> Expr {
        let known = self.calls.iter().position(|other| *other == call);
        let index = known.unwrap_or_else(|| {
            self.calls.push(call);
            self.calls.len() - 1
        });
        reference(&name(index))
    }
}

/// A name that cannot be written in a query.
fn name(index: usize) -> String {
    format!("$aggregation{index}")
}

/// One aggregation: its names and how a call of it is bound.
pub(crate) struct Aggregation {
    /// The name and its older forms.
    names: &'static [&'static str],
    /// What stands before the name of its argument in the name of a column; see [`default_name`].
    prefix: Prefix,
    /// Makes a call of bound arguments.
    bind: fn(&mut Arguments<'_>) -> Result<Bound>,
}

/// How a column is called whose aggregation has no name.
#[derive(Debug, Clone, Copy)]
enum Prefix {
    /// The prefix, an underscore, and the name of the argument; without a name of the argument, the prefix and an underscore.
    Before(&'static str),
    /// The prefix, and the names of both arguments with underscores between, as `percentile_x_50`.
    BeforeBoth(&'static str),
    /// The name of the argument.
    None,
}

/// What an aggregation is given.
pub(crate) struct Arguments<'a> {
    /// What the aggregation is called.
    name: &'a str,
    /// The arguments, bound over the rows.
    values: Vec<Bound>,
    /// Where calls of the engine's aggregations are put.
    aggregations: &'a mut Aggregations,
}

impl Arguments<'_> {
    /// The argument of an index; an error where it is missing.
    fn value(&self, index: usize) -> Result<Bound> {
        self.values
            .get(index)
            .cloned()
            .ok_or_else(|| self.refused(Phrase::ArgumentMissing(index + 1)))
    }

    /// The only argument; an error where there is another number of them.
    fn only(&self) -> Result<Bound> {
        match self.values.as_slice() {
            [value] => Ok(value.clone()),
            values => Err(self.refused(Phrase::TakesOne(values.len()))),
        }
    }

    fn refused(&self, reason: Phrase) -> crate::PlanError {
        PlanProblem::Argument {
            function: self.name.to_owned(),
            reason,
        }
        .into()
    }

    fn add(&mut self, call: Expr, kusto_type: KustoType) -> Bound {
        Bound::computed(self.aggregations.add(call), kusto_type)
    }
}

/// Every aggregation, one line per file.
fn all() -> impl Iterator<Item = &'static Aggregation> {
    [
        count::ALL,
        covariance::ALL,
        sum::ALL,
        extreme::ALL,
        take_any::ALL,
        collect::ALL,
        deviation::ALL,
        percentile::ALL,
        bits::ALL,
        schema::ALL,
        sketch::ALL,
    ]
    .into_iter()
    .flatten()
}

fn find(name: &str) -> Option<&'static Aggregation> {
    all().find(|aggregation| aggregation.names.contains(&name))
}

/// Whether an aggregation has the name.
pub(crate) fn exists(name: &str) -> bool {
    find(name).is_some() || arg::is_name(name) || several(name).is_some()
}

/// The names of each aggregation, for documentation; those that need more than one column come last.
pub(crate) fn documented() -> Vec<&'static [&'static str]> {
    let several: [&[&str]; 4] = [
        &["arg_max", "argmax"],
        &["arg_min", "argmin"],
        &["percentiles"],
        &["percentilesw"],
    ];
    let mut names: Vec<_> = all().map(|aggregation| aggregation.names).chain(several).collect();
    names.sort_unstable();
    names
}

/// The names of all aggregations, for suggestions.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    all().flat_map(|aggregation| aggregation.names.iter().copied())
}

/// How a column is called that holds a call without a name.
pub(crate) fn default_name(call: &Call) -> Option<String> {
    let aggregation = find(&call.name.text)?;
    let argument = call.arguments.first().and_then(crate::bind::implied);
    match aggregation.prefix {
        Prefix::Before(prefix) => Some(format!("{prefix}_{}", argument.unwrap_or_default())),
        Prefix::BeforeBoth(prefix) => Some(format!(
            "{prefix}_{}_{}",
            argument.unwrap_or_default(),
            second_number(call)
        )),
        Prefix::None => argument,
    }
}

/// The second argument as it is written, where it is a whole number.
fn second_number(call: &Call) -> String {
    match call.arguments.get(1).map(|argument| &argument.kind) {
        Some(ExpressionKind::Literal(Literal::Long(number))) => number.value().map(i64::to_string).unwrap_or_default(),
        _ => String::new(),
    }
}

pub(crate) use arg::{ArgExtreme, arg_extreme};
pub(crate) use percentile::several;
pub(crate) use written::WrittenAggregation;

impl Expressions<'_, '_> {
    /// The call of an aggregation: its arguments are bound over the rows, the call is collected, and what remains is its column.
    pub(crate) fn aggregation(&mut self, call: &Call, span: Span) -> Result<Bound> {
        let name = call.name.text.as_str();
        let misplaced = || PlanProblem::MisplacedAggregation(name.to_owned()).at(span);
        let aggregations = self.aggregations.take().ok_or_else(misplaced)?;
        let bound = self.bind_aggregation(call, aggregations);
        self.aggregations = Some(aggregations);
        bound.map_err(|error| error.or_at(span))
    }

    fn bind_aggregation(&mut self, call: &Call, aggregations: &mut Aggregations) -> Result<Bound> {
        let name = call.name.text.as_str();
        let values = self.arguments(&call.arguments)?;
        let Some(aggregation) = find(name) else {
            return Err(PlanProblem::unsupported(Phrase::InsideAnExpression(name.to_owned()), None).into());
        };
        let mut arguments = Arguments {
            name,
            values,
            aggregations,
        };
        (aggregation.bind)(&mut arguments)
    }

    fn arguments(&mut self, arguments: &[Expression]) -> Result<Vec<Bound>> {
        arguments.iter().map(|argument| self.bind(argument)).collect()
    }
}
