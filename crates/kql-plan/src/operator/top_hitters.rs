//! `top-hitters`: the values that occur most often, or whose sum is greatest. Kusto estimates; here the numbers are exact.

use whotalks_kql_syntax::tree::operator::{Summarize, Top, TopHitters};
use whotalks_kql_syntax::tree::{
    Call, Direction, Expression, ExpressionKind, Name, Named, Names, OperatorParameters, Ordered,
};

use crate::bind::{Binder, implied};
use crate::error::Result;
use crate::relation::Relation;

impl Binder<'_> {
    pub(super) fn top_hitters(&mut self, input: Relation, hitters: &TopHitters) -> Result<Relation> {
        let (function, subject, arguments) = match &hitters.by {
            Some(by) => ("sum", by, vec![by.clone()]),
            None => ("count", &hitters.of, Vec::new()),
        };
        let name = format!("approximate_{function}_{}", implied(subject).unwrap_or_default());
        let call = Call {
            name: Name::new(function),
            arguments,
        };
        let value = Expression {
            kind: ExpressionKind::Call(call),
            span: subject.span,
        };
        let summarize = Summarize {
            parameters: OperatorParameters::default(),
            aggregations: vec![assigned(&name, value)],
            by: vec![hitters.of.clone()],
            bin: None,
        };
        let summarized = self.summarize(input, &summarize)?;
        let top = Top {
            parameters: OperatorParameters::default(),
            count: hitters.count.clone(),
            by: Ordered {
                expression: named(&name),
                direction: Some(Direction::Descending),
                nulls: None,
            },
        };
        self.top(summarized, &top)
    }
}

/// A name as an expression.
pub(super) fn named(name: &str) -> Expression {
    let name = Name::new(name);
    let span = name.span;
    Expression {
        kind: ExpressionKind::Name(name),
        span,
    }
}

/// `name = value`.
pub(super) fn assigned(name: &str, value: Expression) -> Expression {
    let span = value.span;
    let named = Named {
        names: Names::One(Name::new(name)),
        value,
    };
    Expression {
        kind: ExpressionKind::Named(Box::new(named)),
        span,
    }
}
