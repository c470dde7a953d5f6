//! Expressions that are tables: names, pipelines, tables that are written out, functions that give one.

use std::sync::Arc;

use datafusion::arrow::datatypes::DataType;
use datafusion::datasource::provider_as_source;
use datafusion::logical_expr::{Expr, LogicalPlanBuilder};
use whotalks_kql_syntax::tree::{Call, Expression, ExpressionKind, FunctionBody, Name, Path, Pipeline, StepKind};
use whotalks_kql_values::{KustoType, Value};

use super::expression::{simple_name, text_literal};
use super::row::reference;
use super::{Binder, Bound, Callable, Expressions, Meaning};
use crate::error::{PlanProblem, Result};
use crate::function::{call, constant, ticks_of};
use crate::phrase::Phrase;
use crate::physical::{literal, text};
use crate::relation::{Column, Relation};
use crate::source::{Further, Source};

impl Expressions<'_, '_> {
    /// Whether an expression is a table, as far as its form and the names in it tell.
    pub(crate) fn is_table(&self, expression: &Expression) -> bool {
        match &expression.kind {
            ExpressionKind::Parenthesized(inner) | ExpressionKind::Materialize(inner) => self.is_table(inner),
            ExpressionKind::Name(name) => self.names_table(name),
            ExpressionKind::Call(call) => self.calls_table(call),
            ExpressionKind::Path(path) => {
                self.binder.database_table(path).is_some()
                    || super::pattern::base_call(path).is_some_and(|call| self.calls_pattern(call))
            }
            ExpressionKind::Pipeline(_)
            | ExpressionKind::DataTable(_)
            | ExpressionKind::ExternalData(_)
            | ExpressionKind::ToTable(_)
            | ExpressionKind::DataScope(_)
            | ExpressionKind::Wildcard(_) => true,
            _ => false,
        }
    }

    fn names_table(&self, name: &Name) -> bool {
        if self.row.column(&name.text).is_some() {
            return false;
        }
        match self.binder.scope.get(&name.text) {
            Some(Meaning::Table(_)) => true,
            Some(Meaning::Function(function)) => self.gives_table(function),
            Some(Meaning::Value(_) | Meaning::Pattern(_) | Meaning::Database) => false,
            None => self.binder.tables.table(&name.text).is_some(),
        }
    }

    fn calls_table(&self, call: &Call) -> bool {
        match self.binder.scope.get(&call.name.text) {
            Some(Meaning::Function(function)) => self.gives_table(function),
            Some(Meaning::Pattern(_)) => true,
            _ => matches!(
                call.name.text.as_str(),
                "table" | "materialize" | "AssignedIPAddresses" | "DeviceFromIP"
            ),
        }
    }

    /// Whether the body of a function ends in a table.
    fn gives_table(&self, function: &Callable) -> bool {
        let body = &function.function.body;
        let parameters = &function.function.parameters;
        let is_table_parameter = |name: &Name| {
            let named = parameters.iter().find(|parameter| parameter.name.text == name.text);
            named.is_some_and(|parameter| !matches!(parameter.kind, whotalks_kql_syntax::tree::DeclaredType::Scalar(_)))
        };
        let local = |name: &Name| {
            body.statements.iter().any(|statement| match &statement.kind {
                whotalks_kql_syntax::tree::StatementKind::Let(written) => {
                    written.name.text == name.text
                        && matches!(&written.value, whotalks_kql_syntax::tree::LetValue::Expression(value) if self.is_table(value))
                }
                _ => false,
            })
        };
        match &body.result {
            Some(Expression {
                kind: ExpressionKind::Name(name),
                ..
            }) => {
                is_table_parameter(name)
                    || local(name)
                    || matches!(function.scope.get(&name.text), Some(Meaning::Table(_)))
                    || self.names_table(name)
            }
            Some(result) => self.is_table(result),
            None => false,
        }
    }

    /// The first value that a query gives; null where it gives none.
    pub(super) fn first_value(&mut self, query: &Expression) -> Result<Bound> {
        if !self.is_table(query) {
            // What depends on no row sees none: a name of the query counts before a column of the row.
            let named = simple_name(query).and_then(|name| self.binder.scope.get(&name.text));
            return match named {
                Some(Meaning::Value(value)) => Ok(value.clone()),
                _ => self.bind(query),
            };
        }
        let relation = self.binder.deeper(|binder| binder.table_of(query))?;
        let kusto_type = relation
            .columns
            .first()
            .map_or(KustoType::String, |column| column.kusto_type);
        let value = self
            .binder
            .first_column(&relation, 1)?
            .into_iter()
            .next()
            .unwrap_or(Value::Null);
        Ok(constant(value, kusto_type))
    }
}

impl Binder<'_> {
    /// The table that an expression stands for.
    pub(crate) fn table_of(&mut self, expression: &Expression) -> Result<Relation> {
        let bound = self.deeper(|binder| binder.table_kind(expression));
        bound.map_err(|error| error.or_at(expression.span))
    }

    fn table_kind(&mut self, expression: &Expression) -> Result<Relation> {
        if let Some(matched) = self.pattern_call(expression) {
            return matched;
        }
        match &expression.kind {
            ExpressionKind::Parenthesized(inner) | ExpressionKind::Materialize(inner) => self.table_of(inner),
            ExpressionKind::Name(name) => self.named_table(name),
            ExpressionKind::Pipeline(pipeline) => self.pipeline(pipeline),
            ExpressionKind::DataTable(table) => self.data_table(table),
            ExpressionKind::Call(call) => self.called_table(call),
            ExpressionKind::Path(path) => match self.database_table(path) {
                Some(name) => self.named_table(&name),
                None => Err(PlanProblem::NotATable.into()),
            },
            ExpressionKind::ToTable(query) => self.table_of(&query.query),
            ExpressionKind::DataScope(scope) => self.table_of(&scope.operand),
            ExpressionKind::ExternalData(table) => self.external_data(table),
            ExpressionKind::Wildcard(_) => Err(PlanProblem::unsupported(Phrase::NameWithStarOutsideUnion, None).into()),
            ExpressionKind::Refused(construct) => {
                Err(PlanProblem::unsupported(Phrase::Code(format!("`{construct}`")), None).into())
            }
            _ => Err(PlanProblem::NotATable.into()),
        }
    }

    fn pipeline(&mut self, pipeline: &Pipeline) -> Result<Relation> {
        let mut operators = pipeline.operators.as_slice();
        let relation = match &pipeline.source {
            Some(source) => self.table_of(source)?,
            None => {
                let (first, rest) = operators.split_first().ok_or(PlanProblem::NotATable)?;
                operators = rest;
                self.source_operator(first, rest.first())
                    .map_err(|error| error.or_at(first.span))?
            }
        };
        self.operators(relation, operators)
    }

    fn named_table(&mut self, name: &Name) -> Result<Relation> {
        match self.scope.get(&name.text) {
            Some(Meaning::Table(relation)) => Ok(Relation::clone(relation)),
            Some(Meaning::Function(function)) => {
                let function = function.clone();
                let mut relation = self.call_table(&function, Vec::new())?;
                relation.name = Some(name.text.clone());
                Ok(relation)
            }
            Some(Meaning::Value(_) | Meaning::Pattern(_) | Meaning::Database) => {
                Err(PlanProblem::NotATable.at(name.span))
            }
            None => match self.tables.table(&name.text) {
                Some(source) => scan(&name.text, &source),
                None => Err(self.unknown_table(name)),
            },
        }
    }

    /// `database("x").T`, `cluster("c").database("x").T`: whatever the database, a case has its tables once.
    fn database_table(&self, path: &Path) -> Option<Name> {
        let is_database = match &path.base.kind {
            ExpressionKind::Call(call) => {
                matches!(call.name.text.as_str(), "database" | "cluster" | "workspace" | "app")
            }
            ExpressionKind::Name(name) => matches!(self.scope.get(&name.text), Some(Meaning::Database)),
            _ => false,
        };
        match &path.steps.last()?.kind {
            StepKind::Member(Expression {
                kind: ExpressionKind::Name(name),
                ..
            }) if is_database => Some(name.clone()),
            _ => None,
        }
    }

    fn unknown_table(&self, name: &Name) -> crate::PlanError {
        let tables = self.tables.names();
        let known = tables.iter().map(String::as_str).chain(self.scope.names());
        PlanProblem::UnknownName {
            name: name.text.clone(),
            similar: super::naming::similar(&name.text, known),
        }
        .at(name.span)
    }

    fn called_table(&mut self, call: &Call) -> Result<Relation> {
        self.learn(&call.name.text);
        if let Some(Meaning::Function(function)) = self.scope.get(&call.name.text) {
            let function = function.clone();
            return self.call_table(&function, call.arguments.iter().collect());
        }
        match (call.name.text.as_str(), call.arguments.as_slice()) {
            ("table", [name, ..]) => match text_literal(name) {
                Some(text) => self.named_table(&Name::new(text.text.clone())),
                None => Err(PlanProblem::NotConstant(Phrase::NameOfTable).at(name.span)),
            },
            ("materialize", [table]) => self.table_of(table),
            _ => Err(PlanProblem::UnknownFunction {
                name: call.name.text.clone(),
                similar: None,
            }
            .at(call.name.span)),
        }
    }

    /// A function of the query that gives a table.
    pub(crate) fn call_table(&mut self, callable: &Arc<Callable>, arguments: Vec<&Expression>) -> Result<Relation> {
        let scope = Expressions::new(self, super::Row::None).arguments_scope(callable, &arguments)?;
        self.body_table(callable, scope)
    }

    /// The table that the body of a function gives under names.
    pub(crate) fn body_table(&mut self, callable: &Callable, scope: super::Scope) -> Result<Relation> {
        let FunctionBody { statements, result } = &callable.function.body;
        let result = result.as_ref().ok_or(PlanProblem::NotATable)?;
        let outer = std::mem::replace(&mut self.scope, scope);
        let relation = self.deeper(|binder| {
            binder.statements(statements)?;
            binder.table_of(result)
        });
        self.scope = outer;
        relation
    }

    /// The values of the first column, at most so many.
    pub(crate) fn first_column(&self, relation: &Relation, most: usize) -> Result<Vec<Value<'static>>> {
        let plan = LogicalPlanBuilder::new(relation.plan.clone())
            .limit(0, Some(most))?
            .build()?;
        let answer = self.engine.collect(plan, relation.columns.clone())?;
        let mut values = Vec::new();
        answer.for_each_row(|cells| values.extend(cells.first().cloned().map(Value::into_owned)));
        Ok(values)
    }
}

/// Reads a table; what its files hold in another form becomes what queries work with.
fn scan(name: &str, source: &Source) -> Result<Relation> {
    let plan = LogicalPlanBuilder::scan(name, provider_as_source(source.provider.clone()), None)?;
    let fields = plan.schema().iter().map(|(qualifier, field)| {
        let column = Expr::Column((qualifier, field).into());
        (column, field.data_type().clone())
    });
    let fields: Vec<_> = fields.collect();
    let stored = source.columns.iter().zip(&fields).map(|(column, (stored, data_type))| {
        let value = loaded(stored.clone(), data_type, column.kusto_type)?;
        Ok(value.alias(&column.name))
    });
    let further = source.columns.iter().skip(fields.len()).zip(&source.further);
    let further = further.map(|(column, further)| Ok(held(further, &fields, column.kusto_type)?.alias(&column.name)));
    let columns = stored.chain(further).collect::<Result<Vec<_>>>()?;
    let plan = plan.project(columns)?.build()?;
    let mut relation = Relation::new(plan, source.columns.clone());
    relation.name = Some(name.to_owned());
    Ok(relation)
}

/// What a column holds that the rows do not have.
fn held(further: &Further, fields: &[(Expr, DataType)], kusto_type: KustoType) -> Result<Expr> {
    let nothing = || match kusto_type {
        KustoType::String => text(""),
        _ => literal(&Value::Null, kusto_type),
    };
    Ok(match further {
        Further::SameAs(name) => {
            let named =
                |(stored, _): &&(Expr, DataType)| matches!(stored, Expr::Column(column) if column.name == *name);
            match fields.iter().find(named) {
                Some((stored, data_type)) => loaded(stored.clone(), data_type, kusto_type)?,
                None => nothing(),
            }
        }
        Further::Text(held) => text(held),
        Further::Nothing => nothing(),
    })
}

/// A stored column as queries work with it: times as ticks, texts that are not stated as empty ones, JSON texts as dynamic values.
fn loaded(stored: Expr, data_type: &DataType, kusto_type: KustoType) -> Result<Expr> {
    Ok(match (kusto_type, data_type) {
        (KustoType::DateTime, DataType::Timestamp(unit, _)) => ticks_of(stored, *unit),
        (KustoType::String, _) => datafusion::functions::expr_fn::coalesce(vec![stored, text("")]),
        (KustoType::Dynamic, DataType::Utf8View) => {
            call("parse_json", vec![Bound::computed(stored, KustoType::String)])?.expression
        }
        _ => stored,
    })
}

/// A column as it is in the plan.
pub(crate) fn same(column: &Column) -> Expr {
    reference(&column.name)
}
