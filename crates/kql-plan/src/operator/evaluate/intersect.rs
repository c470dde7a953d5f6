//! `evaluate dcount_intersect(…)`: how many values the first summaries of each row have in common.

use whotalks_kql_functions::Hll;
use whotalks_kql_syntax::tree::Call;
use whotalks_kql_values::{KustoType, Value};

use super::refused;
use super::timeline::Given;
use crate::bind::Binder;
use crate::error::Result;
use crate::operator::data_table::table_of_rows;
use crate::phrase::Phrase;
use crate::relation::{Column, Relation};

/// More summaries than this are not intersected: estimates of their unions would say nothing any more.
const MOST_SETS: usize = 8;

impl Binder<'_> {
    pub(super) fn dcount_intersect(&mut self, input: &Relation, call: &Call) -> Result<Relation> {
        let summaries = Given::new(call).dimensions(input)?;
        if summaries.len() > MOST_SETS {
            return Err(refused(call, Phrase::MostColumns(MOST_SETS)));
        }
        let mut rows = Vec::new();
        for row in self.held(input, "dcount_intersect")? {
            let mut seen: Vec<Hll> = Vec::new();
            let mut counts = Vec::new();
            for (place, _) in &summaries {
                let summary = row.get(*place).and_then(Value::view).and_then(Hll::from_dynamic);
                seen.push(summary.unwrap_or_default());
                counts.push(Value::Long(Hll::common(&seen)));
            }
            rows.push(counts);
        }
        let columns = (0..summaries.len()).map(|index| Column::new(format!("s{index}"), KustoType::Long));
        table_of_rows(columns.collect(), &rows)
    }
}
