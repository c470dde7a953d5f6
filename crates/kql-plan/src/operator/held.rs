//! Rows that are held in memory, for operators that must see all of them before they can say what columns there are or what comes
//! next.

use datafusion::logical_expr::LogicalPlanBuilder;
use whotalks_kql_values::Value;

use super::data_table::table_of_rows;
use crate::bind::Binder;
use crate::error::{PlanProblem, Result};
use crate::phrase::Phrase;
use crate::relation::{Column, Relation};

/// The most rows that are held at once.
const MAX_ROWS: usize = 2_000_000;

/// One row, cell by cell.
pub(super) type HeldRow = Vec<Value<'static>>;

impl Binder<'_> {
    /// All rows of a table, what is carried along included; an error where there are too many.
    pub(super) fn held(&self, input: &Relation, what: &str) -> Result<Vec<HeldRow>> {
        let mut columns = input.columns.clone();
        columns.extend(
            input
                .carried
                .iter()
                .map(|carried| Column::new(&carried.hidden, carried.column.kusto_type)),
        );
        let plan = LogicalPlanBuilder::new(input.plan.clone())
            .limit(0, Some(MAX_ROWS + 1))?
            .build()?;
        let answer = self.engine.collect(plan, columns)?;
        if answer.row_count() > MAX_ROWS {
            let construct = Phrase::ManyRows(what.to_owned(), MAX_ROWS);
            return Err(PlanProblem::unsupported(construct, Some(Phrase::FilterFirst)).into());
        }
        let mut rows = Vec::with_capacity(answer.row_count());
        answer.for_each_row(|cells| rows.push(cells.iter().cloned().map(Value::into_owned).collect()));
        Ok(rows)
    }
}

/// An error for operators that cannot work on parts of a table by themselves.
pub(super) fn whole_only(input: &Relation, what: &str) -> Result<()> {
    if input.carried.is_empty() {
        return Ok(());
    }
    Err(PlanProblem::unsupported(Phrase::InsideOfParts(what.to_owned()), None).into())
}

/// A table of rows that are kept apart as those of another table are; what is carried stands at the end of each row.
pub(super) fn table_of_parts(like: &Relation, columns: Vec<Column>, rows: &[HeldRow]) -> Result<Relation> {
    let carried = like
        .carried
        .iter()
        .map(|carried| Column::new(&carried.hidden, carried.column.kusto_type));
    let all = columns.iter().cloned().chain(carried).collect();
    let mut relation = table_of_rows(all, rows)?;
    relation.columns = columns;
    relation.carried.clone_from(&like.carried);
    Ok(relation)
}
