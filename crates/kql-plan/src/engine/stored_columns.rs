//! Conditions on stored columns, put so that the engine can look into statistics and Bloom filters of files.
//!
//! A text that is not stated is the empty one in Kusto, and times are ticks; so a query compares `coalesce(RemoteIP, '')` with a text
//! and `Timestamp * 10 + …` with a number. Where null is as good as false, the column itself can be compared just as well.

use datafusion::arrow::datatypes::{DataType, TimeUnit};
use datafusion::common::tree_node::Transformed;
use datafusion::common::{Column, ExprSchema as _, Result, ScalarValue};
use datafusion::logical_expr::expr::{InList, ScalarFunction};
use datafusion::logical_expr::{BinaryExpr, Case, Expr, Filter, LogicalPlan, Operator};
use datafusion::optimizer::optimizer::ApplyOrder;
use datafusion::optimizer::{OptimizerConfig, OptimizerRule};

use crate::function::KustoFunction;

/// The rule; it runs after filters have come down to the tables.
#[derive(Debug, Default)]
pub(super) struct StoredColumns;

impl OptimizerRule for StoredColumns {
    fn name(&self) -> &'static str {
        "stored_columns"
    }

    fn apply_order(&self) -> Option<ApplyOrder> {
        Some(ApplyOrder::BottomUp)
    }

    fn supports_rewrite(&self) -> bool {
        true
    }

    fn rewrite(&self, plan: LogicalPlan, _: &dyn OptimizerConfig) -> Result<Transformed<LogicalPlan>> {
        match plan {
            LogicalPlan::Filter(filter) => filtered(filter),
            LogicalPlan::TableScan(mut scan) => {
                let schema = scan.source.schema();
                let type_of = |column: &Column| {
                    let field = schema.field_with_name(&column.name).ok()?;
                    Some(field.data_type().clone())
                };
                let mut changed = false;
                for condition in &mut scan.filters {
                    let put = bare(condition.clone(), &type_of);
                    changed |= put.transformed;
                    *condition = put.data;
                }
                Ok(Transformed::new_transformed(LogicalPlan::TableScan(scan), changed))
            }
            other => Ok(Transformed::no(other)),
        }
    }
}

fn filtered(filter: Filter) -> Result<Transformed<LogicalPlan>> {
    let put = {
        let schema = filter.input.schema();
        let type_of = |column: &Column| Some(schema.data_type(column).ok()?.clone());
        bare(filter.predicate.clone(), &type_of)
    };
    if !put.transformed {
        return Ok(Transformed::no(LogicalPlan::Filter(filter)));
    }
    let filter = Filter::try_new(put.data, filter.input)?;
    Ok(Transformed::yes(LogicalPlan::Filter(filter)))
}

/// The type of a column.
type TypeOf<'a> = dyn Fn(&Column) -> Option<DataType> + 'a;

/// A condition where null is as good as false, over the columns themselves.
fn bare(condition: Expr, type_of: &TypeOf<'_>) -> Transformed<Expr> {
    match condition {
        Expr::BinaryExpr(joined) if matches!(joined.op, Operator::And | Operator::Or) => {
            let (left, right) = (bare(*joined.left, type_of), bare(*joined.right, type_of));
            let changed = left.transformed || right.transformed;
            let joined = BinaryExpr::new(Box::new(left.data), joined.op, Box::new(right.data));
            Transformed::new_transformed(Expr::BinaryExpr(joined), changed)
        }
        Expr::BinaryExpr(comparison) => {
            let put = text_equality(&comparison).or_else(|| time_comparison(&comparison, type_of));
            put.map_or_else(|| Transformed::no(Expr::BinaryExpr(comparison)), Transformed::yes)
        }
        Expr::InList(list) => {
            let put = text_membership(&list);
            put.map_or_else(|| Transformed::no(Expr::InList(list)), Transformed::yes)
        }
        Expr::ScalarFunction(call) if is_ours(&call) => of_columns(call),
        other => Transformed::no(other),
    }
}

fn is_ours(call: &ScalarFunction) -> bool {
    call.func.inner().is::<KustoFunction>()
}

/// Our own functions take a text that is not stated for the empty one.
fn of_columns(mut call: ScalarFunction) -> Transformed<Expr> {
    let mut changed = false;
    for argument in &mut call.args {
        if let Some(column) = stated(argument).cloned() {
            *argument = column;
            changed = true;
        }
    }
    Transformed::new_transformed(Expr::ScalarFunction(call), changed)
}

/// `coalesce(column, '') = 'text'` as `column = 'text'`.
fn text_equality(comparison: &BinaryExpr) -> Option<Expr> {
    if comparison.op != Operator::Eq {
        return None;
    }
    let put = |value: &Expr, text: &Expr| {
        let column = stated(value).filter(|_| is_some_text(text))?;
        Some(column.clone().eq(text.clone()))
    };
    put(&comparison.left, &comparison.right).or_else(|| put(&comparison.right, &comparison.left))
}

/// `coalesce(column, '') in ('a', 'b')` as `column in ('a', 'b')`.
fn text_membership(list: &InList) -> Option<Expr> {
    let column = stated(&list.expr)?;
    let all_texts = !list.negated && list.list.iter().all(is_some_text);
    all_texts.then(|| column.clone().in_list(list.list.clone(), false))
}

/// The column of a text that is empty where the column is null, in either form that the engine gives it.
fn stated(value: &Expr) -> Option<&Expr> {
    let (column, otherwise) = match value {
        Expr::ScalarFunction(call) if call.name() == "coalesce" => match call.args.as_slice() {
            [column, otherwise] => (column, otherwise),
            _ => return None,
        },
        Expr::Case(case) => stated_by_case(case)?,
        _ => return None,
    };
    let is_column = matches!(column, Expr::Column(_));
    (is_column && text(otherwise) == Some("")).then_some(column)
}

/// `case when column is not null then column else otherwise end`.
fn stated_by_case(case: &Case) -> Option<(&Expr, &Expr)> {
    let ([(when, then)], None, Some(otherwise)) = (case.when_then_expr.as_slice(), &case.expr, &case.else_expr) else {
        return None;
    };
    let Expr::IsNotNull(tested) = when.as_ref() else {
        return None;
    };
    (tested == then).then_some((then.as_ref(), otherwise.as_ref()))
}

fn text(value: &Expr) -> Option<&str> {
    match value {
        Expr::Literal(ScalarValue::Utf8View(Some(text)), _) => Some(text),
        _ => None,
    }
}

fn is_some_text(value: &Expr) -> bool {
    text(value).is_some_and(|text| !text.is_empty())
}

/// `cast(time as long) * 10 + epoch < ticks` as `time < instant`, for times in microseconds.
fn time_comparison(comparison: &BinaryExpr, type_of: &TypeOf<'_>) -> Option<Expr> {
    let (value, ticks, operator) = match (whole(&comparison.left), whole(&comparison.right)) {
        (None, Some(ticks)) => (&comparison.left, ticks, comparison.op),
        (Some(ticks), None) => (&comparison.right, ticks, comparison.op.swap()?),
        _ => return None,
    };
    let Expr::BinaryExpr(sum) = value.as_ref() else {
        return None;
    };
    let epoch = whole(&sum.right).filter(|_| sum.op == Operator::Plus)?;
    let Expr::BinaryExpr(product) = sum.left.as_ref() else {
        return None;
    };
    let factor = whole(&product.right).filter(|_| product.op == Operator::Multiply)?;
    let Expr::Cast(cast) = product.left.as_ref() else {
        return None;
    };
    let Expr::Column(column) = cast.expr.as_ref() else {
        return None;
    };
    let DataType::Timestamp(TimeUnit::Microsecond, zone) = type_of(column)? else {
        return None;
    };
    let instant = bound(ticks.checked_sub(epoch)?, factor, operator)?;
    let instant = Expr::Literal(ScalarValue::TimestampMicrosecond(Some(instant), zone), None);
    let put = BinaryExpr::new(cast.expr.clone(), operator, Box::new(instant));
    Some(Expr::BinaryExpr(put))
}

/// The number with which `unit` must be compared where `unit * factor` is compared with `ticks`.
fn bound(ticks: i64, factor: i64, operator: Operator) -> Option<i64> {
    let (down, exact) = (
        ticks.checked_div_euclid(factor)?,
        ticks.checked_rem_euclid(factor)? == 0,
    );
    let up = if exact { down } else { down.checked_add(1)? };
    match operator {
        Operator::GtEq | Operator::Lt => Some(up),
        Operator::Gt | Operator::LtEq => Some(down),
        Operator::Eq => exact.then_some(down),
        _ => None,
    }
}

fn whole(value: &Expr) -> Option<i64> {
    match value {
        Expr::Literal(ScalarValue::Int64(Some(number)), _) => Some(*number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use datafusion::functions::expr_fn::coalesce;
    use datafusion::logical_expr::cast;
    use datafusion::prelude::{col, ident, lit};

    use super::*;
    use crate::physical::text;

    fn put(condition: Expr) -> String {
        let time = DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()));
        bare(condition, &|_| Some(time.clone())).data.to_string()
    }

    fn name() -> Expr {
        coalesce(vec![ident("Name"), text("")])
    }

    fn ticks() -> Expr {
        cast(ident("Time"), DataType::Int64) * lit(10_i64) + lit(1_000_i64)
    }

    #[test]
    fn texts_are_compared_with_the_column_itself() {
        assert_eq!(put(name().eq(text("x"))), r#"Name = Utf8View("x")"#);
        assert_eq!(put(text("x").eq(name())), r#"Name = Utf8View("x")"#);
        let either = name()
            .eq(text("x"))
            .or(name().in_list(vec![text("y"), text("z")], false));
        assert_eq!(
            put(either),
            r#"Name = Utf8View("x") OR Name IN ([Utf8View("y"), Utf8View("z")])"#
        );
    }

    #[test]
    fn the_empty_text_is_also_the_one_that_is_not_stated() {
        for condition in [
            name().eq(text("")),
            name().in_list(vec![text("x"), text("")], false),
            name().in_list(vec![text("x")], true),
            name().not_eq(text("x")),
            name().gt(text("x")),
            coalesce(vec![ident("Name"), text("?")]).eq(text("x")),
        ] {
            assert_eq!(put(condition.clone()), condition.to_string());
        }
    }

    #[test]
    fn a_negated_condition_is_left_alone() {
        let condition = name().eq(text("x")).is_not_true();
        assert_eq!(put(condition.clone()), condition.to_string());
    }

    #[test]
    fn times_are_compared_in_the_unit_of_the_column() {
        let at = |microseconds: i64| {
            let instant = ScalarValue::TimestampMicrosecond(Some(microseconds), Some("UTC".into()));
            Expr::Literal(instant, None)
        };
        for (condition, expected) in [
            (ticks().gt_eq(lit(1_050_i64)), ident("Time").gt_eq(at(5))),
            (ticks().gt_eq(lit(1_051_i64)), ident("Time").gt_eq(at(6))),
            (ticks().gt(lit(1_051_i64)), ident("Time").gt(at(5))),
            (ticks().lt(lit(1_051_i64)), ident("Time").lt(at(6))),
            (ticks().lt_eq(lit(1_059_i64)), ident("Time").lt_eq(at(5))),
            (ticks().gt_eq(lit(-1_i64)), ident("Time").gt_eq(at(-100))),
            (ticks().eq(lit(1_050_i64)), ident("Time").eq(at(5))),
            (lit(1_050_i64).lt(ticks()), ident("Time").gt(at(5))),
        ] {
            assert_eq!(put(condition), expected.to_string());
        }
        let never = ticks().eq(lit(1_051_i64));
        assert_eq!(put(never.clone()), never.to_string());
    }

    #[test]
    fn a_column_in_another_unit_is_left_alone() {
        let condition = ticks().gt(lit(5_i64));
        let put = bare(condition.clone(), &|_| {
            Some(DataType::Timestamp(TimeUnit::Nanosecond, None))
        });
        assert_eq!(put.data, condition);
        assert!(!put.transformed);
        assert_eq!(bare(col("a"), &|_| None).data, col("a"));
    }
}
