//! Work on several threads, results in the order of the jobs.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// The most threads: reading and delivery are one thread's work and become the limit beyond.
const MOST_THREADS: usize = 8;

/// Jobs in flight per thread: one at work, one waiting.
const JOBS_PER_THREAD: usize = 2;

struct Worker<J, R> {
    jobs: SyncSender<J>,
    results: Receiver<R>,
}

/// Calls `next` until it gives no more jobs, `work` on each in some thread, and `deliver` with each result in the order of the
/// jobs. `next` and `deliver` run on the calling thread. At most [`JOBS_PER_THREAD`] jobs per thread are in memory.
pub(super) fn map<S, J: Send, R: Send>(
    state: impl Fn() -> S + Sync,
    mut next: impl FnMut() -> Option<J>,
    work: impl Fn(&mut S, J) -> R + Sync,
    mut deliver: impl FnMut(R),
) {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                let (jobs, incoming) = sync_channel::<J>(JOBS_PER_THREAD);
                let (outgoing, results) = sync_channel::<R>(JOBS_PER_THREAD);
                let (state, work) = (&state, &work);
                scope.spawn(move || {
                    let mut state = state();
                    while let Ok(job) = incoming.recv() {
                        if outgoing.send(work(&mut state, job)).is_err() {
                            return;
                        }
                    }
                });
                Worker { jobs, results }
            })
            .collect();
        drive(&workers, &mut next, &mut deliver);
    });
}

/// Hands jobs out in turn and takes results in the same turn, so each worker's own order is the whole order.
fn drive<J, R>(workers: &[Worker<J, R>], next: &mut impl FnMut() -> Option<J>, deliver: &mut impl FnMut(R)) {
    let mut outgoing = workers.iter().cycle();
    let mut incoming = workers.iter().cycle();
    let mut in_flight = 0_usize;
    let mut more = true;
    while more || in_flight > 0 {
        if more && in_flight < workers.len() * JOBS_PER_THREAD {
            let sent = next().zip(outgoing.next()).map(|(job, worker)| worker.jobs.send(job));
            match sent {
                Some(Ok(())) => in_flight += 1,
                _ => more = false,
            }
            continue;
        }
        in_flight -= 1;
        if let Some(Ok(result)) = incoming.next().map(|worker| worker.results.recv()) {
            deliver(result);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_jobs() {
        let mut jobs = 0..100_u32;
        let mut seen = Vec::new();
        map(
            || (),
            || jobs.next(),
            |(), job| {
                thread::sleep(std::time::Duration::from_micros(u64::from(job % 7) * 50));
                job
            },
            |result| seen.push(result),
        );
        assert_eq!(seen, (0..100).collect::<Vec<_>>());
    }
}
