//! `make-series`: values at equal distances as arrays.

use std::collections::HashMap;

use whotalks_kql_syntax::tree::operator::{MakeSeries, Series, SeriesRange, Summarize};
use whotalks_kql_syntax::tree::{Expression, OperatorParameters};
use whotalks_kql_values::{DynamicBuilder, KustoType, Value, convert};

use super::data_table::table_of_rows;
use super::extend::extended;
use super::held::{HeldRow, whole_only};
use super::over_rows;
use super::project::Assigned;
use super::range::steps;
use super::where_::kept;
use super::written::{assigned, called, named};
use crate::bind::{Binder, Bound, Expressions, NamedExpression, Row, and, compare};
use crate::error::{PlanProblem, Result};
use crate::function::{call, constant};
use crate::phrase::Phrase;
use crate::relation::{Column, Relation};
use whotalks_kql_syntax::tree::ComparisonOperator;

/// The column of what the series go along; no query can write its name.
const AXIS: &str = "$axis";
/// The most values of a series, as Kusto has it.
const MAX_VALUES: usize = 1_048_576;

/// From where to where a series goes in which steps.
struct Axis {
    from: Bound,
    to: Bound,
    step: Bound,
    /// Whether the end is a value of its own.
    inclusive: bool,
}

impl Binder<'_> {
    pub(super) fn make_series(&mut self, input: Relation, written: &MakeSeries) -> Result<Relation> {
        whole_only(&input, "make-series")?;
        let on = NamedExpression::of(&written.on)?;
        let name = on.column_name().unwrap_or_else(|| "Column1".to_owned());
        let (input, value) = over_rows(self, input, |expressions| expressions.bind(on.value))?;
        let axis_type = value.kusto_type;
        let input = extended(
            input,
            vec![Assigned {
                name: AXIS.to_owned(),
                value,
            }],
        )?;
        let Some(axis) = self.axis(&input, &written.range, axis_type)? else {
            return table_of_rows(self.series_columns(input, written, &name)?.0, &[]);
        };
        let values = steps(axis.from.clone(), &axis.to, &axis.step, axis.inclusive, MAX_VALUES)?;
        let input = binned(input, axis_type, &axis)?;
        let (columns, summarized) = self.series_columns(input, written, &name)?;
        let series = self.defaults(written, &summarized)?;
        let rows = self.held(&summarized, "make-series")?;
        let nonempty = written
            .parameters
            .word("kind")
            .is_some_and(|word| word.text == "nonempty");
        let table = Table {
            values: &values,
            keys: columns.len() - series.len() - 1,
            series,
        };
        table_of_rows(columns, &table.rows(rows, nonempty && written.by.is_empty()))
    }

    /// The columns of the answer, and the aggregations for each key and step.
    fn series_columns(&mut self, input: Relation, written: &MakeSeries, axis: &str) -> Result<(Vec<Column>, Relation)> {
        let mut by = written.by.clone();
        by.push(assigned(AXIS, named(AXIS)));
        let summarize = Summarize {
            parameters: OperatorParameters::default(),
            aggregations: written.series.iter().map(|series| series.aggregation.clone()).collect(),
            by,
            bin: None,
        };
        let summarized = self.summarize(input, &summarize)?;
        let keys = written.by.len();
        let mut columns: Vec<_> = summarized.columns.iter().take(keys).cloned().collect();
        columns.extend(
            summarized
                .columns
                .iter()
                .skip(keys + 1)
                .map(|column| Column::new(&column.name, KustoType::Dynamic)),
        );
        columns.push(Column::new(axis, KustoType::Dynamic));
        Ok((columns, summarized))
    }

    /// What stands in each series where there is nothing: as written, else zero.
    fn defaults(&mut self, written: &MakeSeries, summarized: &Relation) -> Result<Vec<Value<'static>>> {
        let types = summarized
            .columns
            .iter()
            .skip(written.by.len() + 1)
            .map(|column| column.kusto_type);
        types
            .zip(&written.series)
            .map(|(kusto_type, series)| self.default(series, kusto_type))
            .collect()
    }

    fn default(&mut self, series: &Series, kusto_type: KustoType) -> Result<Value<'static>> {
        let value = match &series.default {
            Some(default) => {
                Expressions::new(self, Row::None)
                    .constant(default, Phrase::DefaultOfSeries)?
                    .0
            }
            None => Value::Long(0),
        };
        Ok(convert::cast(&value, kusto_type).into_owned())
    }

    /// From where to where; what is not written is taken from the values. None where there are no values.
    fn axis(&mut self, input: &Relation, range: &SeriesRange, kusto_type: KustoType) -> Result<Option<Axis>> {
        let mut known = |expression: &Expression| -> Result<Bound> {
            let (value, kusto_type) = Expressions::new(self, Row::None).constant(expression, Phrase::RangeOfSeries)?;
            Ok(constant(value, kusto_type))
        };
        let (from, to, step, inclusive) = match range {
            SeriesRange::InRange(range) => match range.as_slice() {
                [from, to, step] => (Some(known(from)?), Some(known(to)?), known(step)?, true),
                _ => {
                    return Err(PlanProblem::unsupported(
                        Phrase::RangeOfThisKind,
                        Some(Phrase::UseInstead("`from … to … step …`".to_owned())),
                    )
                    .into());
                }
            },
            SeriesRange::Steps(steps) => {
                let from = steps.from.as_ref().map(&mut known).transpose()?;
                let to = steps.to.as_ref().map(&mut known).transpose()?;
                (from, to, known(&steps.step)?, false)
            }
        };
        if let (Some(from), Some(to)) = (&from, &to) {
            return Ok(Some(Axis {
                from: from.clone(),
                to: to.clone(),
                step,
                inclusive,
            }));
        }
        let Some((least, greatest)) = self.extent(input, kusto_type)? else {
            return Ok(None);
        };
        let from = from.map_or_else(|| call("bin", vec![least, step.clone()]), Ok)?;
        Ok(Some(match to {
            Some(to) => Axis {
                from,
                to,
                step,
                inclusive,
            },
            None => Axis {
                from,
                to: greatest,
                step,
                inclusive: true,
            },
        }))
    }

    /// The least and the greatest value that the series go along.
    fn extent(&mut self, input: &Relation, kusto_type: KustoType) -> Result<Option<(Bound, Bound)>> {
        let of = |function: &str, name: &str| assigned(name, called(function, vec![named(AXIS)]));
        let summarize = Summarize {
            parameters: OperatorParameters::default(),
            aggregations: vec![of("min", "least"), of("max", "greatest")],
            by: Vec::new(),
            bin: None,
        };
        let summarized = self.summarize(input.clone(), &summarize)?;
        let row = self
            .held(&summarized, "make-series")?
            .into_iter()
            .next()
            .unwrap_or_default();
        match row.as_slice() {
            [least, greatest] if !least.is_null() => {
                let bound = |value: &Value<'static>| constant(value.clone(), kusto_type);
                Ok(Some((bound(least), bound(greatest))))
            }
            _ => Ok(None),
        }
    }
}

/// The rows between the ends, each with the step that it belongs to.
fn binned(input: Relation, kusto_type: KustoType, axis: &Axis) -> Result<Relation> {
    let value = Bound::computed(crate::bind::reference(AXIS), kusto_type);
    let last = if axis.inclusive {
        ComparisonOperator::LessOrEqual
    } else {
        ComparisonOperator::Less
    };
    let above = compare(ComparisonOperator::GreaterOrEqual, value.clone(), axis.from.clone())?;
    let below = compare(last, value.clone(), axis.to.clone())?;
    let between = kept(input, and(above, below))?;
    let step = call("bin_at", vec![value, axis.step.clone(), axis.from.clone()])?;
    extended(
        between,
        vec![Assigned {
            name: AXIS.to_owned(),
            value: step,
        }],
    )
}

/// Rows of keys, a step and values, as series.
struct Table<'a> {
    values: &'a [Value<'static>],
    keys: usize,
    series: Vec<Value<'static>>,
}

impl Table<'_> {
    fn rows(&self, rows: Vec<HeldRow>, nonempty: bool) -> Vec<HeldRow> {
        let place: HashMap<Vec<u8>, usize> = self.values.iter().map(DynamicBuilder::value).zip(0..).collect();
        let mut groups: Vec<(HeldRow, Vec<Vec<Value<'static>>>)> = Vec::new();
        let mut known: HashMap<Vec<u8>, usize> = HashMap::new();
        if nonempty && rows.is_empty() {
            groups.push((Vec::new(), self.empty()));
        }
        for row in rows {
            let key = row.get(..self.keys).unwrap_or_default();
            let encoded = DynamicBuilder::array(key.iter().map(DynamicBuilder::value));
            let index = *known.entry(encoded).or_insert_with(|| {
                groups.push((key.to_vec(), self.empty()));
                groups.len() - 1
            });
            let step = row
                .get(self.keys)
                .map(DynamicBuilder::value)
                .and_then(|step| place.get(&step).copied());
            if let (Some((_, series)), Some(step)) = (groups.get_mut(index), step) {
                fill(series, step, row.get(self.keys + 1..).unwrap_or_default());
            }
        }
        if self.values.is_empty() {
            return Vec::new();
        }
        groups.into_iter().map(|(key, series)| self.row(key, &series)).collect()
    }

    fn empty(&self) -> Vec<Vec<Value<'static>>> {
        self.series
            .iter()
            .map(|default| vec![default.clone(); self.values.len()])
            .collect()
    }

    fn row(&self, mut row: HeldRow, series: &[Vec<Value<'static>>]) -> HeldRow {
        let array = |values: &[Value<'static>]| {
            Value::Dynamic(DynamicBuilder::array(values.iter().map(DynamicBuilder::value)).into())
        };
        row.extend(series.iter().map(|values| array(values)));
        row.push(array(self.values));
        row
    }
}

/// Puts values into their step; a null leaves the default.
fn fill(series: &mut [Vec<Value<'static>>], step: usize, values: &[Value<'static>]) {
    for (series, value) in series.iter_mut().zip(values) {
        if let Some(place) = series.get_mut(step).filter(|_| !value.is_null()) {
            *place = value.clone();
        }
    }
}
