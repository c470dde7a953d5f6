//! `declare pattern`: names that stand for queries, chosen by constant values.

use std::sync::Arc;

use whotalks_kql_syntax::tree::{Call, Expression, ExpressionKind, Function, Path, PatternStatement, StepKind};
use whotalks_kql_values::Value;

use super::{Binder, Callable, Expressions, Meaning, Row, Scope};
use crate::error::{PlanProblem, Result};
use crate::phrase::Phrase;
use crate::relation::Relation;

/// A pattern, with the names it was declared under.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    written: PatternStatement,
    scope: Scope,
}

impl Binder<'_> {
    /// Declares a pattern. One that is only announced is left to whoever fills it in, and has no query.
    pub(super) fn declare_pattern(&mut self, written: &PatternStatement) {
        let pattern = Pattern {
            written: written.clone(),
            scope: self.scope.clone(),
        };
        self.scope
            .set(written.name.text.clone(), Meaning::Pattern(Arc::new(pattern)));
    }

    /// The pattern that a call or a path begins with: `App("a1")`, `App("a1").Data`.
    pub(super) fn pattern_call(&mut self, expression: &Expression) -> Option<Result<Relation>> {
        let (call, path) = match &expression.kind {
            ExpressionKind::Call(call) => (call, None),
            ExpressionKind::Path(path) => (base_call(path)?, Some(path.as_ref())),
            _ => return None,
        };
        let Some(Meaning::Pattern(pattern)) = self.scope.get(&call.name.text) else {
            return None;
        };
        let pattern = Arc::clone(pattern);
        Some(self.matched(&pattern, call, path))
    }

    fn matched(&mut self, pattern: &Pattern, call: &Call, path: Option<&Path>) -> Result<Relation> {
        let mut wanted = Vec::new();
        for argument in &call.arguments {
            wanted.push(self.pattern_value(argument)?);
        }
        let member = path.and_then(|path| path.steps.first()).map(|step| match &step.kind {
            StepKind::Member(member) | StepKind::Index(member) => self.pattern_member(member),
        });
        let member = member.transpose()?;
        for candidate in &pattern.written.matches {
            let mut values = Vec::new();
            for value in &candidate.values {
                values.push(self.pattern_value(value)?);
            }
            let own = candidate
                .path
                .as_ref()
                .map(|path| self.pattern_value(path))
                .transpose()?;
            if values == wanted && own == member {
                let callable = Callable {
                    function: Function {
                        view: false,
                        parameters: Vec::new(),
                        body: candidate.body.clone(),
                        span: call.name.span,
                    },
                    scope: pattern.scope.clone(),
                };
                return self.body_table(&callable, pattern.scope.clone());
            }
        }
        Err(PlanProblem::UnknownName {
            name: call.name.text.clone(),
            similar: None,
        }
        .at(call.name.span))
    }

    fn pattern_value(&mut self, expression: &Expression) -> Result<Value<'static>> {
        let value =
            Expressions::new(self, Row::None).constant(expression, Phrase::ValueOf("declare pattern".to_owned()))?;
        Ok(value.0)
    }

    /// A member that is written as a name is a text.
    fn pattern_member(&mut self, member: &Expression) -> Result<Value<'static>> {
        match &member.kind {
            ExpressionKind::Name(name) => Ok(Value::String(name.text.clone().into())),
            ExpressionKind::Bracketed(inner) => self.pattern_member(inner),
            _ => self.pattern_value(member),
        }
    }
}

impl Expressions<'_, '_> {
    /// Whether a call is that of a pattern.
    pub(super) fn calls_pattern(&self, call: &Call) -> bool {
        matches!(self.binder.scope.get(&call.name.text), Some(Meaning::Pattern(_)))
    }
}

/// The call that a path begins with.
pub(super) fn base_call(path: &Path) -> Option<&Call> {
    match &path.base.kind {
        ExpressionKind::Call(call) => Some(call),
        _ => None,
    }
}
