//! What runs plans. Everything above sees this interface only, so that another engine can take the same plans.

mod asked;
mod embedded;
mod evaluator;
mod planned;
mod profile;
mod question;
mod runtime;
mod stored_columns;

pub use embedded::{Embedded, Limits};
pub(crate) use evaluator::RowEvaluator;
pub use planned::Planned;
pub use profile::{Profile, Pruned, Reading, Run, Step, StepKind};
pub use question::{Parameter, Progress, Question, Unwatched, Watch};

use datafusion::logical_expr::{Expr, LogicalPlan};
use whotalks_kql_values::KustoType;

use crate::error::Result;
use crate::{Answer, Column};

/// Runs plans.
pub(crate) trait Engine {
    /// All rows that a plan gives; `columns` says how Kusto knows them.
    fn collect(&self, plan: LogicalPlan, columns: Vec<Column>) -> Result<Answer>;

    /// An expression over columns, made ready to be evaluated row by row.
    fn evaluator(&self, expression: Expr, kusto_type: KustoType, columns: &[Column]) -> Result<RowEvaluator>;
}
