//! Pipelines: a table and the operators behind it.

use super::Parser;
use crate::diagnostic::{Expected, Problem};
use crate::suggest;
use crate::token::TokenKind;
use crate::tree::{Expression, ExpressionKind, Operator, OperatorKind, Pipeline};
use crate::{OPERATOR_NAMES, Span};

/// Operators that make a table, so that a query can begin with them.
pub(super) const SOURCES: [&str; 6] = ["evaluate", "find", "macro-expand", "print", "search", "union"];

/// Kinds of charts, which show that `render` is the operator; also those that no name can be.
pub(super) const CHARTS: [&str; 21] = [
    "table",
    "list",
    "barchart",
    "piechart",
    "ladderchart",
    "timechart",
    "linechart",
    "anomalychart",
    "pivotchart",
    "areachart",
    "stackedareachart",
    "scatterchart",
    "timepivot",
    "columnchart",
    "timeline",
    "3Dchart",
    "card",
    "treemap",
    "plotly",
    "graph",
    "sankey",
];

impl Parser<'_> {
    /// A query: a value, or a table and what is done to it.
    pub(super) fn query(&mut self) -> Option<Expression> {
        self.nested(|parser| {
            let first = if parser.at_operator_first() {
                parser.leading_operator().or_else(|| parser.value())
            } else {
                parser.value().or_else(|| parser.leading_operator())
            };
            first.map(|first| parser.piped(first))
        })
    }

    /// Operators on a table that is not named, as in the subqueries of `fork` and `mv-apply`.
    pub(super) fn subquery(&mut self) -> Option<Expression> {
        self.nested(|parser| {
            let first = parser.leading_operator()?;
            Some(parser.piped(first))
        })
    }

    /// The same, which must stand here.
    pub(super) fn expect_subquery(&mut self) -> Expression {
        if let Some(query) = self.subquery() {
            return query;
        }
        let start = self.start();
        let first = self.after_pipe();
        let pipeline = Pipeline {
            source: None,
            operators: vec![first],
        };
        let first = pipeline_expression(pipeline, self.since(start));
        self.piped(first)
    }

    /// An operator that a query begins with.
    fn leading_operator(&mut self) -> Option<Expression> {
        let start = self.start();
        let kind = if self.at_any(&SOURCES) && !self.at("search") {
            self.source_operator()
        } else {
            self.operator()
        };
        let operator = Operator {
            kind: kind?,
            span: self.since(start),
        };
        let span = operator.span;
        let pipeline = Pipeline {
            source: None,
            operators: vec![operator],
        };
        Some(pipeline_expression(pipeline, span))
    }

    /// What was read and the operators behind it.
    pub(super) fn piped(&mut self, first: Expression) -> Expression {
        let start = first.span.start;
        self.pass_wrong_operand(&first);
        if !self.at("|") {
            return first;
        }
        let mut pipeline = match first.kind {
            ExpressionKind::Pipeline(pipeline) => *pipeline,
            kind => Pipeline {
                source: Some(Expression { kind, ..first }),
                operators: Vec::new(),
            },
        };
        while self.eat("|") {
            let operator = self.after_pipe();
            pipeline.operators.push(operator);
            self.pass_leftover();
        }
        pipeline_expression(pipeline, self.since(start))
    }

    /// Passes what stands behind the first part of a query and belongs to nothing.
    fn pass_wrong_operand(&mut self, first: &Expression) {
        let statement = ["let", "set", "declare", "alias", "restrict"];
        let operator = matches!(first.kind, ExpressionKind::Pipeline(_));
        if operator || !self.at_any(&statement) {
            self.pass_leftover();
        }
    }

    /// The operator that must stand behind `|`.
    fn after_pipe(&mut self) -> Operator {
        let start = self.start();
        let kind = self
            .operator()
            .or_else(|| self.source_operator())
            .unwrap_or_else(|| self.missing_operator());
        Operator {
            kind,
            span: self.since(start),
        }
    }

    /// Says that there is no such operator and passes it with its operands.
    fn missing_operator(&mut self) -> OperatorKind {
        let token = self.peek();
        if token.is("|") && token.adjacent {
            let (found, suggestion) = (super::found(token), Some("or".to_owned()));
            self.error(Problem::Unexpected { found, suggestion });
            self.bump();
            self.skip();
            return OperatorKind::Missing;
        }
        if token.kind != TokenKind::Identifier {
            self.missing(Expected::Operator);
            self.skip();
            return OperatorKind::Missing;
        }
        let found = token.text.to_owned();
        let suggestion = suggest::likest(&found, OPERATOR_NAMES).map(str::to_owned);
        self.error(Problem::UnknownOperator { found, suggestion });
        self.bump();
        self.skip_operands();
        OperatorKind::Missing
    }

    /// Passes everything up to the next `|` or what ends the query.
    fn skip_operands(&mut self) {
        self.skip();
        while self.eat(",") {
            self.skip();
        }
    }

    /// Whether an operator begins here that cannot be a name.
    pub(super) fn at_operator_first(&self) -> bool {
        let token = self.peek();
        if !token.is_keyword() {
            return false;
        }
        let next = |word: &str| self.peek_at(1).is(word);
        let parameter = || self.common_parameter(1).is_some();
        match token.text {
            "evaluate" => self.scan_name(1).is_some() || parameter(),
            "facet" => next("by"),
            "partition" | "reduce" => next("by") || parameter(),
            "range" => self
                .scan_name(1)
                .is_some_and(|length| self.peek_at(1 + length).is("from")),
            "inline_external_table" => next("(") || next("kind"),
            "render" => CHARTS.contains(&self.peek_at(1).text) || self.peek_at(1).is_name(),
            word => !token.is_name() && (OPERATOR_NAMES.contains(&word) || GRAPH.contains(&word)),
        }
    }
}

/// Operators on graphs that a query can begin with.
const GRAPH: [&str; 4] = ["graph-to-table", "graph-mark-components", "graph-match", "make-graph"];

fn pipeline_expression(pipeline: Pipeline, span: Span) -> Expression {
    Expression {
        kind: ExpressionKind::Pipeline(Box::new(pipeline)),
        span,
    }
}
