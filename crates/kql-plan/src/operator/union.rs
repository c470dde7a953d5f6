//! `union`: the rows of several tables.

use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder};
use whotalks_kql_syntax::tree::operator::Union;
use whotalks_kql_syntax::tree::{Call, Expression, ExpressionKind, Name};
use whotalks_kql_values::{KustoType, Value};

use super::parse::is_true;
use super::project::matches_pattern;
use crate::bind::{Binder, Meaning, reference, unique};
use crate::error::{PlanProblem, Result};
use crate::physical::literal;
use crate::relation::{Column, Relation};

impl Binder<'_> {
    pub(super) fn union(&mut self, input: Option<Relation>, union: &Union) -> Result<Relation> {
        let fuzzy = union.parameters.get("isfuzzy").is_some_and(is_true);
        let source = union
            .parameters
            .word("withsource")
            .or_else(|| union.parameters.word("with_source"));
        let mut tables: Vec<_> = input.into_iter().collect();
        let mut absent = None;
        for table in &union.tables {
            match self.union_operand(table) {
                Ok(found) => tables.extend(found),
                Err(error) if fuzzy && is_absence(&error.problem, table) => {
                    absent.get_or_insert(error);
                }
                Err(error) => return Err(error),
            }
        }
        // At least one table must be there, as the documentation has it.
        if let (true, Some(error)) = (tables.is_empty(), absent) {
            return Err(error);
        }
        let inner = union.parameters.word("kind").is_some_and(|word| word.text == "inner");
        union_all(tables, inner, source)
    }

    /// All tables that are meant by what stands there.
    pub(super) fn union_operands(&mut self, tables: &[Expression]) -> Result<Vec<Relation>> {
        let mut found = Vec::new();
        for table in tables {
            found.extend(self.union_operand(table)?);
        }
        Ok(found)
    }

    /// Every table that has a name.
    pub(super) fn all_tables(&mut self) -> Result<Vec<Relation>> {
        let star = Expression {
            kind: ExpressionKind::Star,
            span: whotalks_kql_syntax::Span::default(),
        };
        self.union_operand(&star)
    }

    /// A table, or all tables whose names fit a pattern.
    fn union_operand(&mut self, table: &Expression) -> Result<Vec<Relation>> {
        let pattern = match &table.kind {
            ExpressionKind::Wildcard(wildcard) => wildcard.pattern.as_str(),
            ExpressionKind::Star => "*",
            _ => return Ok(vec![self.table_of(table)?]),
        };
        let mut names: Vec<String> = self.tables.names();
        names.extend(self.table_names());
        names.retain(|name| matches_pattern(pattern, name));
        names.iter().map(|name| self.table_by_name(name)).collect()
    }

    fn table_names(&self) -> Vec<String> {
        let mut names: Vec<_> = self
            .scope
            .names()
            .filter(|name| self.is_view(name))
            .map(str::to_owned)
            .collect();
        names.sort();
        names
    }

    /// Whether a name of the query stands for a table that patterns find.
    fn is_view(&self, name: &str) -> bool {
        match self.scope.get(name) {
            Some(Meaning::Table(_)) => true,
            Some(Meaning::Function(function)) => function.function.view,
            _ => false,
        }
    }

    fn table_by_name(&mut self, name: &str) -> Result<Relation> {
        let name = Name::new(name);
        let span = name.span;
        self.table_of(&Expression {
            kind: ExpressionKind::Name(name),
            span,
        })
    }
}

/// Whether the reason is that a table is not there, or the function that the rows come from.
fn is_absence(problem: &PlanProblem, table: &Expression) -> bool {
    match problem {
        PlanProblem::UnknownName { .. } => true,
        PlanProblem::UnknownFunction { name, .. } => {
            origin(table).is_some_and(|call| call.name.text.as_str() == name.as_str())
        }
        _ => false,
    }
}

/// The call that the rows of a table come from.
fn origin(table: &Expression) -> Option<&Call> {
    match &table.kind {
        ExpressionKind::Parenthesized(inner) | ExpressionKind::Materialize(inner) => origin(inner),
        ExpressionKind::Pipeline(pipeline) => origin(pipeline.source.as_ref()?),
        ExpressionKind::Call(call) => Some(call),
        _ => None,
    }
}

/// The rows of all tables. A column of different types in two tables becomes one for each type, with the type behind its name.
pub(super) fn union_all(tables: Vec<Relation>, inner: bool, source: Option<&Name>) -> Result<Relation> {
    let columns = if inner {
        common_columns(&tables)
    } else {
        all_columns(&tables)
    };
    let mut parts = Vec::new();
    for (index, table) in tables.iter().enumerate() {
        parts.push(part(table, index, &columns, source)?);
    }
    let mut parts = parts.into_iter();
    let first = parts.next().ok_or(PlanProblem::NotATable)?;
    let plan = parts
        .try_fold(LogicalPlanBuilder::new(first), LogicalPlanBuilder::union)?
        .build()?;
    let mut names: Vec<Column> = columns.into_iter().map(|column| column.result).collect();
    if let Some(source) = source {
        names.insert(0, Column::new(&source.text, KustoType::String));
    }
    let plain = names.iter().map(|column| reference(&column.name)).collect::<Vec<_>>();
    let plan = LogicalPlanBuilder::new(plan).project(plain)?.build()?;
    Ok(Relation::new(plan, names))
}

/// A column of the union: what it is called in the tables, and in the result.
struct UnionColumn {
    name: String,
    result: Column,
}

fn all_columns(tables: &[Relation]) -> Vec<UnionColumn> {
    let mut found: Vec<Column> = Vec::new();
    for column in tables.iter().flat_map(|table| &table.columns) {
        if !found.contains(column) {
            found.push(column.clone());
        }
    }
    let several = |name: &str| found.iter().filter(|column| column.name == name).count() > 1;
    let mut columns: Vec<UnionColumn> = Vec::new();
    for column in &found {
        let name = if several(&column.name) {
            format!("{}_{}", column.name, column.kusto_type)
        } else {
            column.name.clone()
        };
        let name = unique(name, |name| columns.iter().any(|other| other.result.name == name));
        columns.push(UnionColumn {
            name: column.name.clone(),
            result: Column::new(name, column.kusto_type),
        });
    }
    columns
}

fn common_columns(tables: &[Relation]) -> Vec<UnionColumn> {
    let Some((first, rest)) = tables.split_first() else {
        return Vec::new();
    };
    let in_all = |column: &&Column| rest.iter().all(|table| table.columns.contains(column));
    let column = |column: &Column| UnionColumn {
        name: column.name.clone(),
        result: column.clone(),
    };
    first.columns.iter().filter(in_all).map(column).collect()
}

/// A table with the columns of the union; what it does not have is null.
fn part(table: &Relation, index: usize, columns: &[UnionColumn], source: Option<&Name>) -> Result<LogicalPlan> {
    let mut values: Vec<Expr> = Vec::new();
    if let Some(source) = source {
        let name = table.name.clone().unwrap_or_else(|| format!("union_arg{index}"));
        values.push(literal(&Value::String(name.into()), KustoType::String).alias(&source.text));
    }
    for column in columns {
        let present = table
            .columns
            .iter()
            .any(|own| own.name == column.name && own.kusto_type == column.result.kusto_type);
        let value = if present {
            reference(&column.name)
        } else {
            literal(&Value::Null, column.result.kusto_type)
        };
        values.push(value.alias(&column.result.name));
    }
    Ok(LogicalPlanBuilder::new(table.plan.clone()).project(values)?.build()?)
}
