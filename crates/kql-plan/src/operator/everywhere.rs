//! Conditions over several tables of which some lack a column: it is null there.

use whotalks_kql_syntax::tree::{Expression, ExpressionKind, Literal, StepKind};
use whotalks_kql_values::{KustoType, Value};

use super::extend::extended;
use super::over_rows;
use super::project::{Assigned, projected};
use super::search::Seeker;
use super::where_::kept;
use crate::bind::{Binder, Bound, column};
use crate::error::Result;
use crate::function::constant;
use crate::relation::{Column, Relation};

/// What is looked for in several tables.
pub(super) struct Sought<'s> {
    /// The condition.
    pub(super) predicate: &'s Expression,
    /// Whether texts are compared by case where nothing is said.
    pub(super) case_sensitive: bool,
    /// The columns that the condition names, as some table has them, in the order of the condition.
    pub(super) columns: Vec<Column>,
}

impl<'s> Sought<'s> {
    /// A condition over tables.
    pub(super) fn new(predicate: &'s Expression, case_sensitive: bool, tables: &[Relation]) -> Self {
        let mut names = Vec::new();
        collect(predicate, &mut names);
        Self {
            predicate,
            case_sensitive,
            columns: names.iter().filter_map(|name| first(name, tables)).collect(),
        }
    }

    /// The rows of one table for which it is true, with the columns of that table.
    pub(super) fn rows(&self, binder: &mut Binder<'_>, table: Relation) -> Result<Relation> {
        let own = table.columns.clone();
        let missing = self
            .columns
            .iter()
            .filter(|column| table.column(&column.name).is_none());
        let missing: Vec<_> = missing
            .map(|column| Assigned {
                name: column.name.clone(),
                value: absent(column.kusto_type),
            })
            .collect();
        let lacks = !missing.is_empty();
        let whole = if lacks { extended(table, missing)? } else { table };
        let (whole, condition) = over_rows(binder, whole, |expressions| {
            Seeker {
                expressions,
                case_sensitive: self.case_sensitive,
            }
            .condition(self.predicate)
        })?;
        let rows = kept(whole, condition)?;
        if !lacks {
            return Ok(rows);
        }
        let name = rows.name.clone();
        let mut rows = projected(rows, own.iter().map(as_it_is).collect())?;
        rows.name = name;
        Ok(rows)
    }

    /// Whether it looks into columns that it does not name, so that no table can be left out.
    pub(super) fn looks_everywhere(&self) -> bool {
        is_everywhere(self.predicate)
    }
}

/// The value of a column where there is none.
pub(super) fn absent(kusto_type: KustoType) -> Bound {
    let value = match kusto_type {
        KustoType::String => Value::String("".into()),
        _ => Value::Null,
    };
    constant(value, kusto_type)
}

/// The column of a name, as the first table has it that has one.
pub(super) fn first(name: &str, tables: &[Relation]) -> Option<Column> {
    tables.iter().find_map(|table| table.column(name)).cloned()
}

fn is_everywhere(condition: &Expression) -> bool {
    match &condition.kind {
        ExpressionKind::Parenthesized(inner) => is_everywhere(inner),
        ExpressionKind::Logical(logical) => logical.operands.iter().any(is_everywhere),
        ExpressionKind::Call(call) => call.name.text == "not" && call.arguments.iter().any(is_everywhere),
        ExpressionKind::Comparison(comparison) => matches!(comparison.left.kind, ExpressionKind::Star),
        ExpressionKind::Membership(membership) => matches!(membership.operand.kind, ExpressionKind::Star),
        ExpressionKind::Star => true,
        ExpressionKind::Literal(literal) => !matches!(literal, Literal::Bool(_)),
        _ => false,
    }
}

/// The names that stand in a condition where columns can stand, each once, in their order.
fn collect(expression: &Expression, found: &mut Vec<String>) {
    match &expression.kind {
        ExpressionKind::Name(name) if !found.contains(&name.text) => found.push(name.text.clone()),
        ExpressionKind::Parenthesized(inner) => collect(inner, found),
        ExpressionKind::Call(call) => call.arguments.iter().for_each(|argument| collect(argument, found)),
        ExpressionKind::Sign(sign) => collect(&sign.operand, found),
        ExpressionKind::Arithmetic(arithmetic) => {
            collect(&arithmetic.first, found);
            arithmetic.rest.iter().for_each(|(_, operand)| collect(operand, found));
        }
        ExpressionKind::Comparison(comparison) => {
            collect(&comparison.left, found);
            collect(&comparison.right, found);
        }
        ExpressionKind::Logical(logical) => logical.operands.iter().for_each(|operand| collect(operand, found)),
        ExpressionKind::Membership(membership) => {
            collect(&membership.operand, found);
            membership.items.iter().for_each(|item| collect(item, found));
        }
        ExpressionKind::Between(between) => [&between.operand, &between.low, &between.high]
            .into_iter()
            .for_each(|part| collect(part, found)),
        ExpressionKind::Path(path) => {
            collect(&path.base, found);
            path.steps.iter().for_each(|step| match &step.kind {
                StepKind::Index(index) => collect(index, found),
                StepKind::Member(_) => {}
            });
        }
        _ => {}
    }
}

/// A column as it is.
pub(super) fn as_it_is(own: &Column) -> Assigned {
    Assigned {
        name: own.name.clone(),
        value: column(own),
    }
}
