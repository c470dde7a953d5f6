//! One question on its way: who looks on, and what was run for it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use datafusion::arrow::array::RecordBatch;
use datafusion::common::DFSchema;
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::execution::SendableRecordBatchStream;
use datafusion::logical_expr::{Expr, LogicalPlan};
use datafusion::physical_plan::{ExecutionPlan, execute_stream_partitioned};
use datafusion::prelude::SessionContext;
use futures::StreamExt as _;
use tokio::task::JoinSet;
use whotalks_kql_values::KustoType;

use super::profile::{Profile, Run, Scanned, progress};
use super::question::Watch;
use super::{Embedded, Engine, RowEvaluator};
use crate::error::{PlanProblem, Result};
use crate::physical::schema;
use crate::relation::HELD_ROWS;
use crate::{Answer, Column};

/// The plan that runs, once it is made; others look at its counters meanwhile.
type Running = Arc<OnceLock<Arc<dyn ExecutionPlan>>>;

/// See the module.
pub(super) struct Asked<'e> {
    engine: &'e Embedded,
    watch: RefCell<&'e mut dyn Watch>,
    /// See [`Self::new`].
    names: Vec<String>,
    runs: RefCell<Vec<Run>>,
}

impl<'e> Asked<'e> {
    /// `names` are those of all tables as they are written.
    pub(super) fn new(engine: &'e Embedded, names: Vec<String>, watch: &'e mut dyn Watch) -> Self {
        Self {
            engine,
            watch: RefCell::new(watch),
            names,
            runs: RefCell::new(Vec::new()),
        }
    }

    /// What was run, in this order: first what had to be known before the rest could be planned, last what gave the answer.
    pub(super) fn into_profile(self) -> Profile {
        Profile {
            runs: self.runs.into_inner(),
        }
    }
}

impl Engine for Asked<'_> {
    fn evaluator(&self, expression: Expr, kusto_type: KustoType, columns: &[Column]) -> Result<RowEvaluator> {
        let fields = DFSchema::try_from(schema(columns))?;
        let expression = self.engine.context.create_physical_expr(expression, &fields)?;
        Ok(RowEvaluator::new(expression, kusto_type, columns))
    }

    fn collect(&self, plan: LogicalPlan, columns: Vec<Column>) -> Result<Answer> {
        let engine = self.engine;
        let context = if reads_held_rows_only(&plan)? {
            &engine.held
        } else {
            &engine.context
        };
        let scanned = Scanned::of(&plan, &self.names)?;
        let begun = Instant::now();
        let running = Running::default();
        let batches = {
            let work = batches(context.clone(), plan, engine.limits.memory_bytes, Arc::clone(&running));
            let mut goes_on = || self.watch.borrow_mut().goes_on(progress(running.get()));
            engine.runtime.run(work, engine.limits.time, &mut goes_on)?
        };
        if let Some(plan) = running.get() {
            let run = Run::of(plan, &scanned, begun.elapsed());
            self.runs.borrow_mut().push(run);
        }
        Ok(Answer::of(columns, batches))
    }
}

/// The rows that a plan gives, as far as they stay within a number of bytes: they are held here, where the engine does not count.
/// Parts run side by side, and their rows follow each other in the order of the parts, so that two runs say the same.
async fn batches(
    context: SessionContext,
    plan: LogicalPlan,
    most_bytes: usize,
    running: Running,
) -> Result<Vec<RecordBatch>> {
    let frame = context.execute_logical_plan(plan).await?;
    let task = Arc::new(frame.task_ctx());
    let plan = Arc::clone(running.get_or_init({
        let plan = frame.create_physical_plan().await?;
        || plan
    }));
    let held = Arc::new(AtomicUsize::new(0));
    let mut tasks = JoinSet::new();
    for (part, stream) in execute_stream_partitioned(plan, task)?.into_iter().enumerate() {
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
