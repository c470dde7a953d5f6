//! The engine in this process.

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use datafusion::arrow::array::RecordBatch;
use datafusion::common::DFSchema;
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::execution::SendableRecordBatchStream;
use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};
use datafusion::execution::session_state::SessionStateBuilder;
use datafusion::logical_expr::{Expr, LogicalPlan};
use datafusion::prelude::{SessionConfig, SessionContext};
use futures::StreamExt as _;
use tokio::task::JoinSet;
use whotalks_kql_values::{DateTime, KustoType};

use super::runtime::Runtime;
use super::stored_columns::StoredColumns;
use super::{Engine, RowEvaluator};
use crate::bind::Binder;
use crate::error::{PlanProblem, Result};
use crate::physical::schema;
use crate::relation::HELD_ROWS;
use crate::source::Tables;
use crate::{Answer, Column};

/// What a query may use.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The most bytes of memory that operators may hold; what goes over it is written to temporary files where the operator can.
    pub memory_bytes: usize,
    /// Processors.
    pub threads: NonZeroUsize,
    /// How long a query may run.
    pub time: Option<Duration>,
}

/// DataFusion in this process.
pub struct Embedded {
    runtime: Runtime,
    context: SessionContext,
    /// For plans over rows that are held in memory: one processor keeps them in their order.
    held: SessionContext,
    limits: Limits,
}

impl fmt::Debug for Embedded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Embedded")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

impl Embedded {
    /// An engine with limits; an error where the system gives it no threads.
    pub fn new(limits: Limits) -> Result<Self> {
        let runtime = Runtime::new(limits.threads)?;
        let environment = RuntimeEnvBuilder::new()
            .with_memory_limit(limits.memory_bytes, 1.0)
            .build_arc()?;
        let context = |threads| context(threads, Arc::clone(&environment));
        Ok(Self {
            runtime,
            context: context(limits.threads.get()),
            held: context(1),
            limits,
        })
    }

    /// The answer to a query over tables. `now` is what `now()` gives.
    pub fn query(&self, text: &str, tables: &dyn Tables, now: DateTime) -> Result<Answer> {
        let parsed = whotalks_kql_syntax::parse(text);
        if let Some(diagnostic) = parsed.diagnostics.into_iter().next() {
            let span = diagnostic.span;
            return Err(PlanProblem::Syntax(diagnostic).at(span));
        }
        let mut binder = Binder::new(self, tables, now);
        let relation = binder.script(&parsed.tree)?;
        let notices = binder.notices;
        let answer = self.collect(relation.plan, relation.columns)?;
        Ok(Answer {
            notices: notices.into_iter().collect(),
            ..answer
        })
    }
}

/// A session that looks into files where a condition allows it.
fn context(threads: usize, environment: Arc<RuntimeEnv>) -> SessionContext {
    let state = SessionStateBuilder::new()
        .with_config(SessionConfig::new().with_target_partitions(threads))
        .with_runtime_env(environment)
        .with_default_features()
        .with_optimizer_rule(Arc::new(StoredColumns))
        .build();
    SessionContext::new_with_state(state)
}

impl Engine for Embedded {
    fn evaluator(&self, expression: Expr, kusto_type: KustoType, columns: &[Column]) -> Result<RowEvaluator> {
        let fields = DFSchema::try_from(schema(columns))?;
        let expression = self.context.create_physical_expr(expression, &fields)?;
        Ok(RowEvaluator::new(expression, kusto_type, columns))
    }

    fn collect(&self, plan: LogicalPlan, columns: Vec<Column>) -> Result<Answer> {
        let context = if reads_held_rows_only(&plan)? {
            &self.held
        } else {
            &self.context
        };
        let batches = {
            let work = batches(context.clone(), plan, self.limits.memory_bytes);
            self.runtime.run(work, self.limits.time)?
        };
        Ok(Answer {
            columns,
            batches,
            notices: Vec::new(),
        })
    }
}

/// The rows that a plan gives, as far as they stay within a number of bytes: they are held here, where the engine does not count.
/// Parts run side by side, and their rows follow each other in the order of the parts, so that two runs say the same.
async fn batches(context: SessionContext, plan: LogicalPlan, most_bytes: usize) -> Result<Vec<RecordBatch>> {
    let frame = context.execute_logical_plan(plan).await?;
    let held = Arc::new(AtomicUsize::new(0));
    let mut tasks = JoinSet::new();
    for (part, stream) in frame.execute_stream_partitioned().await?.into_iter().enumerate() {
        let held = Arc::clone(&held);
        tasks.spawn(async move { drained(stream, &held, most_bytes).await.map(|batches| (part, batches)) });
    }
    let mut parts = BTreeMap::new();
    while let Some(ended) = tasks.join_next().await {
        let (part, batches) = ended.map_err(|error| PlanProblem::Engine(error.to_string()))??;
        parts.insert(part, batches);
    }
    Ok(parts.into_values().flatten().collect())
}

/// The rows of one part; an error where all parts together hold more than they may.
async fn drained(
    mut stream: SendableRecordBatchStream,
    held: &AtomicUsize,
    most_bytes: usize,
) -> Result<Vec<RecordBatch>> {
    let mut batches = Vec::new();
    while let Some(batch) = stream.next().await {
        let batch = batch?;
        let bytes = batch.get_array_memory_size();
        if held.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes) > most_bytes {
            return Err(
                PlanProblem::Memory(format!("the rows of the answer take more than {most_bytes} bytes")).into(),
            );
        }
        batches.push(batch);
    }
    Ok(batches)
}

/// Whether a plan reads nothing but rows that are held in memory.
fn reads_held_rows_only(plan: &LogicalPlan) -> Result<bool> {
    let mut only = true;
    plan.apply(|node| {
        if let LogicalPlan::TableScan(scan) = node {
            only &= scan.table_name.table() == HELD_ROWS;
        }
        Ok(TreeNodeRecursion::Continue)
    })?;
    Ok(only)
}
