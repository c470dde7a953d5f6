//! Several things at once, where each of them waits for a server.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::Place;
use crate::StoreError;

/// How many requests are under way at a time: enough that a commit of twenty tables takes the time of a few requests.
const AT_ONCE: usize = 8;

impl Place {
    /// What comes of each of several things, in their order: in a folder one after the other, in a bucket several at a time.
    pub(crate) fn each<T: Sync, R: Send>(
        &self,
        things: &[T],
        work: &(dyn Fn(&T) -> Result<R, StoreError> + Sync),
    ) -> Result<Vec<R>, StoreError> {
        match self {
            Self::Folder(_) => things.iter().map(work).collect(),
            Self::Bucket(_) => at_once(things, work),
        }
    }
}

fn at_once<T: Sync, R: Send>(
    things: &[T],
    work: &(dyn Fn(&T) -> Result<R, StoreError> + Sync),
) -> Result<Vec<R>, StoreError> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(thing) = things.get(number) else { return done };
            done.push((number, work(thing)));
        }
    };
    let mut done = thread::scope(|scope| {
        let workers: Vec<_> = (1..AT_ONCE.min(things.len())).map(|_| scope.spawn(take)).collect();
        let mut done = take();
        let workers = workers.into_iter().map(|worker| worker.join());
        // What a worker that panicked has taken is not done.
        done.extend(workers.flat_map(|joined| joined.unwrap_or_else(|panic| resume_unwind(panic))));
        done
    });
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, result)| result).collect()
}
