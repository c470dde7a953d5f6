//! The threads on which queries run, and how one is stopped.

use std::future::Future;
use std::num::NonZeroUsize;
use std::time::Duration;

use crate::error::{PlanProblem, Result};

/// Threads of their own for queries.
pub(super) struct Runtime(Option<tokio::runtime::Runtime>);

impl Runtime {
    /// So many threads; an error where the system gives none.
    pub(super) fn new(threads: NonZeroUsize) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(threads.get())
            .enable_time()
            .build()
            .map_err(|error| PlanProblem::Engine(error.to_string()))?;
        Ok(Self(Some(runtime)))
    }

    /// Runs something to its end, or until its time is over. It runs as a task of its own, since an operator that is busy for long
    /// would keep the clock from being looked at.
    pub(super) fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T>> + Send + 'static,
        time: Option<Duration>,
    ) -> Result<T> {
        let Some(runtime) = &self.0 else {
            return Err(PlanProblem::Engine("the engine was shut down".to_owned()).into());
        };
        let mut task = runtime.spawn(work);
        let ended = runtime.block_on(async {
            match time {
                Some(time) => tokio::time::timeout(time, &mut task).await.ok(),
                None => Some((&mut task).await),
            }
        });
        match (ended, time) {
            (Some(Ok(result)), _) => result,
            (Some(Err(error)), _) => Err(PlanProblem::Engine(error.to_string()).into()),
            (None, time) => {
                task.abort();
                Err(PlanProblem::Time(time.unwrap_or_default()).into())
            }
        }
    }
}

/// A query that was stopped may still be busy; nobody waits for it.
impl Drop for Runtime {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
