//! `evaluate basket(threshold, weight, most dimensions)`: combinations of values that stand together in many rows (the Apriori
//! algorithm: a combination is frequent only if each part of it is).

use std::collections::{BTreeMap, BTreeSet};

use whotalks_kql_syntax::tree::Call;
use whotalks_kql_values::{DynamicBuilder, KustoType, Value, convert};

use super::timeline::Given;
use super::{in_place, refused};
use crate::bind::Binder;
use crate::error::Result;
use crate::operator::data_table::table_of_rows;
use crate::operator::held::HeldRow;
use crate::phrase::Phrase;
use crate::relation::{Column, Relation};

/// What the real engine takes where nothing is said: a share of all rows, and how many columns a combination has at most.
const THRESHOLD: f64 = 0.05;
const MOST_DIMENSIONS: i64 = 5;
/// More combinations than this are refused: they grow with every column.
const MAX_PATTERNS: usize = 100_000;

/// A combination: for some columns, by their places, the number of a value.
type Pattern = Vec<(usize, usize)>;

impl Binder<'_> {
    pub(super) fn basket(&mut self, input: &Relation, call: &Call) -> Result<Relation> {
        let mut given = Given::new(call);
        let threshold = match in_place(call).first() {
            Some(_) => convert::to_real(&given.value(self)?).filter(|share| (0.0..=1.0).contains(share)),
            None => Some(THRESHOLD),
        };
        let threshold = threshold.ok_or_else(|| refused(call, Phrase::TakesPlaceOnAxis))?;
        let weight = match given.peek() {
            Some(written) if matches!(self.text(written).as_deref(), Ok("~")) => {
                given.next()?;
                None
            }
            Some(_) => Some(given.column(input)?.0),
            None => None,
        };
        let most = if given.peek().is_some() {
            given.length(self)?
        } else {
            MOST_DIMENSIONS
        };
        let rows = self.held(input, "basket")?;
        let chosen: Vec<usize> = (0..input.columns.len())
            .filter(|place| Some(*place) != weight)
            .collect();
        let table = Table::new(&rows, &chosen, weight);
        let least = threshold * table.total;
        let patterns = table.frequent(least, usize::try_from(most).unwrap_or(usize::MAX));
        let patterns = patterns.ok_or_else(|| refused(call, Phrase::MostColumns(MAX_PATTERNS)))?;
        answer(input, &chosen, &table, patterns)
    }
}

/// Rows as numbers of values.
struct Table {
    rows: Vec<(Vec<usize>, f64)>,
    values: Vec<Vec<Value<'static>>>,
    total: f64,
}

impl Table {
    fn new(rows: &[HeldRow], chosen: &[usize], weight: Option<usize>) -> Self {
        let mut known: Vec<BTreeMap<Vec<u8>, usize>> = vec![BTreeMap::new(); chosen.len()];
        let mut values: Vec<Vec<Value<'static>>> = vec![Vec::new(); chosen.len()];
        let mut numbered = Vec::new();
        for row in rows {
            let mut numbers = Vec::new();
            for ((place, known), values) in chosen.iter().zip(&mut known).zip(&mut values) {
                let value = row.get(*place).cloned().unwrap_or(Value::Null);
                let next = known.len();
                let number = *known.entry(DynamicBuilder::value(&value)).or_insert(next);
                if number == next {
                    values.push(value);
                }
                numbers.push(number);
            }
            let own = weight.and_then(|place| convert::to_real(row.get(place)?));
            numbered.push((numbers, if weight.is_some() { own.unwrap_or(0.0) } else { 1.0 }));
        }
        let total = numbered.iter().map(|(_, weight)| *weight).sum();
        Self {
            rows: numbered,
            values,
            total,
        }
    }

    /// The weight of the rows that each of some combinations is in.
    fn weights(&self, patterns: &[Pattern]) -> Vec<f64> {
        let fits =
            |row: &[usize], pattern: &Pattern| pattern.iter().all(|(place, value)| row.get(*place) == Some(value));
        let weight = |pattern: &Pattern| {
            let rows = self.rows.iter().filter(|(row, _)| fits(row, pattern));
            rows.map(|(_, weight)| *weight).sum()
        };
        patterns.iter().map(weight).collect()
    }

    /// All combinations of at least a weight; none where they are too many.
    fn frequent(&self, least: f64, most: usize) -> Option<Vec<(Pattern, f64)>> {
        let singles: Vec<Pattern> = self
            .values
            .iter()
            .enumerate()
            .flat_map(|(place, values)| (0..values.len()).map(move |value| vec![(place, value)]))
            .collect();
        let mut found: Vec<(Pattern, f64)> = Vec::new();
        let mut candidates = singles;
        for _ in 0..most {
            let weights = self.weights(&candidates);
            let level: Vec<(Pattern, f64)> = candidates
                .into_iter()
                .zip(weights)
                .filter(|(_, weight)| *weight >= least && *weight > 0.0)
                .collect();
            if level.is_empty() || found.len() + level.len() > MAX_PATTERNS {
                return level.is_empty().then_some(found);
            }
            candidates = joined(&level);
            found.extend(level);
        }
        Some(found)
    }
}

/// Combinations of one column more, each part of which is frequent.
fn joined(level: &[(Pattern, f64)]) -> Vec<Pattern> {
    let known: BTreeSet<&Pattern> = level.iter().map(|(pattern, _)| pattern).collect();
    let mut next = Vec::new();
    for (index, (left, _)) in level.iter().enumerate() {
        for (right, _) in level.iter().skip(index + 1) {
            let (Some((last, head)), Some((other, other_head))) = (left.split_last(), right.split_last()) else {
                continue;
            };
            if head != other_head || last.0 >= other.0 {
                continue;
            }
            let mut pattern = left.clone();
            pattern.push(*other);
            let parts = (0..pattern.len()).all(|without| {
                let mut part = pattern.clone();
                part.remove(without);
                known.contains(&part)
            });
            if parts {
                next.push(pattern);
            }
        }
    }
    next
}

fn answer(input: &Relation, chosen: &[usize], table: &Table, mut patterns: Vec<(Pattern, f64)>) -> Result<Relation> {
    patterns.sort_by(|left, right| right.1.total_cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
    let mut columns = vec![
        Column::new("SegmentId", KustoType::Long),
        Column::new("Count", KustoType::Long),
        Column::new("Percent", KustoType::Real),
    ];
    columns.extend(chosen.iter().filter_map(|place| input.columns.get(*place).cloned()));
    let rows: Vec<HeldRow> = patterns
        .iter()
        .zip(0i64..)
        .map(|((pattern, weight), number)| {
            #[expect(clippy::cast_possible_truncation, reason = "a sum of the weights of rows")]
            let count = weight.round() as i64;
            let mut row = vec![
                Value::Long(number),
                Value::Long(count),
                Value::Real(weight / table.total * 100.0),
            ];
            row.extend((0..chosen.len()).map(|place| {
                let own = pattern.iter().find(|(column, _)| *column == place);
                let value = own.and_then(|(_, value)| table.values.get(place)?.get(*value).cloned());
                value.unwrap_or(Value::Null)
            }));
            row
        })
        .collect();
    table_of_rows(columns, &rows)
}
