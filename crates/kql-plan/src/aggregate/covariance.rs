//! `covariance` and its population and conditional forms.

use datafusion::logical_expr::Expr;
use whotalks_kql_values::{DynamicBuilder, DynamicView, KustoType, Value};

use super::gathering::Gathering;
use super::rows::{Gather, RowAggregation};
use super::{Aggregation, Arguments, Prefix};
use crate::bind::{Bound, convert};
use crate::error::Result;
use crate::physical::Cell;

pub(super) const ALL: &[Aggregation] = &[
    Aggregation {
        names: &["covariance"],
        prefix: Prefix::Before("covariance"),
        bind: |arguments| add(arguments, None, true),
    },
    Aggregation {
        names: &["covariancep"],
        prefix: Prefix::Before("covariancep"),
        bind: |arguments| add(arguments, None, false),
    },
    Aggregation {
        names: &["covarianceif"],
        prefix: Prefix::Before("covarianceif"),
        bind: |arguments| {
            let condition = arguments.value(2)?;
            add(arguments, Some(condition.expression), true)
        },
    },
    Aggregation {
        names: &["covariancepif"],
        prefix: Prefix::Before("covariancepif"),
        bind: |arguments| {
            let condition = arguments.value(2)?;
            add(arguments, Some(condition.expression), false)
        },
    },
];

fn add(arguments: &mut Arguments<'_>, condition: Option<Expr>, sample: bool) -> Result<Bound> {
    let values = vec![
        convert(arguments.value(0)?, KustoType::Real)?,
        convert(arguments.value(1)?, KustoType::Real)?,
    ];
    let aggregation = RowAggregation {
        gathering: Gathering::Covariance { sample },
        arguments: vec![KustoType::Real, KustoType::Real],
        result: KustoType::Real,
    };
    let call = aggregation.call(values, condition);
    Ok(arguments.add(call, KustoType::Real))
}

pub(super) fn begin(sample: bool) -> Box<dyn Gather> {
    Box::new(Together {
        sample,
        ..Together::default()
    })
}

/// Count, means and the sum of the products of the differences from them, which can be merged without losing digits.
#[derive(Debug, Default)]
struct Together {
    count: f64,
    left: f64,
    right: f64,
    products: f64,
    sample: bool,
}

impl Together {
    fn add(&mut self, count: f64, left: f64, right: f64, products: f64) {
        let total = self.count + count;
        if total == 0.0 {
            return;
        }
        let (away, apart) = (left - self.left, right - self.right);
        self.products += products + away * apart * self.count * count / total;
        self.left += away * count / total;
        self.right += apart * count / total;
        self.count = total;
    }
}

impl Gather for Together {
    fn take(&mut self, row: &[Value<'_>]) {
        let number = |index: usize| row.get(index).and_then(Cell::as_real);
        if let (Some(left), Some(right)) = (number(0), number(1)) {
            self.add(1.0, left, right, 0.0);
        }
    }

    fn state(&self) -> Vec<u8> {
        DynamicBuilder::array([self.count, self.left, self.right, self.products].map(DynamicBuilder::real))
    }

    fn merge(&mut self, state: DynamicView<'_>) {
        let part = |index| {
            let part = state.at(index).and_then(|part| part.to_value().as_real());
            part.unwrap_or(0.0)
        };
        self.add(part(0), part(1), part(2), part(3));
    }

    fn result(&self) -> Value<'static> {
        let divisor = if self.sample { self.count - 1.0 } else { self.count };
        if divisor > 0.0 {
            Value::Real(self.products / divisor)
        } else {
            Value::Real(0.0)
        }
    }

    fn bytes(&self) -> usize {
        0
    }
}
