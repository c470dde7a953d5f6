//! `percentile` and its kin: nearest rank over all values, each counted as often as its weight says.

use std::cmp::Ordering;

use whotalks_kql_values::{DynamicBuilder, DynamicView, KustoType, Value, compare};

use super::gathering::Gathering;
use super::rows::{Gather, RowAggregation};
use super::{Aggregation, Arguments, Prefix};
use crate::bind::{Bound, convert};
use crate::error::Result;
use crate::phrase::Phrase;
use crate::physical::Cell;

/// Percentiles travel as whole millionths, so that two aggregations can be compared.
const MILLIONTHS: f64 = 1_000_000.0;

pub(super) const ALL: &[Aggregation] = &[
    Aggregation {
        names: &["percentile"],
        prefix: Prefix::BeforeBoth("percentile"),
        bind: |arguments| one(arguments, 1),
    },
    Aggregation {
        names: &["percentilew"],
        prefix: Prefix::Before("percentilew"),
        bind: |arguments| one(arguments, 2),
    },
    Aggregation {
        names: &["percentiles_array"],
        prefix: Prefix::Before("percentiles"),
        bind: |arguments| array(arguments, 1),
    },
    Aggregation {
        names: &["percentilesw_array"],
        prefix: Prefix::Before("percentilesw"),
        bind: |arguments| array(arguments, 2),
    },
];

/// Where the percentiles stand of an aggregation that gives a column for each; none for other aggregations.
pub(crate) fn several(name: &str) -> Option<usize> {
    match name {
        "percentiles" => Some(1),
        "percentilesw" => Some(2),
        _ => None,
    }
}

/// One percentile; `first` is how many arguments stand before it.
fn one(arguments: &mut Arguments<'_>, first: usize) -> Result<Bound> {
    let rank = arguments.value(first)?.constant.as_ref().and_then(Cell::as_real);
    let ranks = vec![checked(arguments, rank)?];
    let value = arguments.value(0)?;
    let kusto_type = value.kusto_type;
    gather(arguments, first, &ranks, kusto_type, false)
}

/// Several percentiles as an array; they are given one by one or as an array.
fn array(arguments: &mut Arguments<'_>, first: usize) -> Result<Bound> {
    let mut ranks = Vec::new();
    for index in first..arguments.values.len() {
        let value = arguments.value(index)?.constant.unwrap_or(Value::Null);
        let elements: Option<Vec<_>> = value
            .view()
            .and_then(DynamicView::elements)
            .map(|elements| elements.map(|rank| rank.to_value().as_real()).collect());
        for rank in elements.unwrap_or_else(|| vec![value.as_real()]) {
            ranks.push(checked(arguments, rank)?);
        }
    }
    gather(arguments, first, &ranks, KustoType::Dynamic, true)
}

fn checked(arguments: &Arguments<'_>, rank: Option<f64>) -> Result<i64> {
    let rank = rank.filter(|rank| (0.0..=100.0).contains(rank));
    let rank = rank.ok_or_else(|| arguments.refused(Phrase::PercentileFrom0To100))?;
    #[expect(clippy::cast_possible_truncation, reason = "at most 100 million")]
    Ok((rank * MILLIONTHS).round() as i64)
}

fn gather(
    arguments: &mut Arguments<'_>,
    first: usize,
    ranks_millionths: &[i64],
    result: KustoType,
    as_array: bool,
) -> Result<Bound> {
    let mut values = vec![arguments.value(0)?];
    if first > 1 {
        values.push(convert(arguments.value(1)?, KustoType::Long)?);
    }
    let aggregation = RowAggregation {
        gathering: Gathering::Percentiles {
            as_array,
            ranks_millionths: ranks_millionths.to_vec(),
        },
        arguments: values.iter().map(|value| value.kusto_type).collect(),
        result,
    };
    let call = aggregation.call(values, None);
    Ok(arguments.add(call, result))
}

pub(super) fn begin(as_array: bool, ranks_millionths: &[i64]) -> Box<dyn Gather> {
    Box::new(Sample {
        values: Vec::new(),
        as_array,
        ranks_millionths: ranks_millionths.to_vec(),
    })
}

/// All values with their weights, each as the bytes of a dynamic value.
#[derive(Debug)]
struct Sample {
    values: Vec<(Vec<u8>, i64)>,
    as_array: bool,
    ranks_millionths: Vec<i64>,
}

impl Sample {
    /// The value at which so many millionths of a percent of all weight have been seen.
    fn at(values: &[(Value<'_>, i64)], rank_millionths: i64) -> Value<'static> {
        let total: i64 = values.iter().map(|(_, weight)| *weight).sum();
        #[expect(clippy::cast_precision_loss, reason = "a share of a count")]
        let wanted = (rank_millionths as f64 / MILLIONTHS / 100.0 * total as f64)
            .ceil()
            .max(1.0);
        let mut seen = 0i64;
        for (value, weight) in values {
            seen = seen.saturating_add(*weight);
            #[expect(clippy::cast_precision_loss, reason = "a count")]
            if seen as f64 >= wanted {
                return value.clone().into_owned();
            }
        }
        Value::Null
    }
}

impl Gather for Sample {
    fn take(&mut self, row: &[Value<'_>]) {
        let value = row.first().unwrap_or(&Value::Null);
        let weight = row.get(1).map_or(1, |weight| weight.as_long().unwrap_or(0));
        if !value.is_null() && weight > 0 {
            self.values.push((DynamicBuilder::value(value), weight));
        }
    }

    fn state(&self) -> Vec<u8> {
        let pairs = self
            .values
            .iter()
            .flat_map(|(value, weight)| [value.clone(), DynamicBuilder::long(*weight)]);
        DynamicBuilder::array(pairs)
    }

    fn merge(&mut self, state: DynamicView<'_>) {
        let mut elements = state.elements().into_iter().flatten();
        while let (Some(value), Some(weight)) = (elements.next(), elements.next()) {
            self.values
                .push((value.bytes().to_vec(), weight.to_value().as_long().unwrap_or(1)));
        }
    }

    fn result(&self) -> Value<'static> {
        let decoded = self
            .values
            .iter()
            .map(|(bytes, weight)| (DynamicView::new(bytes).to_value(), *weight));
        let mut values: Vec<_> = decoded.collect();
        values.sort_by(|left, right| compare(&left.0, &right.0).unwrap_or(Ordering::Equal));
        let mut found = self.ranks_millionths.iter().map(|rank| Self::at(&values, *rank));
        if !self.as_array {
            return found.next().unwrap_or(Value::Null);
        }
        Value::Dynamic(DynamicBuilder::array(found.map(|value| DynamicBuilder::value(&value))).into())
    }

    fn bytes(&self) -> usize {
        self.values
            .iter()
            .map(|(value, _)| value.capacity() + size_of::<(Vec<u8>, i64)>())
            .sum()
    }
}
