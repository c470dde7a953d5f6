//! What is counted of each TCP and UDP stream.

use whotalks_record::{ApplicationProtocol, IpProtocol, Nanoseconds, RecognisedBy, Timestamp};
use whotalks_session::streams::{Ends, First, Handshake, StreamNumber, Way};

use super::applications::HelloProgress;
use super::pairs::Exchange;
use super::totals::Volume;

/// A stream's own counters.
#[derive(Default)]
pub(super) struct Counters {
    pub(super) forth: Volume,
    pub(super) back: Volume,
    /// Segments that were sent before.
    pub(super) retransmissions: u32,
    application: ApplicationProtocol,
    recognised_by: Option<RecognisedBy>,
    pub(super) hello: HelloProgress,
}

impl Counters {
    /// Notes what the stream carries; what is known already is only given up for something known.
    #[inline]
    pub(super) fn recognise(&mut self, protocol: ApplicationProtocol, by: Option<RecognisedBy>) {
        if protocol != ApplicationProtocol::Unknown {
            (self.application, self.recognised_by) = (protocol, by);
        }
    }

    #[inline]
    pub(super) fn add(&mut self, way: Way, bytes: u32) {
        match way {
            Way::Forth => self.forth.add(bytes),
            Way::Back => self.back.add(bytes),
        }
    }
}

/// One TCP or UDP stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamRow {
    /// TCP or UDP.
    pub protocol: IpProtocol,
    /// Its number: Wireshark's `tcp.stream` or `udp.stream`.
    pub number: StreamNumber,
    /// From whom to whom its first packet went.
    pub ends: Ends,
    /// What went each way, and when.
    pub exchange: Exchange,
    /// Segments that were sent before.
    pub retransmissions: u32,
    /// The times of the handshake, if all of it was captured.
    pub handshake: Option<Handshake>,
    /// What it carries.
    pub application: ApplicationProtocol,
    /// How that is known; none where it is not.
    pub recognised_by: Option<RecognisedBy>,
    pub(super) first: First,
}

impl StreamRow {
    /// The row of one worker's stream; its number counts only once the rows of all workers are in order.
    pub(super) fn new(
        protocol: IpProtocol,
        ends: Ends,
        first: First,
        times: (Timestamp, Timestamp),
        start: Timestamp,
        counters: &Counters,
    ) -> Self {
        Self {
            protocol,
            number: StreamNumber::default(),
            ends,
            exchange: Exchange {
                forth: counters.forth,
                back: counters.back,
                first: times.0 - start,
                last: times.1 - start,
            },
            retransmissions: counters.retransmissions,
            handshake: None,
            application: counters.application,
            recognised_by: counters.recognised_by,
            first,
        }
    }
}

/// Puts the streams of all workers in the order of the capture and numbers them.
pub(super) fn number(rows: &mut [StreamRow]) {
    // The sort that keeps the order of equals finds the runs that are in order already.
    rows.sort_by_key(|row| row.first);
    for (number, row) in (0..).zip(rows) {
        row.number = StreamNumber(number);
    }
}

/// Since the start of the capture; 0 where packets have no time.
#[inline]
pub(super) fn since(start: Option<Timestamp>, time: Option<Timestamp>) -> Nanoseconds {
    match (start, time) {
        (Some(start), Some(time)) => time - start,
        _ => Nanoseconds::default(),
    }
}
