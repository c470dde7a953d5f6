//! `==`, `<`, `has`, `matches regex` and their like.

use datafusion::arrow::datatypes::DataType;
use datafusion::logical_expr::{BinaryExpr, Expr, Operator, cast};
use datafusion::prelude::lit;
use whotalks_kql_syntax::tree::{
    Between, Comparison, ComparisonOperator, Expression, ExpressionKind, TextOperator, TextTest,
};
use whotalks_kql_values::{KustoType, Value, convert};

use super::{Bound, Expressions};
use crate::error::{PlanProblem, Result};
use crate::function::{constant, operate};
use crate::phrase::Phrase;
use crate::physical::Cell;

impl Expressions<'_, '_> {
    /// Two operands that are compared; `*` on the left asks whether any column fits.
    pub(super) fn comparison(&mut self, comparison: &Comparison) -> Result<Bound> {
        if matches!(comparison.left.kind, ExpressionKind::Star) {
            return self.any_column(comparison);
        }
        let left = self.bind(&comparison.left)?;
        let right = self.bind(&comparison.right)?;
        compare(comparison.operator, left, right).map_err(|error| error.or_at(comparison.operator_span))
    }

    /// `* has "x"`: whether it is true of any text column.
    fn any_column(&mut self, comparison: &Comparison) -> Result<Bound> {
        let texts: Vec<_> = self
            .row
            .columns()
            .iter()
            .filter(|column| matches!(column.kusto_type, KustoType::String | KustoType::Dynamic))
            .map(super::row::column)
            .collect();
        let right = self.bind(&comparison.right)?;
        let mut any = constant(false.into(), KustoType::Bool);
        for left in texts {
            let fits = compare(comparison.operator, left, right.clone())?;
            any = Bound::computed(any.expression.or(fits.expression), KustoType::Bool);
        }
        Ok(any)
    }

    /// `x between (low .. high)`.
    pub(super) fn between(&mut self, between: &Between) -> Result<Bound> {
        let operand = self.bind(&between.operand)?;
        let low = self.bind(&between.low)?;
        let high = self.upper_border(&low, &between.high)?;
        let above = compare(ComparisonOperator::GreaterOrEqual, operand.clone(), low)?;
        let below = compare(ComparisonOperator::LessOrEqual, operand, high)?;
        let inside = super::logical::and(above, below);
        Ok(if between.negated {
            super::logical::not(inside)
        } else {
            inside
        })
    }

    /// A time span as the upper border of times is added to the lower one.
    fn upper_border(&mut self, low: &Bound, high: &Expression) -> Result<Bound> {
        let high = self.bind(high)?;
        if low.kusto_type == KustoType::DateTime && high.kusto_type == KustoType::TimeSpan {
            return operate("+", vec![low.clone(), high]);
        }
        Ok(high)
    }
}

/// The comparison of two operands; never null, since Kusto takes a comparison with null for false.
pub(crate) fn compare(operator: ComparisonOperator, left: Bound, right: Bound) -> Result<Bound> {
    let known = left.constant.is_some() && right.constant.is_some();
    let Some(engine_operator) = native(operator).filter(|_| !known) else {
        return operate(symbol(operator)?, vec![left, right]);
    };
    let (left, right) = same_size(left, right);
    if same_order(left.kusto_type, right.kusto_type) {
        Ok(compared(engine_operator, left, right))
    } else {
        operate(symbol(operator)?, vec![left, right])
    }
}

/// Two whole numbers in one size: a constant in that of the column, which then stands bare; else both in the larger one.
fn same_size(left: Bound, right: Bound) -> (Bound, Bound) {
    match (left.kusto_type, right.kusto_type) {
        (KustoType::Int, KustoType::Long) => match small(&right) {
            Some(right) => (left, right),
            None => (long(left), right),
        },
        (KustoType::Long, KustoType::Int) => match small(&left) {
            Some(left) => (left, right),
            None => (left, long(right)),
        },
        _ => (left, right),
    }
}

/// A constant that fits into 32 bits.
fn small(number: &Bound) -> Option<Bound> {
    let value = number.constant.as_ref().and_then(Cell::as_long)?;
    let value = i32::try_from(value).ok()?;
    Some(constant(Value::Int(value), KustoType::Int))
}

fn long(number: Bound) -> Bound {
    match number.constant {
        Some(value) => constant(convert::cast(&value, KustoType::Long).into_owned(), KustoType::Long),
        None => Bound::computed(cast(number.expression, DataType::Int64), KustoType::Long),
    }
}

/// The engine compares the columns themselves, so that it can look into statistics and filters of files. Null differs from every value.
fn compared(operator: Operator, left: Bound, right: Bound) -> Bound {
    let comparison = Expr::BinaryExpr(BinaryExpr::new(
        Box::new(left.expression),
        operator,
        Box::new(right.expression),
    ));
    let condition = match operator {
        Operator::IsDistinctFrom => comparison,
        _ => is_true(comparison),
    };
    Bound::computed(condition, KustoType::Bool)
}

/// Whether a condition is true; it is not where it is null. `IS NOT DISTINCT FROM true` in place of `IS TRUE`, of which the engine's
/// plans say in one place that it can be null and in another that it cannot.
pub(super) fn is_true(condition: Expr) -> Expr {
    let is_true = BinaryExpr::new(Box::new(condition), Operator::IsNotDistinctFrom, Box::new(lit(true)));
    Expr::BinaryExpr(is_true)
}

/// A condition where null is as good as false, so that its comparisons may stand bare.
pub(crate) fn bare(condition: Expr) -> Expr {
    match condition {
        Expr::BinaryExpr(joined) if joined.op == Operator::IsNotDistinctFrom && *joined.right == lit(true) => {
            *joined.left
        }
        Expr::BinaryExpr(mut joined) if matches!(joined.op, Operator::And | Operator::Or) => {
            joined.left = Box::new(bare(*joined.left));
            joined.right = Box::new(bare(*joined.right));
            Expr::BinaryExpr(joined)
        }
        other => other,
    }
}

/// Whether columns of two types lie in the same Arrow type and order alike. Reals do not: the engine has an order of its own
/// for what is no number.
fn same_order(left: KustoType, right: KustoType) -> bool {
    left == right && !matches!(left, KustoType::Real | KustoType::Dynamic)
}

fn native(operator: ComparisonOperator) -> Option<Operator> {
    Some(match operator {
        ComparisonOperator::Equal => Operator::Eq,
        ComparisonOperator::NotEqual => Operator::IsDistinctFrom,
        ComparisonOperator::Less => Operator::Lt,
        ComparisonOperator::LessOrEqual => Operator::LtEq,
        ComparisonOperator::Greater => Operator::Gt,
        ComparisonOperator::GreaterOrEqual => Operator::GtEq,
        _ => return None,
    })
}

fn symbol(operator: ComparisonOperator) -> Result<&'static str> {
    Ok(match operator {
        ComparisonOperator::Equal => "==",
        ComparisonOperator::NotEqual => "!=",
        ComparisonOperator::Less => "<",
        ComparisonOperator::LessOrEqual => "<=",
        ComparisonOperator::Greater => ">",
        ComparisonOperator::GreaterOrEqual => ">=",
        ComparisonOperator::EqualCaseless => "=~",
        ComparisonOperator::NotEqualCaseless => "!~",
        ComparisonOperator::Search => "has",
        ComparisonOperator::MatchesRegex => "matches regex",
        ComparisonOperator::Text(text) => return text_symbol(text),
    })
}

fn text_symbol(text: TextOperator) -> Result<&'static str> {
    let variants = match text.test {
        TextTest::Has => ["has", "!has", "has_cs", "!has_cs"],
        TextTest::HasPrefix => ["hasprefix", "!hasprefix", "hasprefix_cs", "!hasprefix_cs"],
        TextTest::HasSuffix => ["hassuffix", "!hassuffix", "hassuffix_cs", "!hassuffix_cs"],
        TextTest::Contains => ["contains", "!contains", "contains_cs", "!contains_cs"],
        TextTest::StartsWith => ["startswith", "!startswith", "startswith_cs", "!startswith_cs"],
        TextTest::EndsWith => ["endswith", "!endswith", "endswith_cs", "!endswith_cs"],
        TextTest::Like => {
            return Err(PlanProblem::unsupported(
                Phrase::code("`like`"),
                Some(Phrase::UseInstead("`matches regex`, `contains`".to_owned())),
            )
            .into());
        }
    };
    let [plain, negated, sensitive, sensitive_negated] = variants;
    Ok(match (text.case_sensitive, text.negated) {
        (false, false) => plain,
        (false, true) => negated,
        (true, false) => sensitive,
        (true, true) => sensitive_negated,
    })
}
