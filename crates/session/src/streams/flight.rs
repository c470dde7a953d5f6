//! Segments that are not yet acknowledged: what an acknowledgment is for, how long it took, how much is on its way.

use std::collections::VecDeque;

use whotalks_record::{Nanoseconds, Timestamp};
use whotalks_wire::transport::tcp::Flags;

use super::findings::Findings;
use super::side::{SYN_OR_FIN, SegmentHeader};
use crate::reassembly::distance;

/// Segments of one direction that are remembered; Wireshark's bound.
const MOST_SEGMENTS: usize = 10_000;
/// More than this on its way is a mistake.
const MOST_BYTES_IN_FLIGHT: u32 = 2_000_000_000;
/// Blocks of a selective acknowledgment (RFC 2018 3) that count; beside timestamps no more fit into the options.
const MOST_BLOCKS: usize = 3;

/// What a segment acknowledges, and what is on its way after it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Flight {
    /// The frame that it acknowledges (`tcp.analysis.acks_frame`).
    pub acknowledged_frame: Option<u32>,
    /// How long that took (`tcp.analysis.ack_rtt`).
    pub round_trip: Option<Nanoseconds>,
    /// Bytes that this direction sent and that are not acknowledged (`tcp.analysis.bytes_in_flight`).
    pub bytes_in_flight: Option<u32>,
    /// Bytes sent since the last PSH (`tcp.analysis.push_bytes_sent`).
    pub bytes_since_push: Option<u32>,
    /// Since the segment that is sent again (`tcp.analysis.rto`).
    pub retransmission_timeout: Option<Nanoseconds>,
    /// The frame of that segment (`tcp.analysis.rto_frame`).
    pub retransmitted_frame: Option<u32>,
    /// The frame that acknowledged the same first (`tcp.analysis.duplicate_ack_frame`).
    pub duplicate_of: Option<u32>,
    /// What is on its way was counted.
    is_tracked: bool,
}

impl Flight {
    /// Whether Wireshark shows anything of it.
    #[must_use]
    pub const fn is_shown(&self) -> bool {
        self.acknowledged_frame.is_some() || self.is_tracked
    }
}

/// A segment on its way.
#[derive(Debug, Clone, Copy)]
struct Sent {
    frame: u32,
    start: u32,
    end: u32,
    time: Timestamp,
}

/// One direction.
#[derive(Debug)]
pub(crate) struct Lane {
    /// Oldest first.
    sent: VecDeque<Sent>,
    /// From the first to after the last of their numbers; none when that is to be counted again.
    extent: Option<(u32, u32)>,
    last_new_acknowledgment: u32,
    newest_frame: u32,
    bytes_since_push: u32,
    /// Bytes that the last segment of this direction acknowledged selectively.
    selected: u32,
    pushed_last: bool,
    /// Nothing is known to be missing.
    is_whole: bool,
}

impl Default for Lane {
    fn default() -> Self {
        Self {
            sent: VecDeque::new(),
            extent: None,
            last_new_acknowledgment: 0,
            newest_frame: 0,
            bytes_since_push: 0,
            selected: 0,
            pushed_last: false,
            is_whole: true,
        }
    }
}

/// A segment and where it lies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Event {
    pub(crate) segment: SegmentHeader,
    pub(crate) findings: Findings,
    pub(crate) frame: u32,
    pub(crate) time: Timestamp,
    /// What the direction's state was before.
    pub(crate) base: u32,
    pub(crate) last_acknowledgment: u32,
    pub(crate) next_time: Timestamp,
    /// It is the newest by its number.
    pub(crate) is_newest: bool,
}

impl Event {
    const fn relative(&self, number: u32) -> u32 {
        number.wrapping_sub(self.base)
    }
}

/// Takes in a segment of `forth`.
pub(super) fn track(forth: &mut Lane, back: &mut Lane, event: &Event) -> Flight {
    let segment = &event.segment;
    back.is_whole |= segment.has_any(Flags::ACK);
    forth.is_whole &= !event.findings.any(Findings::LOST_SEGMENT);
    let mut flight = Flight {
        duplicate_of: event
            .findings
            .any(Findings::DUPLICATE_ACK)
            .then_some(forth.last_new_acknowledgment),
        ..Flight::default()
    };
    if segment.acknowledgment != event.last_acknowledgment {
        forth.last_new_acknowledgment = event.frame;
    }
    if event.findings.any(Findings::RETRANSMISSION) {
        forth.sent_before(event, &mut flight);
    }
    forth.send(event);
    back.acknowledge(event, &mut flight);
    forth.in_flight(event, back.selected, &mut flight);
    flight
}

impl Lane {
    /// Remembers how much a segment of this direction acknowledges selectively.
    pub(super) fn select(&mut self, blocks: impl Iterator<Item = (u32, u32)>) {
        self.selected = blocks
            .take(MOST_BLOCKS)
            .fold(0, |sum, (left, right)| sum.wrapping_add(right.wrapping_sub(left)));
    }

    /// Finds what is sent again: the oldest segment that is not acknowledged, or the newest of all.
    fn sent_before(&self, event: &Event, flight: &mut Flight) {
        let oldest = self.sent.front().map(|sent| (sent.frame, sent.time));
        let (frame, time) = oldest.unwrap_or((self.newest_frame, event.next_time));
        let waited = event.time - time;
        if waited != Nanoseconds::ZERO {
            flight.retransmission_timeout = Some(waited);
            flight.retransmitted_frame = Some(frame);
        }
    }

    fn send(&mut self, event: &Event) {
        if event.segment.advances() && self.sent.len() < MOST_SEGMENTS {
            let (start, end) = (
                event.relative(event.segment.sequence),
                event.relative(event.segment.end()),
            );
            self.extent = match self.extent {
                Some((first, last)) => Some((first.min(start), last.max(end))),
                None if self.sent.is_empty() => Some((start, end)),
                None => None,
            };
            self.sent.push_back(Sent {
                frame: event.frame,
                start: event.segment.sequence,
                end: event.segment.end(),
                time: event.time,
            });
        }
        if event.is_newest {
            self.newest_frame = event.frame;
        }
    }

    /// Lets go what the other side acknowledges.
    fn acknowledge(&mut self, event: &Event, flight: &mut Flight) {
        let acknowledgment = event.segment.acknowledgment;
        // Newest first, so that of several that end there the oldest one counts.
        for sent in self.sent.iter().rev().filter(|sent| sent.end == acknowledgment) {
            let waited = event.time - sent.time;
            flight.acknowledged_frame = Some(sent.frame);
            flight.round_trip = (waited != Nanoseconds::ZERO).then_some(waited);
        }
        let mut is_changed = false;
        self.sent.retain_mut(|sent| {
            if distance(sent.end, acknowledgment) <= 0 {
                is_changed = true;
                return false;
            }
            if distance(acknowledgment, sent.start) > 0 {
                is_changed = true;
                sent.start = acknowledgment;
            }
            true
        });
        if is_changed {
            self.extent = None;
        }
    }

    fn in_flight(&mut self, event: &Event, selected: u32, flight: &mut Flight) {
        let segment = &event.segment;
        if segment.data_bytes == 0 || !self.is_whole {
            return;
        }
        if self.extent.is_none() {
            self.extent = self.measure(event);
        }
        let Some((first, last)) = self.extent else { return };
        let bytes = last.wrapping_sub(first).wrapping_sub(selected);
        let bytes = Some(bytes).filter(|bytes| (1..MOST_BYTES_IN_FLIGHT).contains(bytes));
        let virtual_byte = u32::from(segment.has_any(SYN_OR_FIN));
        self.push(segment);
        flight.bytes_in_flight = bytes.map(|bytes| bytes - virtual_byte).filter(|bytes| *bytes > 0);
        flight.bytes_since_push = flight.bytes_in_flight.map(|_| self.bytes_since_push);
        flight.is_tracked = true;
    }

    fn measure(&self, event: &Event) -> Option<(u32, u32)> {
        let first = self.sent.iter().map(|sent| event.relative(sent.start)).min()?;
        let last = self.sent.iter().map(|sent| event.relative(sent.end)).max()?;
        Some((first, last))
    }

    fn push(&mut self, segment: &SegmentHeader) {
        let pushes = segment.has_any(Flags::PSH);
        self.bytes_since_push = if self.pushed_last {
            segment.data_bytes
        } else {
            self.bytes_since_push.wrapping_add(segment.data_bytes)
        };
        self.pushed_last = pushes;
    }
}
