//! Operands: literals, names, calls, paths, tables in place.

use super::Parser;
use super::list::list;
use super::name::named_by;
use super::parameter::Takes;
use crate::diagnostic::Expected;
use crate::tree::{Call, DataScope, Expression, ExpressionKind, OperatorParameter, Path, Step, StepKind, SubQuery};

impl Parser<'_> {
    /// An operand and the path behind it.
    pub(super) fn operand(&mut self) -> Option<Expression> {
        if self.at("totable") {
            return self.sub_query(ExpressionKind::ToTable);
        }
        let base = self.primary()?;
        Some(self.path(base, Self::member, Self::index))
    }

    /// The steps behind a base: `.member` and `[index]`.
    pub(super) fn path(
        &mut self,
        base: Expression,
        member: fn(&mut Self) -> Option<Expression>,
        index: fn(&mut Self) -> Expression,
    ) -> Expression {
        let start = base.span.start;
        let mut steps = Vec::new();
        while self.at(".") || self.at("[") {
            let from = self.start();
            let kind = if self.eat(".") {
                StepKind::Member(member(self).unwrap_or_else(|| self.missing_member()))
            } else {
                StepKind::Index(index(self))
            };
            let span = self.since(from);
            steps.push(Step { kind, span });
        }
        if steps.is_empty() {
            return base;
        }
        Expression {
            kind: ExpressionKind::Path(Box::new(Path { base, steps })),
            span: self.since(start),
        }
    }

    /// Nothing, where a member must stand behind a dot.
    pub(super) fn missing_member(&mut self) -> Expression {
        self.missing(Expected::Name);
        Expression {
            kind: ExpressionKind::Missing,
            span: crate::Span::new(self.start(), self.start()),
        }
    }

    /// What can stand behind a dot: a call or an element.
    pub(super) fn member(&mut self) -> Option<Expression> {
        self.call_expression().or_else(|| self.element())
    }

    /// `[index]`.
    fn index(&mut self) -> Expression {
        self.bump();
        let index = self.value().unwrap_or_else(|| self.missing_member());
        self.close("]");
        index
    }

    fn primary(&mut self) -> Option<Expression> {
        let start = self.start();
        if let Some(literal) = self.plain_literal() {
            let kind = ExpressionKind::Literal(literal);
            let span = self.since(start);
            return Some(Expression { kind, span });
        }
        let token = self.peek();
        match token.text {
            "(" if token.is("(") => Some(self.parenthesized()),
            "toscalar" if token.is_keyword() => self.sub_query(ExpressionKind::ToScalar),
            "datatable" if token.is_keyword() => Some(self.data_table()),
            "externaldata" | "external_data" if token.is_keyword() => Some(self.external_data()),
            "__contextual_datatable" | "materialized-view-combine" if token.is_keyword() => Some(self.refused()),
            // A type that no literal follows is no name, and neither are dynamic and its like.
            "dynamic" if token.is_keyword() => None,
            _ => self
                .type_of_operand()
                .or_else(|| self.call_expression())
                .or_else(|| self.selector()),
        }
    }

    fn type_of_operand(&mut self) -> Option<Expression> {
        let start = self.start();
        let literal = super::literal::type_of_literal(self.type_of()?);
        Some(Expression {
            kind: ExpressionKind::Literal(literal),
            span: self.since(start),
        })
    }

    /// `(…)`.
    pub(super) fn parenthesized(&mut self) -> Expression {
        let start = self.start();
        self.bump();
        let inside = self.query().unwrap_or_else(|| self.missing_expression());
        self.close(")");
        Expression {
            kind: ExpressionKind::Parenthesized(Box::new(inside)),
            span: self.since(start),
        }
    }

    /// `toscalar(…)`, `totable(…)`.
    fn sub_query(&mut self, make: fn(Box<SubQuery>) -> ExpressionKind) -> Option<Expression> {
        let start = self.start();
        self.bump();
        let kind = self.sub_query_kind();
        let opened = self.expect("(");
        let query = self.query().unwrap_or_else(|| self.missing_expression());
        if opened {
            self.close(")");
        }
        Some(Expression {
            kind: make(Box::new(SubQuery { kind, query })),
            span: self.since(start),
        })
    }

    fn sub_query_kind(&mut self) -> Option<Expression> {
        let parameter = self.kind_parameter()?;
        match parameter.value {
            crate::tree::ParameterValue::One(value) => Some(value),
            crate::tree::ParameterValue::Names(_) => None,
        }
    }

    /// `kind=…`, where both are there.
    pub(super) fn kind_parameter(&mut self) -> Option<OperatorParameter> {
        let takes = Takes::OneOf(&["nooptimization"]);
        (self.at("kind") && self.peek_at(1).is("=")).then(|| self.one_parameter(takes))?
    }

    /// Something that only the vendor's engine knows, passed whole.
    fn refused(&mut self) -> Expression {
        let start = self.start();
        let name = self.bump().text.to_owned();
        self.skip();
        Expression {
            kind: ExpressionKind::Refused(name),
            span: self.since(start),
        }
    }

    /// A name, with a scope behind it where one is written.
    fn selector(&mut self) -> Option<Expression> {
        let Some(element) = self.element() else {
            return self.reserved_operand();
        };
        let start = element.span.start;
        let Some(scope) = self.data_scope() else {
            return Some(element);
        };
        let operand = element;
        Some(Expression {
            kind: ExpressionKind::DataScope(Box::new(DataScope { operand, scope })),
            span: self.since(start),
        })
    }

    /// `datascope=all`.
    pub(super) fn data_scope(&mut self) -> Option<crate::tree::Name> {
        if !self.eat("datascope") {
            return None;
        }
        self.expect("=");
        Some(self.expect_one_of(&["all", "hotcache"]))
    }

    /// A name, a name in brackets, `@`, or an expression in brackets.
    pub(super) fn element(&mut self) -> Option<Expression> {
        let start = self.start();
        if self.at("[") {
            return self.bracketed_entity().or_else(|| self.bracketed());
        }
        if self.eat("@") {
            let kind = ExpressionKind::At;
            let span = self.since(start);
            return Some(Expression { kind, span });
        }
        self.special_name().or_else(|| self.name()).map(named_by)
    }

    /// `[Device*]` or `['name']`.
    pub(super) fn bracketed_entity(&mut self) -> Option<Expression> {
        if !self.at("[") {
            return None;
        }
        let start = self.start();
        let kind = match self.bracketed_wildcard() {
            Some(wildcard) => ExpressionKind::Wildcard(wildcard),
            None => ExpressionKind::Name(self.name()?),
        };
        let span = self.since(start);
        Some(Expression { kind, span })
    }

    fn bracketed(&mut self) -> Option<Expression> {
        let start = self.start();
        let inside = self.index();
        Some(Expression {
            kind: ExpressionKind::Bracketed(Box::new(inside)),
            span: self.since(start),
        })
    }

    /// `f(…)`.
    pub(super) fn call(&mut self) -> Option<Call> {
        if !self.at_call(0) {
            return None;
        }
        let name = self.name()?;
        self.bump();
        let arguments = self.list(list(Expected::Expression), Self::argument);
        self.close(")");
        Some(Call { name, arguments })
    }

    /// `f(…)` as an expression.
    pub(super) fn call_expression(&mut self) -> Option<Expression> {
        let start = self.start();
        let kind = ExpressionKind::Call(self.call()?);
        let span = self.since(start);
        Some(Expression { kind, span })
    }

    fn argument(&mut self) -> Option<Expression> {
        let next = self.peek_at(1);
        if self.at("*") && (next.is(")") || next.is(",")) {
            return self.star();
        }
        self.named_value()
    }
}
