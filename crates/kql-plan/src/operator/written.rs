//! Expressions as if a query had them, for operators that are made of other operators.

use whotalks_kql_syntax::tree::{Call, Expression, ExpressionKind, Name, Named, Names};

/// A name as an expression.
pub(in crate::operator) fn named(name: &str) -> Expression {
    let name = Name::new(name);
    let span = name.span;
    Expression {
        kind: ExpressionKind::Name(name),
        span,
    }
}

/// `name = value`.
pub(in crate::operator) fn assigned(name: &str, value: Expression) -> Expression {
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

/// `function(arguments)`.
pub(in crate::operator) fn called(function: &str, arguments: Vec<Expression>) -> Expression {
    let name = Name::new(function);
    let span = name.span;
    Expression {
        kind: ExpressionKind::Call(Call { name, arguments }),
        span,
    }
}
