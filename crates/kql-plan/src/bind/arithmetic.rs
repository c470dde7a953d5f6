//! `+ - * / %`.

use datafusion::logical_expr::{BinaryExpr, Expr, Operator};
use whotalks_kql_syntax::tree::{Arithmetic, ArithmeticOperator};
use whotalks_kql_values::KustoType;

use super::{Bound, Expressions};
use crate::error::Result;
use crate::function::operate;

impl Expressions<'_, '_> {
    /// One level of precedence, done from the left.
    pub(super) fn arithmetic(&mut self, arithmetic: &Arithmetic) -> Result<Bound> {
        let first = self.bind(&arithmetic.first)?;
        arithmetic.rest.iter().try_fold(first, |left, (operator, operand)| {
            let right = self.bind(operand)?;
            calculate(*operator, left, right).map_err(|error| error.or_at(operand.span))
        })
    }
}

fn calculate(operator: ArithmeticOperator, left: Bound, right: Bound) -> Result<Bound> {
    let known = left.constant.is_some() && right.constant.is_some();
    match native(operator, &left, &right) {
        Some(engine_operator) if !known => {
            let kusto_type = left.kusto_type;
            let operands = BinaryExpr::new(Box::new(left.expression), engine_operator, Box::new(right.expression));
            Ok(Bound::computed(Expr::BinaryExpr(operands), kusto_type))
        }
        _ => operate(symbol(operator), vec![left, right]),
    }
}

/// The operator of the engine that calculates the same: sums and products of two `long` or two `real` wrap around or are
/// rounded alike. Whole numbers are divided by Kusto's rules, since the engine fails at a division by zero.
fn native(operator: ArithmeticOperator, left: &Bound, right: &Bound) -> Option<Operator> {
    let same = left.kusto_type == right.kusto_type;
    if !same || !matches!(left.kusto_type, KustoType::Long | KustoType::Real) {
        return None;
    }
    match operator {
        ArithmeticOperator::Add => Some(Operator::Plus),
        ArithmeticOperator::Subtract => Some(Operator::Minus),
        ArithmeticOperator::Multiply => Some(Operator::Multiply),
        ArithmeticOperator::Divide | ArithmeticOperator::Modulo => None,
    }
}

fn symbol(operator: ArithmeticOperator) -> &'static str {
    match operator {
        ArithmeticOperator::Add => "+",
        ArithmeticOperator::Subtract => "-",
        ArithmeticOperator::Multiply => "*",
        ArithmeticOperator::Divide => "/",
        ArithmeticOperator::Modulo => "%",
    }
}
