//! `a.b`, `a[0]`, `$left.x`.

use whotalks_kql_syntax::tree::{Expression, ExpressionKind, Name, NameStyle, Path, Step, StepKind};
use whotalks_kql_values::{KustoType, Value};

use super::{Bound, Expressions};
use crate::error::{PlanProblem, Result};
use crate::function::{constant, operate};
use crate::phrase::Phrase;

impl Expressions<'_, '_> {
    /// A value inside a dynamic one, or a column of one side of a join.
    pub(super) fn path(&mut self, path: &Path) -> Result<Bound> {
        if let Some(side) = self.side(path) {
            return side;
        }
        if let Some((column, rest)) = self.step_column(path) {
            return rest.iter().try_fold(column, |value, step| self.step(value, step));
        }
        let base = self.bind(&path.base)?;
        path.steps.iter().try_fold(base, |value, step| self.step(value, step))
    }

    /// What a step of `scan` remembers: such columns have the name of the step before their own.
    fn step_column<'p>(&self, path: &'p Path) -> Option<(Bound, &'p [Step])> {
        let (ExpressionKind::Name(step), [first, rest @ ..]) = (&path.base.kind, path.steps.as_slice()) else {
            return None;
        };
        if self.row.column(&step.text).is_some() {
            return None;
        }
        let column = self.row.column(&format!("{}.{}", step.text, member(first)?.text))?;
        Some((column, rest))
    }

    /// `$left.x` or `$right.x`.
    fn side(&mut self, path: &Path) -> Option<Result<Bound>> {
        let (ExpressionKind::Name(side), [step, ..]) = (&path.base.kind, path.steps.as_slice()) else {
            return None;
        };
        if !matches!(side.text.as_str(), "$left" | "$right") {
            return None;
        }
        let name = member(step)?;
        let column = self.row.side_column(&side.text, &name.text);
        let missing = || {
            PlanProblem::UnknownColumn {
                name: name.text.clone(),
                similar: None,
            }
            .at(step.span)
        };
        Some(column.ok_or_else(missing))
    }

    fn step(&mut self, value: Bound, step: &Step) -> Result<Bound> {
        if value.kusto_type != KustoType::Dynamic {
            let problem = PlanProblem::WrongType {
                what: Phrase::WhatMemberIsTakenOf,
                expected: Phrase::code("dynamic"),
                found: Phrase::code(value.kusto_type),
            };
            return Err(problem.at(step.span));
        }
        let key = match &step.kind {
            StepKind::Member(Expression {
                kind: ExpressionKind::Name(name),
                ..
            }) => text(name),
            StepKind::Member(Expression {
                kind: ExpressionKind::Bracketed(inside),
                ..
            }) => self.bind(inside)?,
            StepKind::Member(member) => {
                return Err(PlanProblem::unsupported(Phrase::MemberOfThisKind, None).at(member.span));
            }
            StepKind::Index(index) => self.bind(index)?,
        };
        operate("[]", vec![value, key]).map_err(|error| error.or_at(step.span))
    }
}

fn member(step: &Step) -> Option<&Name> {
    match &step.kind {
        StepKind::Member(expression) | StepKind::Index(expression) => match &expression.kind {
            ExpressionKind::Name(name) if name.style != NameStyle::Client => Some(name),
            _ => None,
        },
    }
}

fn text(name: &Name) -> Bound {
    constant(Value::String(name.text.clone().into()), KustoType::String)
}
