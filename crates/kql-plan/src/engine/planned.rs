//! A query that is planned and not run yet: what can be sent to an engine elsewhere.

use datafusion::logical_expr::LogicalPlan;

use crate::Column;

/// A plan and how Kusto knows its columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// The plan.
    pub plan: LogicalPlan,
    /// The columns it gives; the plan may have more behind them.
    pub columns: Vec<Column>,
}
