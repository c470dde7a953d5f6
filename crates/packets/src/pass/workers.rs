//! Several workers over one capture.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use whotalks_record::Timestamp;

use super::{Batch, Batches};

/// Batches that may be in memory for each worker. One that is read, one that is worked on, and some for the worker that
/// lags behind.
const BATCHES_PER_WORKER: u64 = 4;

/// What one worker does with the packets.
pub trait Work: Send {
    /// What is computed once for a batch, by any worker, and seen by all of them.
    type Summary: Default + Send + Sync;
    /// What it has to show in the end.
    type Outcome: Send;

    /// Looks at a batch before anything is known of the batches before it. `summary` holds that of another batch, whose memory
    /// can be used again.
    fn summarise(&mut self, batch: &Batch, summary: &mut Self::Summary);

    /// Takes its share of a batch. Every worker gets every batch, in the order of the capture.
    fn take(&mut self, batch: &Batch, summary: &Self::Summary);

    /// Puts in order what it counted, still on its own thread.
    fn finish(self) -> Self::Outcome;
}

/// Brings all batches to all workers, each on a thread of its own, and gives what they have to show.
pub fn run<W: Work>(batches: &mut dyn Batches, workers: Vec<W>) -> Vec<W::Outcome> {
    let queue = &Queue::new(batches, workers.len());
    thread::scope(|scope| {
        let threads: Vec<_> = workers
            .into_iter()
            .enumerate()
            .map(|(index, worker)| scope.spawn(move || drive(worker, index, queue)))
            .collect();
        // A worker that panicked is a defect of ours; the others' work is of no use without its share.
        let join = |thread: thread::ScopedJoinHandle<'_, W::Outcome>| {
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        threads.into_iter().map(join).collect()
    })
}

fn drive<W: Work>(mut worker: W, index: usize, queue: &Queue<'_, W::Summary>) -> W::Outcome {
    loop {
        match queue.next_task(index) {
            Task::Read => queue.read(&mut worker),
            Task::Take(ready) => {
                worker.take(&ready.batch, &ready.summary);
                queue.taken(index, ready);
            }
            Task::End => return worker.finish(),
        }
    }
}

/// A batch that is ready to be taken by all.
#[derive(Default)]
struct Ready<S> {
    batch: Batch,
    summary: S,
}

enum Task<S> {
    Read,
    Take(Arc<Ready<S>>),
    End,
}

/// What the workers share.
struct Queue<'a, S> {
    source: Mutex<Source<'a>>,
    state: Mutex<State<S>>,
    changed: Condvar,
    most_in_flight: u64,
}

struct Source<'a> {
    batches: &'a mut dyn Batches,
    /// The number of the next batch.
    next: u64,
    /// When the capture began.
    start: Option<Timestamp>,
}

struct State<S> {
    /// Batches from `oldest` on; none where one is still being summarised.
    slots: VecDeque<Option<Arc<Ready<S>>>>,
    oldest: u64,
    /// The number of the next batch that each worker takes.
    wanted: Vec<u64>,
    /// Batches that were begun to be read.
    begun: u64,
    /// Somebody is reading.
    reading: bool,
    /// How many batches there are, once that is known.
    total: Option<u64>,
    /// What was taken by all, whose memory is used again.
    spare: Vec<Ready<S>>,
}

impl<'a, S: Default> Queue<'a, S> {
    fn new(batches: &'a mut dyn Batches, workers: usize) -> Self {
        Self {
            source: Mutex::new(Source {
                batches,
                next: 0,
                start: None,
            }),
            state: Mutex::new(State {
                slots: VecDeque::new(),
                oldest: 0,
                wanted: vec![0; workers],
                begun: 0,
                reading: false,
                total: None,
                spare: Vec::new(),
            }),
            changed: Condvar::new(),
            most_in_flight: BATCHES_PER_WORKER * workers as u64,
        }
    }

    fn state(&self) -> MutexGuard<'_, State<S>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the worker does next: take a batch that is ready, else read one, else wait.
    fn next_task(&self, worker: usize) -> Task<S> {
        let mut state = self.state();
        loop {
            if let Some(ready) = state.ready_for(worker) {
                return Task::Take(ready);
            }
            if state.is_finished(worker) {
                return Task::End;
            }
            if state.total.is_none() && !state.reading && state.begun - state.oldest < self.most_in_flight {
                (state.reading, state.begun) = (true, state.begun + 1);
                return Task::Read;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Reads the next batch, lets the next worker read, and summarises it.
    fn read<W: Work<Summary = S>>(&self, worker: &mut W) {
        let mut ready = self.state().spare.pop().unwrap_or_default();
        let number = {
            let mut source = self.source.lock().unwrap_or_else(PoisonError::into_inner);
            let found = source.batches.next(&mut ready.batch);
            source.start = ready.batch.set_start(source.start);
            let number = source.next;
            source.next += 1;
            found.then_some(number)
        };
        self.finished_reading(number.is_none());
        if let Some(number) = number {
            worker.summarise(&ready.batch, &mut ready.summary);
            self.publish(number, ready);
        }
    }

    fn finished_reading(&self, at_end: bool) {
        let mut state = self.state();
        state.reading = false;
        if at_end {
            state.begun -= 1;
            state.total = Some(state.begun);
        }
        self.changed.notify_all();
    }

    fn publish(&self, number: u64, ready: Ready<S>) {
        let mut state = self.state();
        let place = usize::try_from(number - state.oldest).unwrap_or(usize::MAX);
        while state.slots.len() <= place {
            state.slots.push_back(None);
        }
        if let Some(slot) = state.slots.get_mut(place) {
            *slot = Some(Arc::new(ready));
        }
        self.changed.notify_all();
    }

    /// Notes that a worker is done with a batch; the last one to be done frees it.
    fn taken(&self, worker: usize, ready: Arc<Ready<S>>) {
        let mut state = self.state();
        if let Some(wanted) = state.wanted.get_mut(worker) {
            *wanted += 1;
        }
        let slowest = state.wanted.iter().copied().min().unwrap_or_default();
        while state.oldest < slowest {
            state.slots.pop_front();
            state.oldest += 1;
        }
        if let Some(ready) = Arc::into_inner(ready) {
            state.spare.push(ready);
        }
        self.changed.notify_all();
    }
}

impl<S> State<S> {
    fn ready_for(&self, worker: usize) -> Option<Arc<Ready<S>>> {
        let place = self.wanted.get(worker)?.checked_sub(self.oldest)?;
        self.slots.get(usize::try_from(place).ok()?)?.clone()
    }

    fn is_finished(&self, worker: usize) -> bool {
        self.total.is_some() && self.wanted.get(worker).copied() == self.total
    }
}
