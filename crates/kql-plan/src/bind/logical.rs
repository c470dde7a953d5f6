//! `and`, `or`, `not`.

use datafusion::logical_expr::Expr;
use whotalks_kql_syntax::tree::{Expression, Logical, LogicalOperator};
use whotalks_kql_values::KustoType;

use super::{Bound, Expressions};
use crate::error::{PlanProblem, Result};
use crate::function::{call, constant};
use crate::phrase::Phrase;
use crate::physical::Cell;

impl Expressions<'_, '_> {
    /// Operands joined by `and` or `or`.
    pub(super) fn logical(&mut self, logical: &Logical) -> Result<Bound> {
        let operands = logical
            .operands
            .iter()
            .map(|operand| self.truth(operand))
            .collect::<Result<Vec<_>>>()?;
        let join = match logical.operator {
            LogicalOperator::And => and,
            LogicalOperator::Or => or,
        };
        let joined = operands.into_iter().reduce(join);
        Ok(joined.unwrap_or_else(|| constant(true.into(), KustoType::Bool)))
    }

    /// An expression that must be a truth value; a number is true where it is not zero.
    pub(crate) fn truth(&mut self, expression: &Expression) -> Result<Bound> {
        let bound = self.bind(expression)?;
        match bound.kusto_type {
            KustoType::Bool => Ok(bound),
            KustoType::Int | KustoType::Long | KustoType::Dynamic => call("tobool", vec![bound]),
            other => {
                let problem = PlanProblem::WrongType {
                    what: Phrase::Condition,
                    expected: Phrase::code("bool"),
                    found: Phrase::code(other),
                };
                Err(problem.at(expression.span))
            }
        }
    }
}

/// Both are true.
pub(crate) fn and(left: Bound, right: Bound) -> Bound {
    match (
        left.constant.as_ref().and_then(|value| value.as_bool()),
        right.constant.as_ref().and_then(|value| value.as_bool()),
    ) {
        (Some(true), _) => right,
        (_, Some(true)) => left,
        (Some(false), _) | (_, Some(false)) => constant(false.into(), KustoType::Bool),
        _ => Bound::computed(left.expression.and(right.expression), KustoType::Bool),
    }
}

/// One of them is true.
pub(crate) fn or(left: Bound, right: Bound) -> Bound {
    match (
        left.constant.as_ref().and_then(|value| value.as_bool()),
        right.constant.as_ref().and_then(|value| value.as_bool()),
    ) {
        (Some(false), _) => right,
        (_, Some(false)) => left,
        (Some(true), _) | (_, Some(true)) => constant(true.into(), KustoType::Bool),
        _ => Bound::computed(left.expression.or(right.expression), KustoType::Bool),
    }
}

/// It is not true.
pub(crate) fn not(bound: Bound) -> Bound {
    match bound.constant.as_ref().map(|value| value.as_bool()) {
        Some(value) => constant(
            value.map_or(whotalks_kql_values::Value::Null, |value| (!value).into()),
            KustoType::Bool,
        ),
        None => Bound::computed(Expr::Not(Box::new(bound.expression)), KustoType::Bool),
    }
}
