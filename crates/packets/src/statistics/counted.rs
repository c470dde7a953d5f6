//! Which packets count, where a filter selects some.
//!
//! The others still belong to their streams: numbers, handshakes and the analysis of TCP are those of the whole capture.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;
use whotalks_record::{IpProtocol, Timestamp};
use whotalks_session::streams::StreamNumber;

use super::streams::StreamRow;
use crate::pass::Batch;

/// The first and the latest packet of a stream.
type Times = (Timestamp, Timestamp);

/// What one worker knows of packets that count.
#[derive(Debug)]
pub(super) struct Counted {
    /// Whether the packet at hand counts.
    pub(super) now: bool,
    /// For each stream of this worker, the packets that count; none where all do. No more than there are streams.
    times: Option<HashMap<(IpProtocol, StreamNumber), Times, FxBuildHasher>>,
}

impl Default for Counted {
    fn default() -> Self {
        Self { now: true, times: None }
    }
}

impl Counted {
    /// Turns to a packet; says whether it counts.
    #[inline]
    pub(super) fn turn_to(&mut self, batch: &Batch, index: usize) -> bool {
        if batch.is_filtered() {
            self.times.get_or_insert_default();
            self.now = batch.is_selected(index);
        }
        self.now
    }

    /// Whether the packet at hand counts, which belongs to a stream.
    #[inline]
    pub(super) fn in_stream(&mut self, protocol: IpProtocol, number: StreamNumber, time: Timestamp) -> bool {
        if let Some(times) = self.times.as_mut().filter(|_| self.now) {
            let (_, last) = times.entry((protocol, number)).or_insert((time, time));
            *last = (*last).max(time);
        }
        self.now
    }

    /// The first and the latest packet of a stream that count, where its first and its latest one are known.
    pub(super) fn times(&self, protocol: IpProtocol, number: StreamNumber, whole: Times) -> Times {
        let Some(times) = &self.times else { return whole };
        times.get(&(protocol, number)).copied().unwrap_or(whole)
    }

    /// Whether a filter selects packets.
    pub(super) const fn is_filtered(&self) -> bool {
        self.times.is_some()
    }
}

/// Whether a packet of a stream counts.
pub(super) const fn is_counted(stream: &StreamRow) -> bool {
    stream.exchange.total().packets > 0
}
