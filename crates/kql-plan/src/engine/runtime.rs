//! The threads on which queries run, and how one is stopped.

use std::future::Future;
use std::num::NonZeroUsize;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use crate::error::{PlanProblem, Result};

/// Threads of their own for queries.
pub(super) struct Runtime(Option<tokio::runtime::Runtime>);

impl Runtime {
    /// So many threads; an error where the system gives none.
    pub(super) fn new(threads: NonZeroUsize) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(threads.get())
            .build()
            .map_err(|error| PlanProblem::Engine(error.to_string()))?;
        Ok(Self(Some(runtime)))
    }

    /// Runs something to its end, or until its time is over. This thread waits by a clock of the system: that of the runtime stands
    /// still while an operator keeps every thread busy.
    pub(super) fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T>> + Send + 'static,
        time: Option<Duration>,
    ) -> Result<T> {
        let Some(runtime) = &self.0 else {
            return Err(PlanProblem::Engine("the engine was shut down".to_owned()).into());
        };
        let (give, take) = mpsc::channel();
        let task = runtime.spawn(async move {
            // Whoever asked may be gone by now, and then nobody wants the answer.
            drop(give.send(work.await));
        });
        let ended = match time {
            Some(time) => take.recv_timeout(time),
            None => take.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match ended {
            Ok(result) => result,
            Err(RecvTimeoutError::Disconnected) => {
                Err(PlanProblem::Engine("a query ended without an answer".to_owned()).into())
            }
            Err(RecvTimeoutError::Timeout) => {
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
