//! `evaluate schema_merge(PreserveOrder)`: several answers of `getschema` as one.

use std::collections::BTreeMap;

use whotalks_kql_syntax::tree::Call;
use whotalks_kql_values::Value;

use super::{in_place, named};
use crate::bind::{Binder, Expressions, Row};
use crate::error::{PlanProblem, Result};
use crate::operator::data_table::table_of_rows;
use crate::phrase::Phrase;
use crate::physical::Cell;
use crate::relation::Relation;

/// The column of `getschema` that numbers the columns.
const ORDINAL: usize = 1;

impl Binder<'_> {
    pub(super) fn schema_merge(&mut self, input: &Relation, call: &Call) -> Result<Relation> {
        let preserve = match named(call, "PreserveOrder").or_else(|| in_place(call).first().copied()) {
            Some(preserve) => Expressions::new(self, Row::None)
                .constant(preserve, Phrase::WhetherOrderIsKept)?
                .0
                .as_bool()
                .unwrap_or(true),
            None => true,
        };
        let mut merged: BTreeMap<(i64, usize), Vec<Value<'static>>> = BTreeMap::new();
        for (place, row) in self.held(input, "schema_merge")?.into_iter().enumerate() {
            let name = row.first().cloned().unwrap_or(Value::Null);
            let ordinal = row.get(ORDINAL).and_then(Cell::as_long).unwrap_or(0);
            let known = merged
                .iter()
                .find(|(_, other)| other.first() == Some(&name))
                .map(|((ordinal, _), _)| *ordinal);
            match known {
                Some(known) if preserve && known != ordinal => {
                    let problem = PlanProblem::Argument {
                        function: "schema_merge".to_owned(),
                        reason: Phrase::StandsInDifferentPlaces(name.as_text().unwrap_or_default().to_owned()),
                    };
                    return Err(problem.into());
                }
                // The last place that a column has anywhere counts.
                Some(known) if ordinal > known => {
                    let old = merged.iter().find(|(_, other)| other.first() == Some(&name));
                    if let Some(key) = old.map(|(key, _)| *key)
                        && let Some(row) = merged.remove(&key)
                    {
                        merged.insert((ordinal, key.1), row);
                    }
                }
                Some(_) => {}
                None => {
                    merged.insert((ordinal, place), row);
                }
            }
        }
        let rows: Vec<_> = merged
            .into_values()
            .zip(0i64..)
            .map(|(row, ordinal)| numbered(row, ordinal))
            .collect();
        table_of_rows(input.columns.clone(), &rows)
    }
}

fn numbered(mut row: Vec<Value<'static>>, ordinal: i64) -> Vec<Value<'static>> {
    if let Some(place) = row.get_mut(ORDINAL) {
        *place = Value::Long(ordinal);
    }
    row
}
