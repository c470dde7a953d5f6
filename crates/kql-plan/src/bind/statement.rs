//! Statements: `let`, `set`, and the query at the end.

use std::sync::Arc;

use whotalks_kql_syntax::tree::{Expression, ExpressionKind, LetStatement, LetValue, Script, Statement, StatementKind};

use super::{Binder, Callable, Expressions, Meaning, Row};
use crate::error::{PlanProblem, Result};
use crate::phrase::Phrase;
use crate::relation::Relation;

impl Binder<'_> {
    /// The table that the last query of a script gives.
    pub(crate) fn script(&mut self, script: &Script) -> Result<Relation> {
        let mut answer = None;
        for statement in &script.statements {
            if let StatementKind::Query(query) = &statement.kind {
                answer = Some(self.query(query)?);
            } else {
                self.statement(statement)?;
            }
        }
        answer.ok_or_else(|| PlanProblem::NoQuery.into())
    }

    /// Statements before the result of a function.
    pub(crate) fn statements(&mut self, statements: &[Statement]) -> Result<()> {
        statements.iter().try_for_each(|statement| self.statement(statement))
    }

    fn statement(&mut self, statement: &Statement) -> Result<()> {
        let refused = |construct: &str| Err(PlanProblem::unsupported(Phrase::code(construct), None).at(statement.span));
        match &statement.kind {
            StatementKind::Let(written) => self.let_statement(written),
            // What `set` asks of the vendor's engine (caching, limits, tracing) changes no answer.
            StatementKind::Set(_) | StatementKind::Query(_) => Ok(()),
            StatementKind::QueryParameters(_) => refused("`declare query_parameters`"),
            StatementKind::Pattern(pattern) => {
                self.declare_pattern(pattern);
                Ok(())
            }
            StatementKind::Restrict(_) => refused("`restrict access`"),
            StatementKind::Alias { .. } => refused("`alias database`"),
        }
    }

    fn let_statement(&mut self, written: &LetStatement) -> Result<()> {
        let meaning = match &written.value {
            LetValue::Function(function) => Meaning::Function(Arc::new(Callable {
                function: function.clone(),
                scope: self.scope.clone(),
            })),
            LetValue::Expression(expression) => self.meaning(expression)?,
        };
        self.scope.set(written.name.text.clone(), meaning);
        Ok(())
    }

    fn meaning(&mut self, expression: &Expression) -> Result<Meaning> {
        if let ExpressionKind::Materialize(inner) = &expression.kind {
            return self.meaning(inner);
        }
        if Expressions::new(self, Row::None).is_table(expression) {
            return Ok(Meaning::Table(Arc::new(self.table_of(expression)?)));
        }
        Ok(Meaning::Value(Expressions::new(self, Row::None).bind(expression)?))
    }

    /// A query: a table, or a value as a table of one row.
    fn query(&mut self, query: &Expression) -> Result<Relation> {
        self.table_of(query)
    }
}
