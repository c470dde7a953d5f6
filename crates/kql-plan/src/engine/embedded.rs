//! The engine in this process.

use std::fmt;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};
use datafusion::execution::session_state::SessionStateBuilder;
use datafusion::prelude::{SessionConfig, SessionContext};
use whotalks_kql_syntax::tree::Script;
use whotalks_kql_values::DateTime;

use super::asked::Asked;
use super::question::{Question, Unwatched, Watch};
use super::runtime::Runtime;
use super::stored_columns::StoredColumns;
use super::{Engine as _, Parameter, Planned};
use crate::bind::{Binder, Meaning};
use crate::chart::Chart;
use crate::error::{PlanProblem, Result};
use crate::function::constant;
use crate::relation::Relation;
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
    pub(super) runtime: Runtime,
    pub(super) context: SessionContext,
    /// For plans over rows that are held in memory: one processor keeps them in their order.
    pub(super) held: SessionContext,
    pub(super) limits: Limits,
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
        let question = Question {
            text,
            parameters: &[],
            now,
        };
        self.ask(&question, tables, &mut Unwatched)
    }

    /// The answer to a question over tables, while somebody looks on.
    pub fn ask(&self, question: &Question<'_>, tables: &dyn Tables, watch: &mut dyn Watch) -> Result<Answer> {
        let tree = read(question.text)?;
        let asked = Asked::new(self, tables.names(), watch);
        let (relation, notices) = {
            let mut binder = Binder::new(&asked, tables, question.now);
            name(question.parameters, &mut binder);
            (binder.script(&tree)?, binder.notices)
        };
        let answer = asked.collect(relation.plan, relation.columns)?;
        Ok(Answer {
            notices: notices.into_iter().collect(),
            chart: Chart::of(&tree),
            profile: asked.into_profile(),
            ..answer
        })
    }

    /// The columns that a query gives over tables, without its rows; only what must be known beforehand is run.
    pub fn columns(&self, question: &Question<'_>, tables: &dyn Tables) -> Result<Vec<Column>> {
        Ok(self.plan(question, tables)?.columns)
    }

    /// The plan of a query over tables; only what must be known beforehand is run.
    pub fn plan(&self, question: &Question<'_>, tables: &dyn Tables) -> Result<Planned> {
        let tree = read(question.text)?;
        let mut unwatched = Unwatched;
        let asked = Asked::new(self, tables.names(), &mut unwatched);
        let mut binder = Binder::new(&asked, tables, question.now);
        name(question.parameters, &mut binder);
        let Relation { plan, columns, .. } = binder.script(&tree)?;
        Ok(Planned { plan, columns })
    }

    /// The rows that a plan gives, wherever it was made.
    pub fn run(&self, planned: Planned, watch: &mut dyn Watch) -> Result<Answer> {
        let asked = Asked::new(self, Vec::new(), watch);
        let answer = asked.collect(planned.plan, planned.columns)?;
        Ok(Answer {
            profile: asked.into_profile(),
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

fn read(text: &str) -> Result<Script> {
    let parsed = whotalks_kql_syntax::parse(text);
    match parsed.diagnostics.into_iter().next() {
        None => Ok(parsed.tree),
        Some(diagnostic) => {
            let span = diagnostic.span;
            Err(PlanProblem::Syntax(diagnostic).at(span))
        }
    }
}

fn name(parameters: &[Parameter], binder: &mut Binder<'_>) {
    for parameter in parameters {
        let value = constant(parameter.value.clone(), parameter.kusto_type);
        binder.scope.set(parameter.name.clone(), Meaning::Value(value));
    }
}
