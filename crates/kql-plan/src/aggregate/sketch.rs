//! `hll`, `tdigest` and what puts them together: summaries that are dynamic values.

use std::fmt::Debug;

use datafusion::logical_expr::Expr;
use serde::{Deserialize, Serialize};
use whotalks_kql_functions::{Hll, TDigest};
use whotalks_kql_values::{DynamicView, KustoType, Value};

use super::gathering::Gathering;
use super::rows::{Gather, RowAggregation};
use super::{Aggregation, Arguments, Prefix};
use crate::bind::Bound;
use crate::error::Result;
use crate::physical::Cell;

pub(super) const ALL: &[Aggregation] = &[
    Aggregation {
        names: &["hll"],
        prefix: Prefix::Before("hll"),
        bind: |arguments| summary(arguments, Sketched::Hll, 1, Of::Values, None),
    },
    Aggregation {
        names: &["hll_if"],
        prefix: Prefix::Before("hll_if"),
        bind: |arguments| {
            let condition = arguments.value(1)?.expression;
            summary(arguments, Sketched::Hll, 1, Of::Values, Some(condition))
        },
    },
    Aggregation {
        names: &["hll_merge"],
        prefix: Prefix::Before("hll_merge"),
        bind: |arguments| summary(arguments, Sketched::Hll, 1, Of::Summaries, None),
    },
    Aggregation {
        names: &["tdigest"],
        prefix: Prefix::Before("tdigest"),
        bind: |arguments| summary(arguments, Sketched::TDigest, 2, Of::Values, None),
    },
    Aggregation {
        names: &["tdigest_merge", "merge_tdigest"],
        prefix: Prefix::Before("tdigest_merge"),
        bind: |arguments| summary(arguments, Sketched::TDigest, 1, Of::Summaries, None),
    },
];

/// What rows hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) enum Of {
    Values,
    Summaries,
}

/// What kind of summary it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) enum Sketched {
    /// How many different values there are.
    Hll,
    /// How values are spread.
    TDigest,
}

impl Sketched {
    pub(super) fn name(self, of: Of) -> &'static str {
        match (self, of) {
            (Self::Hll, Of::Values) => "hll",
            (Self::Hll, Of::Summaries) => "hll_merge",
            (Self::TDigest, Of::Values) => "tdigest",
            (Self::TDigest, Of::Summaries) => "tdigest_merge",
        }
    }
}

pub(super) fn begin(sketch: Sketched, of: Of) -> Box<dyn Gather> {
    match sketch {
        Sketched::Hll => Box::new(Summary(Hll::empty(), of)),
        Sketched::TDigest => Box::new(Summary(TDigest::empty(), of)),
    }
}

/// A summary of the first `most` arguments. The accuracy of `hll`, a constant behind them, changes nothing here; the weight of
/// `tdigest` is a value of the row.
fn summary(
    arguments: &mut Arguments<'_>,
    sketch: Sketched,
    most: usize,
    of: Of,
    condition: Option<Expr>,
) -> Result<Bound> {
    arguments.value(0)?;
    let values: Vec<Bound> = arguments.values.iter().take(most).cloned().collect();
    let aggregation = RowAggregation {
        gathering: Gathering::Summary { sketch, of },
        arguments: values.iter().map(|value| value.kusto_type).collect(),
        result: KustoType::Dynamic,
    };
    let call = aggregation.call(values, condition);
    Ok(arguments.add(call, KustoType::Dynamic))
}

/// A summary that is a dynamic value and can take others over.
trait Sketch: Debug + Send + Sync + 'static {
    fn empty() -> Self;
    fn take(&mut self, row: &[Value<'_>]);
    fn take_over(&mut self, summary: DynamicView<'_>);
    fn is_empty(&self) -> bool;
    fn to_dynamic(&self) -> Vec<u8>;
    fn bytes(&self) -> usize;
}

impl Sketch for Hll {
    fn empty() -> Self {
        Self::default()
    }

    fn take(&mut self, row: &[Value<'_>]) {
        row.iter().take(1).for_each(|value| self.add(value));
    }

    fn take_over(&mut self, summary: DynamicView<'_>) {
        Self::from_dynamic(summary).iter().for_each(|other| self.merge(other));
    }

    fn is_empty(&self) -> bool {
        self.is_empty()
    }

    fn to_dynamic(&self) -> Vec<u8> {
        self.to_dynamic()
    }

    fn bytes(&self) -> usize {
        self.bytes()
    }
}

impl Sketch for TDigest {
    fn empty() -> Self {
        Self::new(KustoType::Real)
    }

    fn take(&mut self, row: &[Value<'_>]) {
        let weight = row.get(1).map_or(1, |weight| weight.as_long().unwrap_or(0));
        row.iter().take(1).for_each(|value| self.add(value, weight));
    }

    fn take_over(&mut self, summary: DynamicView<'_>) {
        Self::from_dynamic(summary).iter().for_each(|other| self.merge(other));
    }

    fn is_empty(&self) -> bool {
        self.is_empty()
    }

    fn to_dynamic(&self) -> Vec<u8> {
        self.to_dynamic()
    }

    fn bytes(&self) -> usize {
        self.bytes()
    }
}

/// What was gathered of values, or of summaries.
#[derive(Debug)]
struct Summary<S>(S, Of);

impl<S: Sketch> Gather for Summary<S> {
    fn take(&mut self, row: &[Value<'_>]) {
        match self.1 {
            Of::Values => self.0.take(row),
            Of::Summaries => row
                .first()
                .and_then(Value::view)
                .into_iter()
                .for_each(|view| self.merge(view)),
        }
    }

    fn state(&self) -> Vec<u8> {
        self.0.to_dynamic()
    }

    fn merge(&mut self, state: DynamicView<'_>) {
        self.0.take_over(state);
    }

    fn result(&self) -> Value<'static> {
        match self.0.is_empty() {
            true => Value::Null,
            false => Value::Dynamic(self.state().into()),
        }
    }

    fn bytes(&self) -> usize {
        self.0.bytes()
    }
}
