//! Operators that make a table, name it, hand it to a function or show it.

use super::super::Parser;
use super::super::list::list;
use super::super::name::plain_name;
use super::super::parameter::{Known, Takes};
use super::super::query::CHARTS;
use crate::diagnostic::Expected;
use crate::token::TokenKind;
use crate::tree::operator::{As, Evaluate, Range, Render};
use crate::tree::{Call, Name, OperatorKind, OperatorParameter, OperatorParameters};

/// What `render … with (…)` takes.
const RENDER: [Known; 17] = [
    (
        "kind",
        Takes::OneOf(&["default", "unstacked", "stacked", "stacked100", "map"]),
    ),
    ("title", Takes::Operand),
    ("accumulate", Takes::Word),
    ("xcolumn", Takes::Name),
    ("ycolumns", Takes::Names),
    ("anomalycolumns", Takes::Names),
    ("series", Takes::Names),
    ("xtitle", Takes::Operand),
    ("ytitle", Takes::Operand),
    ("xaxis", Takes::Word),
    ("yaxis", Takes::Word),
    ("legend", Takes::Word),
    ("ysplit", Takes::Word),
    ("ymin", Takes::Real),
    ("ymax", Takes::Real),
    ("xmin", Takes::Word),
    ("xmax", Takes::Word),
];

/// What the older form of `render` takes without parentheses, besides `with` and `by`.
const BARE_RENDER: [Known; 3] = [
    ("kind", Takes::OneOf(&["default"])),
    ("title", Takes::Operand),
    ("accumulate", Takes::Word),
];

impl Parser<'_> {
    /// `as name`.
    pub(super) fn as_operator(&mut self) -> OperatorKind {
        self.bump();
        OperatorKind::As(As {
            parameters: self.parameters(&[], true),
            name: self.expect_name(),
        })
    }

    /// `assert-schema (…)`.
    pub(super) fn assert_schema(&mut self) -> OperatorKind {
        self.bump();
        OperatorKind::AssertSchema(self.expect_schema())
    }

    /// `consume`.
    pub(super) fn consume(&mut self) -> OperatorKind {
        self.bump();
        OperatorKind::Consume(self.parameters(&[], false))
    }

    /// `getschema`.
    pub(super) fn get_schema(&mut self) -> OperatorKind {
        self.bump();
        OperatorKind::GetSchema(self.kind_parameter())
    }

    /// `evaluate plugin(…) : (…)`.
    pub(super) fn evaluate(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(&[], false);
        let call = self.call().unwrap_or_else(|| self.missing_call());
        let schema = self.evaluate_schema();
        OperatorKind::Evaluate(Evaluate {
            parameters,
            call,
            schema,
        })
    }

    fn missing_call(&mut self) -> Call {
        let name = self.name();
        let expected = if name.is_some() {
            Expected::Word("(")
        } else {
            Expected::Call
        };
        self.missing(expected);
        Call {
            name: name.unwrap_or_else(|| self.missing_name()),
            arguments: Vec::new(),
        }
    }

    /// `invoke f(…)`, `invoke database("x").f(…)`.
    pub(super) fn invoke(&mut self) -> OperatorKind {
        self.bump();
        let Some(call) = self.call_expression() else {
            self.missing(Expected::Call);
            return OperatorKind::Invoke(self.missing_expression());
        };
        if !(self.at(".") && self.at_call(1)) {
            return OperatorKind::Invoke(call);
        }
        OperatorKind::Invoke(self.calls_behind(call))
    }

    fn calls_behind(&mut self, base: crate::tree::Expression) -> crate::tree::Expression {
        use crate::tree::{Expression, ExpressionKind, Path, Step, StepKind};
        let start = base.span.start;
        let mut steps = Vec::new();
        while self.at(".") && self.at_call(1) {
            let from = self.start();
            self.bump();
            if let Some(call) = self.call_expression() {
                let kind = StepKind::Member(call);
                let span = self.since(from);
                steps.push(Step { kind, span });
            }
        }
        Expression {
            kind: ExpressionKind::Path(Box::new(Path { base, steps })),
            span: self.since(start),
        }
    }

    /// `print …`.
    pub(super) fn print(&mut self) -> OperatorKind {
        self.bump();
        OperatorKind::Print(self.list(list(Expected::Expression).needs_one(), Self::named_value))
    }

    /// `range name from … to … step …`, which a parenthesis makes a function.
    pub(super) fn range(&mut self) -> Option<OperatorKind> {
        if self.peek_at(1).is("(") {
            return None;
        }
        self.bump();
        let name = self.expect_name();
        self.expect("from");
        let from = self.expect_value();
        self.expect("to");
        let to = self.expect_value();
        self.expect("step");
        let step = self.expect_value();
        Some(OperatorKind::Range(Range { name, from, to, step }))
    }

    /// `render kind with (…)`.
    pub(super) fn render(&mut self) -> OperatorKind {
        self.bump();
        let chart = self.chart();
        let mut parameters = Vec::new();
        while let Some(parameter) = self.bare_render_parameter() {
            parameters.push(parameter);
        }
        let properties = self.with_parameters(&RENDER);
        OperatorKind::Render(Render {
            chart,
            parameters: OperatorParameters(parameters),
            properties,
        })
    }

    fn chart(&mut self) -> Name {
        let token = self.peek();
        if CHARTS.contains(&token.text) || token.kind == TokenKind::Identifier {
            return plain_name(self.bump());
        }
        self.missing(Expected::OneOf(&["timechart", "columnchart", "table"]));
        self.missing_name()
    }

    fn bare_render_parameter(&mut self) -> Option<OperatorParameter> {
        let token = self.peek();
        let word = token.kind == TokenKind::Identifier || token.is_keyword();
        if let Some((_, takes)) = BARE_RENDER.iter().find(|(name, _)| word && *name == token.text) {
            return self.peek_at(1).is("=").then(|| self.one_parameter(*takes))?;
        }
        if token.is("with") && !self.peek_at(1).is("(") {
            return Some(self.bare_parameter(Takes::Word, &[]));
        }
        token.is("by").then(|| self.bare_parameter(Takes::Names, &BARE_RENDER))
    }
}
