//! `mv-apply`: operators that work on the values of the arrays of each row by themselves.

use datafusion::functions_window::expr_fn::row_number;
use datafusion::logical_expr::{LogicalPlanBuilder, cast};
use whotalks_kql_syntax::tree::operator::MvApply;
use whotalks_kql_values::KustoType;

use super::mv_expand::Expansion;
use super::partition::{hidden, kept_apart, subquery, together};
use super::project::{Assigned, projected};
use super::take::NUMBER;
use crate::bind::{Binder, Bound, NamedExpression, reference, same, with_window};
use crate::error::{PlanProblem, Result};
use crate::phrase::Phrase;
use crate::physical::data_type;
use crate::relation::{Column, Relation};

impl Binder<'_> {
    pub(super) fn mv_apply(&mut self, input: Relation, apply: &MvApply) -> Result<Relation> {
        if apply.id.is_some() {
            return Err(PlanProblem::unsupported(Phrase::code("`mv-apply … id`"), None).into());
        }
        let index = apply.parameters.word("with_itemindex").cloned();
        let limit = apply.limit.as_ref().map(|limit| self.row_count(limit)).transpose()?;
        let depth = input.carried.len();
        let outer = input.columns.clone();
        let own = own_names(apply)?;
        let row = hidden("row", depth);
        let expansion = Expansion {
            index,
            limit,
            bags_as_arrays: false,
        };
        let expanded = self.expand(numbered(input, &row)?, &apply.columns, &expansion)?;
        let kept: Vec<_> = outer.into_iter().filter(|column| !own.contains(&column.name)).collect();
        let apart = carried_along(expanded, &kept, &row, depth)?;
        let keys = kept.len() + 1;
        let output = self.operators(apart, subquery(&apply.query)?)?;
        joined(output, keys)
    }
}

/// The names of the columns that hold the values of the arrays and their numbers.
fn own_names(apply: &MvApply) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for expanded in &apply.columns {
        names.extend(NamedExpression::of(&expanded.array)?.column_name());
    }
    names.extend(apply.parameters.word("with_itemindex").map(|name| name.text.clone()));
    Ok(names)
}

/// The rows with a number each, so that they stay apart even where they are equal.
fn numbered(input: Relation, row: &str) -> Result<Relation> {
    let plan = LogicalPlanBuilder::new(with_window(input.plan.clone(), row_number(), NUMBER)?);
    let mut values: Vec<_> = input.columns.iter().map(same).collect();
    values.push(cast(reference(NUMBER), data_type(KustoType::Long)).alias(row));
    values.extend(input.carried_expressions());
    let plan = plan.project(values)?.build()?;
    let mut columns = input.columns.clone();
    columns.push(Column::new(row, KustoType::Long));
    Ok(input.with_plan(plan, columns))
}

/// The columns of the row are carried along under names of their own, so that operators may use their names anew.
fn carried_along(input: Relation, kept: &[Column], row: &str, depth: usize) -> Result<Relation> {
    let carried_name = |column: &Column| {
        let index = kept.iter().position(|other| other == column)?;
        Some(format!("$outer{depth}_{index}"))
    };
    let assigned = input.columns.iter().map(|column| Assigned {
        name: carried_name(column).unwrap_or_else(|| column.name.clone()),
        value: Bound::computed(reference(&column.name), column.kusto_type),
    });
    let assigned = assigned.collect();
    let renamed = projected(input, assigned)?;
    let mut keys = vec![(row.to_owned(), Column::new(row, KustoType::Long))];
    for column in kept {
        let name = carried_name(column).unwrap_or_default();
        keys.push((column.name.clone(), Column::new(name, column.kusto_type)));
    }
    kept_apart(renamed, keys)
}

/// The columns of the row, and behind them those that the operators gave.
fn joined(output: Relation, keys: usize) -> Result<Relation> {
    let first = output.carried.len().saturating_sub(keys);
    let mut assigned: Vec<Assigned> = Vec::new();
    for carried in output.carried.iter().skip(first + 1) {
        if output.column(&carried.column.name).is_none() {
            assigned.push(Assigned {
                name: carried.column.name.clone(),
                value: Bound::computed(reference(&carried.hidden), carried.column.kusto_type),
            });
        }
    }
    assigned.extend(output.columns.iter().map(|column| Assigned {
        name: column.name.clone(),
        value: crate::bind::column(column),
    }));
    together(projected(output, assigned)?, keys)
}
