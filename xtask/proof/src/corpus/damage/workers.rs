//! Reads all inputs, on every processor, and notices what panics or hangs.

use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::campaign::{Campaign, Input};

/// How often the readers are looked at.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// After so many failures the rest is no news.
const MOST_VERDICTS: usize = 100;

/// Reads a file; how many packets it holds, or what is wrong.
pub(super) type Reader = fn(&Path) -> Result<u64, String>;

/// How inputs are read.
pub(super) struct Settings<'a> {
    pub(super) reader: Reader,
    /// How long one may take.
    pub(super) longest: Duration,
    /// Where they are written to be read.
    pub(super) folder: &'a Path,
}

/// An input that was not read as it should be.
#[derive(Debug)]
pub(super) struct Verdict {
    pub(super) case: String,
    pub(super) why: String,
    pub(super) bytes: Vec<u8>,
}

/// What came of all inputs.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) held: u64,
    pub(super) packets: u64,
    pub(super) slowest: Duration,
    pub(super) slowest_case: String,
    pub(super) verdicts: Vec<Verdict>,
}

/// What the workers share.
struct Shared {
    campaign: Campaign,
    next: AtomicU64,
    outcome: Mutex<Outcome>,
    /// What each worker reads, and since when.
    current: Vec<Mutex<Option<(u64, Instant)>>>,
}

/// Reads all inputs. A reader that hangs cannot be ended: it is left behind, and so is what was not read by then.
pub(super) fn run(campaign: Campaign, settings: Settings<'_>) -> Outcome {
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    let shared = Arc::new(Shared {
        campaign,
        next: AtomicU64::new(0),
        outcome: Mutex::default(),
        current: (0..workers).map(|_| Mutex::default()).collect(),
    });
    let threads: Vec<_> = (0..workers).map(|worker| start(&shared, worker, &settings)).collect();
    while threads.iter().any(|thread| !thread.is_finished()) {
        if let Some(input) = hanging(&shared, settings.longest) {
            let why = format!("still being read after {} s", settings.longest.as_secs());
            lock(&shared.outcome).add(verdict(input, why));
            break;
        }
        thread::sleep(LOOK_EVERY);
    }
    std::mem::take(&mut lock(&shared.outcome))
}

fn start(shared: &Arc<Shared>, worker: usize, settings: &Settings<'_>) -> JoinHandle<()> {
    let shared = Arc::clone(shared);
    let (reader, path) = (settings.reader, settings.folder.join(format!("input-{worker}")));
    thread::spawn(move || drive(&shared, worker, reader, &path))
}

fn drive(shared: &Shared, worker: usize, reader: Reader, path: &Path) {
    loop {
        let number = shared.next.fetch_add(1, Ordering::Relaxed);
        let Some(input) = shared.campaign.input(number) else {
            return;
        };
        let begun = Instant::now();
        note(shared, worker, Some((number, begun)));
        let read = guarded(reader, path, &input);
        note(shared, worker, None);
        let mut outcome = lock(&shared.outcome);
        outcome.note(begun.elapsed(), &input.case);
        match read {
            Ok(packets) => (outcome.held, outcome.packets) = (outcome.held + 1, outcome.packets + packets),
            Err(why) => outcome.add(verdict(input, why)),
        }
        if outcome.verdicts.len() >= MOST_VERDICTS {
            return;
        }
    }
}

fn note(shared: &Shared, worker: usize, current: Option<(u64, Instant)>) {
    if let Some(place) = shared.current.get(worker) {
        *lock(place) = current;
    }
}

/// What a reader says of an input; what it panics with is wrong, too.
fn guarded(reader: Reader, path: &Path, input: &Input) -> Result<u64, String> {
    std::fs::write(path, &input.bytes).map_err(|error| format!("cannot be written: {error}"))?;
    let read = catch_unwind(AssertUnwindSafe(|| reader(path)));
    read.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        Err(format!("panicked: {}", text.unwrap_or("without a word")))
    })
}

/// An input that is being read for too long.
fn hanging(shared: &Shared, longest: Duration) -> Option<Input> {
    let late = shared.current.iter().find_map(|place| {
        let (number, since) = (*lock(place))?;
        (since.elapsed() > longest).then_some(number)
    });
    shared.campaign.input(late?)
}

fn verdict(input: Input, why: String) -> Verdict {
    Verdict {
        case: input.case,
        why,
        bytes: input.bytes,
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Outcome {
    fn add(&mut self, verdict: Verdict) {
        self.verdicts.push(verdict);
    }

    fn note(&mut self, elapsed: Duration, case: &str) {
        if elapsed > self.slowest {
            (self.slowest, self.slowest_case) = (elapsed, case.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::campaign::Capture;
    use super::*;

    fn outcome(reader: Reader, longest: Duration) -> Outcome {
        let folder = tempfile::tempdir().unwrap();
        let capture = Capture {
            file: "a.pcap".to_owned(),
            bytes: vec![1; 30],
        };
        let settings = Settings {
            reader,
            longest,
            folder: folder.path(),
        };
        run(Campaign::new(vec![capture], 0, 1), settings)
    }

    #[test]
    fn all_inputs_are_read() {
        let outcome = outcome(
            |path| Ok(std::fs::read(path).unwrap().len() as u64),
            Duration::from_secs(60),
        );
        assert_eq!((outcome.held, outcome.packets), (30, (0..30).sum()));
        assert!(outcome.verdicts.is_empty());
    }

    #[test]
    fn a_reader_that_panics_has_failed_on_that_input_alone() {
        let reader: Reader = |path| {
            assert_ne!(std::fs::read(path).unwrap().len(), 7, "seven");
            Ok(0)
        };
        let outcome = outcome(reader, Duration::from_secs(60));
        assert_eq!(outcome.held, 29);
        let [verdict] = outcome.verdicts.as_slice() else {
            panic!("{outcome:?}")
        };
        assert_eq!(verdict.case, "a.pcap cut after 7 bytes");
        assert!(verdict.why.starts_with("panicked") && verdict.why.contains("seven"));
        assert_eq!(verdict.bytes.len(), 7);
    }

    #[test]
    fn a_reader_that_hangs_ends_the_campaign() {
        let reader: Reader = |_| {
            thread::sleep(Duration::from_secs(3_600));
            Ok(0)
        };
        let outcome = outcome(reader, Duration::from_millis(50));
        assert_eq!(outcome.verdicts.len(), 1);
        assert!(
            outcome
                .verdicts
                .iter()
                .all(|verdict| verdict.why.contains("still being read"))
        );
    }
}
