//! Expressions: each kind of node and where its binding is.

use whotalks_kql_syntax::tree::{Expression, ExpressionKind, Literal, Name, Sign, StringLiteral};
use whotalks_kql_values::{KustoType, Value};

use super::row::Row;
use super::{Binder, Bound, Meaning, Windows};
use crate::aggregate::Aggregations;
use crate::error::{PlanProblem, Result};
use crate::function::operate;
use crate::phrase::Phrase;

/// Binds expressions over one row.
pub(crate) struct Expressions<'b, 'e> {
    /// Tables, names and the engine.
    pub(crate) binder: &'b mut Binder<'e>,
    /// The row.
    pub(crate) row: Row<'b>,
    /// Where aggregations are collected; none where rows are looked at one by one.
    pub(crate) aggregations: Option<&'b mut Aggregations>,
    /// Where functions that ask for other rows are collected; none where rows have no order.
    pub(crate) windows: Option<&'b mut Windows>,
}

impl<'b, 'e> Expressions<'b, 'e> {
    /// Expressions over a row, without aggregations.
    pub(crate) fn new(binder: &'b mut Binder<'e>, row: Row<'b>) -> Self {
        Self {
            binder,
            row,
            aggregations: None,
            windows: None,
        }
    }

    /// The meaning and type of an expression.
    pub(crate) fn bind(&mut self, expression: &Expression) -> Result<Bound> {
        self.bind_kind(expression).map_err(|error| error.or_at(expression.span))
    }

    fn bind_kind(&mut self, expression: &Expression) -> Result<Bound> {
        match &expression.kind {
            ExpressionKind::Literal(literal) => super::literal::literal(literal),
            ExpressionKind::Name(name) => self.name(name),
            ExpressionKind::Parenthesized(inner) => self.bind(inner),
            ExpressionKind::Path(path) => self.path(path),
            ExpressionKind::Call(call) => self.call(call, expression.span),
            ExpressionKind::Sign(sign) => self.sign(sign),
            ExpressionKind::Arithmetic(arithmetic) => self.arithmetic(arithmetic),
            ExpressionKind::Comparison(comparison) => self.comparison(comparison),
            ExpressionKind::Logical(logical) => self.logical(logical),
            ExpressionKind::Membership(membership) => self.membership(membership),
            ExpressionKind::Between(between) => self.between(between),
            ExpressionKind::Named(named) => self.bind(&named.value),
            ExpressionKind::ToScalar(query) => self.first_value(&query.query),
            ExpressionKind::Refused(construct) => {
                Err(PlanProblem::unsupported(Phrase::Code(format!("`{construct}`")), None).into())
            }
            ExpressionKind::Star => Err(misplaced(Phrase::code("`*`"))),
            ExpressionKind::Missing => Err(misplaced(Phrase::Nothing)),
            ExpressionKind::Wildcard(_) => Err(misplaced(Phrase::NameWithStar)),
            _ => Err(PlanProblem::NotAValue.into()),
        }
    }

    /// The value of an expression that must be known before the query runs.
    pub(crate) fn constant(&mut self, expression: &Expression, what: Phrase) -> Result<(Value<'static>, KustoType)> {
        let bound = self.bind(expression)?;
        let not_constant = || PlanProblem::NotConstant(what).at(expression.span);
        let value = bound.constant.ok_or_else(not_constant)?;
        Ok((value, bound.kusto_type))
    }

    fn name(&mut self, name: &Name) -> Result<Bound> {
        let is_named = self.binder.scope.get(&name.text).is_some();
        if let Some(column) = self
            .row
            .column(&name.text)
            .filter(|_| !(is_named && self.row.is_open()))
        {
            return Ok(column);
        }
        match self.binder.scope.get(&name.text) {
            Some(Meaning::Value(bound)) => Ok(bound.clone()),
            Some(Meaning::Table(_) | Meaning::Pattern(_) | Meaning::Database) => {
                Err(PlanProblem::NotAValue.at(name.span))
            }
            Some(Meaning::Function(function)) => {
                let function = function.clone();
                self.call_value(&function, Vec::new())
            }
            None => Err(self.unknown_column(name)),
        }
    }

    fn unknown_column(&self, name: &Name) -> crate::PlanError {
        let columns = self.row.columns().iter().map(|column| column.name.as_str());
        let similar = super::naming::similar(&name.text, columns.chain(self.binder.scope.names()));
        PlanProblem::UnknownColumn {
            name: name.text.clone(),
            similar,
        }
        .at(name.span)
    }

    fn sign(&mut self, sign: &Sign) -> Result<Bound> {
        let operand = self.bind(&sign.operand)?;
        if !sign.minus {
            return Ok(operand);
        }
        operate("unary-", vec![operand])
    }
}

/// Whether an expression is a text that is written out, and which.
pub(crate) fn text_literal(expression: &Expression) -> Option<&StringLiteral> {
    match &expression.kind {
        ExpressionKind::Literal(Literal::String(text)) => Some(text),
        ExpressionKind::Parenthesized(inner) => text_literal(inner),
        _ => None,
    }
}

fn misplaced(found: Phrase) -> crate::PlanError {
    PlanProblem::WrongType {
        what: Phrase::This,
        expected: Phrase::AValue,
        found,
    }
    .into()
}

/// What an argument that must be a name or a text says: `bag_unpack(d, "x")` and `arg_max(Timestamp, *)` alike take names.
pub(crate) fn simple_name(expression: &Expression) -> Option<&Name> {
    match &expression.kind {
        ExpressionKind::Name(name) => Some(name),
        ExpressionKind::Parenthesized(inner) => simple_name(inner),
        _ => None,
    }
}
