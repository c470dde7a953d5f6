//! `hll`, `tdigest` and what puts them together: summaries that are dynamic values.

use whotalks_kql_functions::{Hll, TDigest};
use whotalks_kql_values::{DynamicView, KustoType, Value};

use super::rows::{Gather, RowAggregation};
use super::{Aggregation, Arguments, Prefix};
use crate::bind::Bound;
use crate::error::Result;
use crate::physical::Cell;

pub(super) const ALL: &[Aggregation] = &[
    Aggregation {
        names: &["hll"],
        prefix: Prefix::Before("hll"),
        bind: |arguments| summary(arguments, "hll", 1, |_| Box::new(Counted(Hll::default()))),
    },
    Aggregation {
        names: &["hll_if"],
        prefix: Prefix::Before("hll_if"),
        bind: hll_if,
    },
    Aggregation {
        names: &["hll_merge"],
        prefix: Prefix::Before("hll_merge"),
        bind: |arguments| summary(arguments, "hll_merge", 1, |_| Box::new(MergedCount(Hll::default()))),
    },
    Aggregation {
        names: &["tdigest"],
        prefix: Prefix::Before("tdigest"),
        bind: |arguments| {
            summary(arguments, "tdigest", 2, |_| {
                Box::new(Spread(TDigest::new(KustoType::Real)))
            })
        },
    },
    Aggregation {
        names: &["tdigest_merge", "merge_tdigest"],
        prefix: Prefix::Before("tdigest_merge"),
        bind: |arguments| {
            summary(arguments, "tdigest_merge", 1, |_| {
                Box::new(MergedSpread(TDigest::new(KustoType::Real)))
            })
        },
    },
];

type Make = fn(&[i64]) -> Box<dyn Gather>;

/// A summary of the first arguments; the accuracy of `hll` behind them changes nothing here.
fn summary(arguments: &mut Arguments<'_>, name: &'static str, most: usize, make: Make) -> Result<Bound> {
    let mut values = vec![arguments.value(0)?];
    // The accuracy of `hll` is a constant; the weight of `tdigest` is a value of the row.
    values.extend(
        arguments
            .values
            .get(1..most.min(arguments.values.len()))
            .unwrap_or_default()
            .iter()
            .cloned(),
    );
    let aggregation = RowAggregation {
        name,
        arguments: values.iter().map(|value| value.kusto_type).collect(),
        result: KustoType::Dynamic,
        parameters: Vec::new(),
        make,
    };
    let call = aggregation.call(values, None);
    Ok(arguments.add(call, KustoType::Dynamic))
}

fn hll_if(arguments: &mut Arguments<'_>) -> Result<Bound> {
    let (value, condition) = (arguments.value(0)?, arguments.value(1)?);
    let aggregation = RowAggregation {
        name: "hll",
        arguments: vec![value.kusto_type],
        result: KustoType::Dynamic,
        parameters: Vec::new(),
        make: |_| Box::new(Counted(Hll::default())),
    };
    let call = aggregation.call(vec![value], Some(condition.expression));
    Ok(arguments.add(call, KustoType::Dynamic))
}

#[derive(Debug)]
struct Counted(Hll);

impl Gather for Counted {
    fn take(&mut self, row: &[Value<'_>]) {
        row.iter().take(1).for_each(|value| self.0.add(value));
    }

    fn state(&self) -> Vec<u8> {
        self.0.to_dynamic()
    }

    fn merge(&mut self, state: DynamicView<'_>) {
        Hll::from_dynamic(state).iter().for_each(|other| self.0.merge(other));
    }

    fn result(&self) -> Value<'static> {
        if self.0.is_empty() {
            return Value::Null;
        }
        Value::Dynamic(self.state().into())
    }

    fn bytes(&self) -> usize {
        self.0.bytes()
    }
}

#[derive(Debug)]
struct MergedCount(Hll);

impl Gather for MergedCount {
    fn take(&mut self, row: &[Value<'_>]) {
        row.first()
            .and_then(Value::view)
            .into_iter()
            .for_each(|view| self.merge(view));
    }

    fn state(&self) -> Vec<u8> {
        self.0.to_dynamic()
    }

    fn merge(&mut self, state: DynamicView<'_>) {
        Hll::from_dynamic(state).iter().for_each(|other| self.0.merge(other));
    }

    fn result(&self) -> Value<'static> {
        if self.0.is_empty() {
            return Value::Null;
        }
        Value::Dynamic(self.state().into())
    }

    fn bytes(&self) -> usize {
        self.0.bytes()
    }
}

#[derive(Debug)]
struct Spread(TDigest);

impl Gather for Spread {
    fn take(&mut self, row: &[Value<'_>]) {
        let weight = row.get(1).map_or(1, |weight| weight.as_long().unwrap_or(0));
        row.iter().take(1).for_each(|value| self.0.add(value, weight));
    }

    fn state(&self) -> Vec<u8> {
        self.0.to_dynamic()
    }

    fn merge(&mut self, state: DynamicView<'_>) {
        TDigest::from_dynamic(state)
            .iter()
            .for_each(|other| self.0.merge(other));
    }

    fn result(&self) -> Value<'static> {
        if self.0.is_empty() {
            return Value::Null;
        }
        Value::Dynamic(self.state().into())
    }

    fn bytes(&self) -> usize {
        self.0.bytes()
    }
}

#[derive(Debug)]
struct MergedSpread(TDigest);

impl Gather for MergedSpread {
    fn take(&mut self, row: &[Value<'_>]) {
        row.first()
            .and_then(Value::view)
            .into_iter()
            .for_each(|view| self.merge(view));
    }

    fn state(&self) -> Vec<u8> {
        self.0.to_dynamic()
    }

    fn merge(&mut self, state: DynamicView<'_>) {
        TDigest::from_dynamic(state)
            .iter()
            .for_each(|other| self.0.merge(other));
    }

    fn result(&self) -> Value<'static> {
        if self.0.is_empty() {
            return Value::Null;
        }
        Value::Dynamic(self.state().into())
    }

    fn bytes(&self) -> usize {
        self.0.bytes()
    }
}
