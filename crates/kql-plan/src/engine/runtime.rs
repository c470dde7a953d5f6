//! The threads on which queries run, and how one is stopped.

use std::future::Future;
use std::num::NonZeroUsize;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use crate::error::{PlanProblem, Result};

/// How often whoever looks on is asked whether to go on.
const LOOK: Duration = Duration::from_millis(100);

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

    /// Runs something to its end, until its time is over, or until it must not go on. This thread waits by a clock of the system: that
    /// of the runtime stands still while an operator keeps every thread busy.
    pub(super) fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T>> + Send + 'static,
        time: Option<Duration>,
        goes_on: &mut dyn FnMut() -> bool,
    ) -> Result<T> {
        let Some(runtime) = &self.0 else {
            return Err(PlanProblem::Engine("the engine was shut down".to_owned()).into());
        };
        let (give, take) = mpsc::channel();
        let task = runtime.spawn(async move {
            // Whoever asked may be gone by now, and then nobody wants the answer.
            drop(give.send(work.await));
        });
        let ended = waited(&take, time, goes_on);
        if ended.is_err() {
            task.abort();
        }
        ended?
    }
}

/// What comes within a time, as long as it goes on.
fn waited<T>(take: &Receiver<T>, time: Option<Duration>, goes_on: &mut dyn FnMut() -> bool) -> Result<T> {
    let begun = Instant::now();
    loop {
        let left = time.map_or(LOOK, |time| time.saturating_sub(begun.elapsed()).min(LOOK));
        match take.recv_timeout(left) {
            Ok(result) => return Ok(result),
            Err(RecvTimeoutError::Disconnected) => {
                return Err(PlanProblem::Engine("a query ended without an answer".to_owned()).into());
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
        if let Some(time) = time.filter(|time| begun.elapsed() >= *time) {
            return Err(PlanProblem::Time(time).into());
        }
        if !goes_on() {
            return Err(PlanProblem::Cancelled.into());
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
