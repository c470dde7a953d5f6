//! `find`: rows of several tables for which a condition is true.

use std::collections::BTreeSet;

use whotalks_kql_syntax::tree::operator::{Find, FindColumn, FindProject};
use whotalks_kql_syntax::tree::{Expression, ExpressionKind, Name, StepKind};
use whotalks_kql_values::{KustoType, Value};

use super::over_rows;
use super::project::{Assigned, projected};
use super::union::union_all;
use super::where_::kept;
use crate::bind::{Binder, Bound, column, convert, kusto_type};
use crate::error::{PlanProblem, Result};
use crate::function::{call, constant};
use crate::phrase::Phrase;
use crate::relation::{Column, Relation};

/// The column that names the table of a row, unless `withsource` gives it another name.
const SOURCE: &str = "source_";
/// The column that holds the columns that are not asked for.
const PACK: &str = "pack_";

impl Binder<'_> {
    /// Looks in the tables behind `in`, or in all tables that have the columns of the condition.
    pub(super) fn find(&mut self, find: &Find) -> Result<Relation> {
        if !find.project_away.is_empty() {
            return Err(PlanProblem::unsupported(
                Phrase::code("`find … project-away`"),
                Some(Phrase::UseBehind("project-away".to_owned())),
            )
            .into());
        }
        let tables = match find.tables.as_slice() {
            [] => self.all_tables()?,
            tables => self.union_operands(tables)?,
        };
        let mut named = names(&find.predicate);
        // A name that a statement gave a value is that value, unless it is a column.
        named.retain(|name| self.scope.get(name).is_none() || tables.iter().any(|table| table.column(name).is_some()));
        let shown = shown(&tables, &named);
        let mut found = Vec::new();
        for table in tables {
            let has_all = named
                .iter()
                .all(|name| table.column(name).is_some() || self.scope.get(name).is_some());
            if has_all || !find.tables.is_empty() {
                found.push(self.found_in(table, find, &named, &shown)?);
            }
        }
        if found.is_empty() {
            return Err(PlanProblem::UnknownColumn {
                name: named.into_iter().next().unwrap_or_default(),
                similar: None,
            }
            .into());
        }
        let source = find
            .parameters
            .word("withsource")
            .cloned()
            .unwrap_or_else(|| Name::new(SOURCE));
        union_all(found, false, Some(&source))
    }

    fn found_in(
        &mut self,
        table: Relation,
        find: &Find,
        named: &BTreeSet<String>,
        shown: &BTreeSet<String>,
    ) -> Result<Relation> {
        let table = with_missing(table, named)?;
        let (table, condition) = over_rows(self, table, |expressions| expressions.truth(&find.predicate))?;
        let name = table.name.clone();
        let rows = kept(table, condition)?;
        let columns = chosen(&rows, find.project.as_ref(), shown)?;
        let mut output = projected(rows, columns)?;
        output.name = name;
        Ok(output)
    }
}

/// A table with an empty column for each name that it does not have.
fn with_missing(table: Relation, named: &BTreeSet<String>) -> Result<Relation> {
    let missing = named.iter().filter(|name| table.column(name).is_none());
    let missing = missing.map(|name| Assigned {
        name: name.clone(),
        value: constant(Value::String("".into()), KustoType::String),
    });
    let missing: Vec<_> = missing.collect();
    super::extend::extended(table, missing)
}

/// The columns that come out where none is asked for: those of the condition, and those that all tables have.
fn shown(tables: &[Relation], named: &BTreeSet<String>) -> BTreeSet<String> {
    let mut shown = named.clone();
    if let Some((first, rest)) = tables.split_first() {
        let common = first
            .columns
            .iter()
            .filter(|column| rest.iter().all(|table| table.columns.contains(column)));
        shown.extend(common.map(|column| column.name.clone()));
    }
    shown
}

/// The columns that come out: those that are asked for, or those that are shown anyway and the rest in one bag.
fn chosen(rows: &Relation, project: Option<&FindProject>, shown: &BTreeSet<String>) -> Result<Vec<Assigned>> {
    let own = |column: &Column| Assigned {
        name: column.name.clone(),
        value: crate::bind::column(column),
    };
    let Some(FindProject::Columns(columns)) = project else {
        let (asked, rest): (Vec<_>, Vec<_>) = rows.columns.iter().partition(|column| shown.contains(&column.name));
        let mut chosen: Vec<_> = asked.into_iter().map(own).collect();
        chosen.push(packed(&rest)?);
        return Ok(chosen);
    };
    let mut chosen = Vec::new();
    for wanted in columns {
        match wanted {
            FindColumn::All => chosen.extend(rows.columns.iter().map(own)),
            FindColumn::PackAll => chosen.push(packed(&rows.columns.iter().collect::<Vec<_>>())?),
            FindColumn::Column { name, kind } => {
                let wanted = kind.as_ref().and_then(|kind| kind.scalar()).map(kusto_type);
                let value = rows.column(&name.text).map(column);
                let value = match (value, wanted) {
                    (Some(value), Some(wanted)) => convert(value, wanted)?,
                    (Some(value), None) => value,
                    (None, wanted) => null(wanted.unwrap_or(KustoType::String)),
                };
                chosen.push(Assigned {
                    name: name.text.clone(),
                    value,
                });
            }
        }
    }
    Ok(chosen)
}

fn null(kusto_type: KustoType) -> Bound {
    let value = if kusto_type == KustoType::String {
        Value::String("".into())
    } else {
        Value::Null
    };
    constant(value, kusto_type)
}

fn packed(columns: &[&Column]) -> Result<Assigned> {
    let mut members = Vec::new();
    for own in columns {
        members.push(constant(Value::String(own.name.clone().into()), KustoType::String));
        members.push(column(own));
    }
    Ok(Assigned {
        name: PACK.to_owned(),
        value: call("bag_pack", members)?,
    })
}

/// The names that stand in a condition where columns can stand.
fn names(condition: &Expression) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(condition, &mut found);
    found
}

fn collect(expression: &Expression, found: &mut BTreeSet<String>) {
    match &expression.kind {
        ExpressionKind::Name(name) => {
            found.insert(name.text.clone());
        }
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
