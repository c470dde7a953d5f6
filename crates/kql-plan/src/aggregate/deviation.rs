//! `stdev`, `variance` and their population and conditional forms.

use datafusion::logical_expr::Expr;
use whotalks_kql_values::{DynamicBuilder, DynamicView, KustoType, Value};

use super::gathering::Gathering;
use super::rows::{Gather, RowAggregation};
use super::{Aggregation, Arguments, Prefix};
use crate::bind::{Bound, convert};
use crate::error::Result;
use crate::physical::Cell;

pub(super) const ALL: &[Aggregation] = &[
    spread("stdev", &["stdev"], |arguments| plain(arguments, true, true)),
    spread("stdevp", &["stdevp"], |arguments| plain(arguments, false, true)),
    spread("variance", &["variance"], |arguments| plain(arguments, true, false)),
    spread("variancep", &["variancep"], |arguments| plain(arguments, false, false)),
    spread("stdevif", &["stdevif"], |arguments| conditional(arguments, true, true)),
    spread("varianceif", &["varianceif"], |arguments| {
        conditional(arguments, true, false)
    }),
    spread("variancepif", &["variancepif"], |arguments| {
        conditional(arguments, false, false)
    }),
];

const fn spread(
    prefix: &'static str,
    names: &'static [&'static str],
    bind: fn(&mut Arguments<'_>) -> Result<Bound>,
) -> Aggregation {
    Aggregation {
        names,
        prefix: Prefix::Before(prefix),
        bind,
    }
}

fn plain(arguments: &mut Arguments<'_>, sample: bool, root: bool) -> Result<Bound> {
    let value = arguments.only()?;
    add(arguments, value, None, Gathering::Deviation { sample, root })
}

fn conditional(arguments: &mut Arguments<'_>, sample: bool, root: bool) -> Result<Bound> {
    let (value, condition) = (arguments.value(0)?, arguments.value(1)?);
    let condition = Some(condition.expression);
    add(arguments, value, condition, Gathering::Deviation { sample, root })
}

fn add(arguments: &mut Arguments<'_>, value: Bound, condition: Option<Expr>, gathering: Gathering) -> Result<Bound> {
    let value = convert(value, KustoType::Real)?;
    let aggregation = RowAggregation {
        gathering,
        arguments: vec![KustoType::Real],
        result: KustoType::Real,
    };
    let call = aggregation.call(vec![value], condition);
    Ok(arguments.add(call, KustoType::Real))
}

pub(super) fn name(sample: bool, root: bool) -> &'static str {
    match (sample, root) {
        (true, true) => "stdev",
        (false, true) => "stdevp",
        (true, false) => "variance",
        (false, false) => "variancep",
    }
}

pub(super) fn begin(sample: bool, root: bool) -> Box<dyn Gather> {
    Box::new(Spread {
        sample,
        root,
        ..Spread::default()
    })
}

/// Count, mean and the sum of squared differences from it (Welford), which can be merged without losing digits.
#[derive(Debug, Default)]
struct Spread {
    count: f64,
    mean: f64,
    squares: f64,
    sample: bool,
    root: bool,
}

impl Gather for Spread {
    fn take(&mut self, row: &[Value<'_>]) {
        let Some(value) = row.first().and_then(Cell::as_real) else {
            return;
        };
        self.count += 1.0;
        let difference = value - self.mean;
        self.mean += difference / self.count;
        self.squares += difference * (value - self.mean);
    }

    fn state(&self) -> Vec<u8> {
        DynamicBuilder::array([self.count, self.mean, self.squares].map(DynamicBuilder::real))
    }

    fn merge(&mut self, state: DynamicView<'_>) {
        let part = |index| {
            state
                .at(index)
                .and_then(|part| part.to_value().as_real())
                .unwrap_or(0.0)
        };
        let (count, mean, squares) = (part(0), part(1), part(2));
        let total = self.count + count;
        if total == 0.0 {
            return;
        }
        let difference = mean - self.mean;
        self.squares += squares + difference * difference * self.count * count / total;
        self.mean += difference * count / total;
        self.count = total;
    }

    fn result(&self) -> Value<'static> {
        let divisor = if self.sample { self.count - 1.0 } else { self.count };
        let variance = if divisor > 0.0 {
            rounded(self.squares / divisor)
        } else {
            0.0
        };
        Value::Real(if self.root { variance.sqrt() } else { variance })
    }

    fn bytes(&self) -> usize {
        0
    }
}

/// Ten digits behind the point, as the real engine gives them.
fn rounded(variance: f64) -> f64 {
    const DIGITS: f64 = 1e10;
    let scaled = variance * DIGITS;
    if scaled.is_finite() {
        scaled.round() / DIGITS
    } else {
        variance
    }
}
