//! `cargo xtask corpus --packets`: the display filters of a list, over every capture, against tshark 4.0.

mod ours;
mod tshark;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use xtask::error::Result;
use xtask::output::say;

use super::differences::Differences;
use crate::proof::Proof;

/// The filters, one a line; `#` begins a comment.
const LIST: &str = include_str!("../../data/display-filters.txt");

/// The least share of pairs of a capture and a filter that agree.
const LEAST_SHARE: f64 = 0.995;

/// The most frames that a difference names.
const MOST_NAMED_FRAMES: usize = 5;

/// The numbers of the frames that pass a filter; none where it is no filter.
type Frames = Option<BTreeSet<u32>>;

/// What is compared of a capture: per filter, what tshark says and what whotalks says.
type Compared = Vec<(Frames, Frames)>;

/// Compares the frames that pass each filter. `kept` is a folder for what tshark says.
pub(super) fn compare(corpus: &Path, files: &[String], kept: Option<&Path>, proof: &mut Proof) -> Result {
    if let Err(reason) = tshark::is_there() {
        say(&format!("corpus: display filters: skipped: {reason}"));
        return Ok(());
    }
    let filters: Vec<&str> = list().collect();
    let captures: Vec<&String> = files.iter().filter(|file| file.starts_with("pcap/")).collect();
    let compared = all(&captures, |file| one(&corpus.join(file), &filters, kept))?;
    let differences = Differences::read()?;
    let mut tally = Tally::default();
    for (file, pairs) in captures.iter().zip(&compared) {
        for (filter, (expected, actual)) in filters.iter().zip(pairs) {
            let figure = format!("filter {filter}");
            let outcome = difference(expected, actual).map_or(Ok(()), Err);
            let is_explained = differences.explain(file, &figure).is_some();
            tally.add(outcome.is_ok(), is_explained);
            proof.case(&format!("{file} {figure}"), outcome);
        }
    }
    tally.judge(proof);
    Ok(())
}

/// The filters of the list.
pub(super) fn list() -> impl Iterator<Item = &'static str> {
    LIST.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// How many pairs agree.
#[derive(Default)]
struct Tally {
    agree: u64,
    explained: u64,
    unexplained: u64,
}

impl Tally {
    fn add(&mut self, agrees: bool, is_explained: bool) {
        let count = match (agrees, is_explained) {
            (true, _) => &mut self.agree,
            (false, true) => &mut self.explained,
            (false, false) => &mut self.unexplained,
        };
        *count += 1;
    }

    fn judge(&self, proof: &mut Proof) {
        let total = self.agree + self.explained + self.unexplained;
        let share = if total == 0 {
            1.0
        } else {
            self.agree as f64 / total as f64
        };
        say(&format!(
            "corpus: display filters: {} of {total} pairs of a capture and a filter agree with tshark ({:.3} %), {} differ \
             explained, {} unexplained",
            self.agree,
            share * 100.0,
            self.explained,
            self.unexplained
        ));
        proof.figure("filter_pairs", total as f64);
        proof.figure("filter_agreement_share", share);
        proof.figure("filter_unexplained_differences", self.unexplained as f64);
        let target = format!(
            "{:.3} % of the pairs of a capture and a filter agree, wanted 99.5 %",
            share * 100.0
        );
        proof.require(share >= LEAST_SHARE, target);
    }
}

/// Compares all captures, several at a time; the outcomes are in the order of the captures.
fn all<T: Sync>(captures: &[T], compare: impl Fn(&T) -> Result<Compared> + Sync) -> Result<Vec<Compared>> {
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(Vec::new());
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some((place, capture)) = take(&next, captures) {
                    let outcome = compare(capture);
                    // A lock is poisoned only where a worker panicked, which ends the program anyway.
                    if let Ok(mut outcomes) = outcomes.lock() {
                        outcomes.push((place, outcome));
                    }
                }
            });
        }
    });
    let mut outcomes = outcomes.into_inner().unwrap_or_default();
    outcomes.sort_by_key(|(place, _)| *place);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

fn take<'a, T>(next: &AtomicUsize, captures: &'a [T]) -> Option<(usize, &'a T)> {
    let place = next.fetch_add(1, Ordering::Relaxed);
    captures.get(place).map(|capture| (place, capture))
}

fn one(capture: &Path, filters: &[&str], kept: Option<&Path>) -> Result<Compared> {
    let expected = tshark::frames(capture, filters, kept)?;
    let actual = ours::frames(capture, filters);
    Ok(expected.into_iter().zip(actual).collect())
}

/// How the frames differ.
fn difference(expected: &Frames, actual: &Frames) -> Option<String> {
    match (expected, actual) {
        (Some(expected), Some(actual)) => {
            let missing = named("missing", expected.difference(actual));
            let extra = named("extra", actual.difference(expected));
            let parts: Vec<_> = [missing, extra].into_iter().flatten().collect();
            (!parts.is_empty()).then(|| format!("{} frames expected, {}", expected.len(), parts.join(", ")))
        }
        (None, None) => None,
        (Some(_), None) => Some("no filter for whotalks".to_owned()),
        (None, Some(_)) => Some("no filter for tshark".to_owned()),
    }
}

fn named<'a>(what: &str, frames: impl Iterator<Item = &'a u32>) -> Option<String> {
    let frames: Vec<_> = frames.map(u32::to_string).collect();
    let shown = frames
        .iter()
        .take(MOST_NAMED_FRAMES)
        .cloned()
        .collect::<Vec<_>>()
        .join(" ");
    let more = if frames.len() > MOST_NAMED_FRAMES { " …" } else { "" };
    (!frames.is_empty()).then(|| format!("{} {what}: {shown}{more}", frames.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_holds_at_least_120_different_filters_and_whotalks_takes_each() {
        let filters: BTreeSet<_> = list().collect();
        assert!(
            filters.len() >= 120 && filters.len() == list().count(),
            "{}",
            filters.len()
        );
        for filter in filters {
            let compiled = whotalks_filter::Filter::compile(filter);
            assert!(compiled.is_ok(), "{filter}: {:?}", compiled.err());
        }
    }

    #[test]
    fn a_difference_names_frames_on_both_sides() {
        let frames = |numbers: &[u32]| Some(numbers.iter().copied().collect::<BTreeSet<_>>());
        assert_eq!(difference(&frames(&[1, 2]), &frames(&[1, 2])), None);
        let told = difference(&frames(&[1, 2]), &frames(&[2, 3]));
        assert_eq!(told.as_deref(), Some("2 frames expected, 1 missing: 1, 1 extra: 3"));
        assert!(difference(&frames(&[]), &None).is_some());
        assert_eq!(difference(&None, &None), None);
    }

    #[test]
    fn outcomes_keep_the_order_of_the_captures() {
        let captures: Vec<u32> = (0..50).collect();
        let outcomes = all(&captures, |number| {
            let frames: Frames = Some(BTreeSet::from([*number]));
            Ok(vec![(frames.clone(), frames)])
        });
        let numbers: Vec<_> = outcomes
            .unwrap()
            .into_iter()
            .flatten()
            .flat_map(|(frames, _)| frames.unwrap())
            .collect();
        assert_eq!(numbers, captures);
    }
}
