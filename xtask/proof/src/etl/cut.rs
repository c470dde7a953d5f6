//! Traces cut short: a part of the events of the whole, in order, never a panic.

use std::path::PathBuf;

use whotalks_etl::{Event, EventSink, read_events};
use whotalks_record::{EvidenceId, Issue, Timestamp};
use xtask::error::{Error, Result};

use crate::proof::Proof;

/// How many traces are cut: the smallest ones.
const TRACES: usize = 2;

/// Cuts the smallest traces at every `every`th byte.
pub(super) fn prove(traces: &[PathBuf], every: usize, proof: &mut Proof) -> Result {
    let mut smallest = Vec::new();
    for trace in traces {
        smallest.push((std::fs::read(trace).map_err(Error::reading(trace))?, trace));
    }
    smallest.sort_by_key(|(bytes, _)| bytes.len());
    for (bytes, trace) in smallest.iter().take(TRACES) {
        let whole = Places::of(bytes);
        let name = trace.file_name().unwrap_or_default().to_string_lossy();
        let mut wrong = Vec::new();
        for length in (0..bytes.len()).step_by(every) {
            let cut = Places::of(bytes.get(..length).unwrap_or_default());
            if !cut.is_part_of(&whole) {
                wrong.push(length);
            }
        }
        let outcome = match wrong.first() {
            None => Ok(()),
            Some(first) => Err(format!("{} cuts give other events, the first at {first}", wrong.len())),
        };
        proof.case(&format!("{name} cut short"), outcome);
        proof.figure(format!("{name}_cuts"), bytes.len().div_ceil(every) as f64);
    }
    Ok(())
}

/// Where events lie and when they were written.
#[derive(Default)]
struct Places(Vec<(u64, Option<Timestamp>)>);

impl Places {
    fn of(bytes: &[u8]) -> Self {
        let mut places = Self::default();
        read_events(&mut &*bytes, EvidenceId(1), &mut places);
        places
    }

    /// Whether the events are some of `whole`, in the same order.
    fn is_part_of(&self, whole: &Self) -> bool {
        let mut rest = whole.0.iter();
        self.0.iter().all(|place| rest.any(|other| other == place))
    }
}

impl EventSink for Places {
    fn event(&mut self, event: &Event<'_>) {
        self.0.push((event.span.offset, event.time));
    }

    fn issue(&mut self, _: Issue) {}
}
