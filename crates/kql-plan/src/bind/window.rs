//! Functions that ask for other rows: `prev`, `next`, `row_number` and their like. They are worked out before the operator that
//! names them, over all rows in their order.

use datafusion::logical_expr::expr::{Sort, WindowFunction, WindowFunctionParams};
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, WindowFrame, WindowFunctionDefinition};
use whotalks_kql_syntax::tree::Expression;
use whotalks_kql_values::{KustoType, Value};

use super::row::reference;
use super::{Bound, Expressions};
use crate::error::{PlanProblem, Result};
use crate::function::constant;
use crate::phrase::Phrase;
use crate::relation::{OrderKey, Relation};
use crate::row_function::{RowFunction, RowFunctionKind};

/// Columns that hold what such functions give; their names cannot be written in a query.
#[derive(Debug)]
pub(crate) struct Windows {
    order: Vec<OrderKey>,
    /// What keeps rows apart.
    parts: Vec<Expr>,
    /// How many such columns earlier operators made, so that names stay apart.
    calls: Vec<(String, Expr)>,
}

impl Windows {
    /// None yet, over rows in the order of a table.
    pub(crate) fn new(relation: &Relation) -> Self {
        Self {
            order: relation.order.clone(),
            parts: relation.carried_expressions().collect(),
            calls: Vec::new(),
        }
    }

    /// The plan with a column more for each function.
    pub(crate) fn plan(self, relation: &Relation) -> Result<LogicalPlan> {
        let plan = relation.plan.clone();
        if self.calls.is_empty() {
            return Ok(plan);
        }
        // One behind the other, since a call can take what an earlier one gives.
        self.calls
            .into_iter()
            .try_fold(plan, |plan, (name, call)| with_window(plan, call, &name))
    }

    fn add(&mut self, function: RowFunction, arguments: Vec<Expr>) -> Bound {
        let result = function.result;
        let name = format!("$window{}", self.calls.len());
        let window = WindowFunction {
            fun: WindowFunctionDefinition::WindowUDF(function.into_engine_function()),
            params: WindowFunctionParams {
                args: arguments,
                partition_by: self.parts.clone(),
                order_by: self.order.iter().map(sort_key).collect(),
                window_frame: WindowFrame::new((!self.order.is_empty()).then_some(false)),
                filter: None,
                null_treatment: None,
                distinct: false,
            },
        };
        self.calls.push((name.clone(), Expr::WindowFunction(Box::new(window))));
        Bound::computed(reference(&name), result)
    }
}

/// A plan with a column more, which a function over rows gives. The column gets its name behind the function, since the engine loses
/// names that are given inside of it.
pub(crate) fn with_window(plan: LogicalPlan, call: Expr, name: &str) -> Result<LogicalPlan> {
    let present: Vec<_> = plan.schema().columns().into_iter().map(Expr::Column).collect();
    let windowed = LogicalPlanBuilder::new(plan).window([call])?;
    let added = windowed.schema().columns().into_iter().next_back();
    let added = added.map(|column| Expr::Column(column).alias(name));
    let columns: Vec<_> = present.into_iter().chain(added).collect();
    Ok(windowed.project(columns)?.build()?)
}

fn sort_key(key: &OrderKey) -> Sort {
    Sort::new(reference(&key.column), key.ascending, key.nulls_first)
}

impl Expressions<'_, '_> {
    /// The call of a function that asks for other rows.
    pub(super) fn window(&mut self, name: &str, arguments: &[Expression]) -> Result<Bound> {
        if self.windows.is_none() {
            return Err(PlanProblem::NotSerialized(name.to_owned()).into());
        }
        let mut operands = arguments
            .iter()
            .map(|argument| self.bind(argument))
            .collect::<Result<Vec<_>>>()?;
        let kind = kind(name, &mut operands)?;
        let needs_constant = matches!(kind, RowFunctionKind::Previous | RowFunctionKind::Next);
        if let Some((_, operand)) = operands
            .iter()
            .zip(arguments)
            .skip(1)
            .find(|(bound, _)| needs_constant && bound.constant.is_none())
        {
            return Err(PlanProblem::NotConstant(Phrase::ArgumentOf(name.to_owned())).at(operand.span));
        }
        let types = operands.iter().map(|operand| operand.kusto_type).collect();
        let function = RowFunction::new(kind, types)?;
        let operands = operands.into_iter().map(|operand| operand.expression).collect();
        let windows = self
            .windows
            .as_mut()
            .ok_or_else(|| PlanProblem::NotSerialized(name.to_owned()))?;
        Ok(windows.add(function, operands))
    }
}

/// Which function it is; arguments that were left out are added.
fn kind(name: &str, operands: &mut Vec<Bound>) -> Result<RowFunctionKind> {
    let kind = match name {
        "prev" => RowFunctionKind::Previous,
        "next" => RowFunctionKind::Next,
        "row_number" => RowFunctionKind::Number,
        "row_cumsum" => RowFunctionKind::CumulativeSum,
        "row_rank_dense" => RowFunctionKind::RankDense,
        "row_rank_min" => RowFunctionKind::RankMinimum,
        _ => RowFunctionKind::Session,
    };
    if kind == RowFunctionKind::Number && operands.is_empty() {
        operands.push(constant(Value::Long(1), KustoType::Long));
    }
    Ok(kind)
}
