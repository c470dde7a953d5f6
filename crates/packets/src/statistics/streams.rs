//! What is counted of each TCP and UDP stream.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;
use whotalks_record::{ApplicationProtocol, IpProtocol, Nanoseconds, RecognisedBy, Timestamp};
use whotalks_session::streams::{EndedStreams, Ends, First, Handshake, StreamNumber, Way};

use super::applications::HelloProgress;
use super::counted::{Counted, is_counted};
use super::pairs::Exchange;
use super::totals::Volume;
use crate::select::Subject;

/// A stream's own counters, in few bytes, since there may be millions.
#[derive(Debug, Default)]
pub(super) struct Counters {
    forth: Tight,
    back: Tight,
    /// Segments that were sent before.
    pub(super) retransmissions: u32,
    application: ApplicationProtocol,
    recognised_by: Option<RecognisedBy>,
    pub(super) hello: HelloProgress,
}

/// A volume as far as it fits into half the room; what does not is carried over to [`Carried`].
#[derive(Debug, Default, Clone, Copy)]
struct Tight {
    packets: u32,
    bytes: u32,
}

impl Tight {
    /// Counts a packet; gives what was counted so far where there is no room for it any more.
    #[inline]
    fn add(&mut self, bytes: u32) -> Option<Volume> {
        if let (Some(packets), Some(sum)) = (self.packets.checked_add(1), self.bytes.checked_add(bytes)) {
            *self = Self { packets, bytes: sum };
            return None;
        }
        let full = self.volume();
        *self = Self { packets: 1, bytes };
        Some(full)
    }

    fn volume(self) -> Volume {
        Volume {
            packets: self.packets.into(),
            bytes: self.bytes.into(),
        }
    }
}

impl Counters {
    /// Notes what the stream carries; what is known already is only given up for something known.
    #[inline]
    pub(super) fn recognise(&mut self, protocol: ApplicationProtocol, by: Option<RecognisedBy>) {
        if protocol != ApplicationProtocol::Unknown {
            (self.application, self.recognised_by) = (protocol, by);
        }
    }

    /// Counts a packet; gives what is to be carried over, mostly nothing.
    #[inline]
    pub(super) fn add(&mut self, way: Way, bytes: u32) -> Option<Volume> {
        match way {
            Way::Forth => self.forth.add(bytes),
            Way::Back => self.back.add(bytes),
        }
    }
}

/// What the counters of streams had no room for. Each entry stands for four gibibytes of packets.
#[derive(Debug, Default)]
pub(super) struct Carried {
    volumes: HashMap<(IpProtocol, StreamNumber), [Volume; 2], FxBuildHasher>,
}

impl Carried {
    /// Carries over what a stream sent one way.
    #[cold]
    pub(super) fn add(&mut self, protocol: IpProtocol, number: StreamNumber, way: Way, volume: Volume) {
        let [forth, back] = self.volumes.entry((protocol, number)).or_default();
        let carried = if way == Way::Forth { forth } else { back };
        *carried = carried.with(volume);
    }

    /// What was carried over of a stream, forth and back.
    fn of(&self, protocol: IpProtocol, number: StreamNumber) -> [Volume; 2] {
        self.volumes.get(&(protocol, number)).copied().unwrap_or_default()
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
    /// The stream as a case knows it again; the capture began at `start`.
    #[must_use]
    pub fn subject(&self, start: Option<Timestamp>) -> Subject {
        Subject {
            ends: self.ends,
            protocol: self.protocol,
            time: start.map(|start| start + self.exchange.first),
        }
    }

    /// Where it stands among all streams of its protocol.
    pub(super) const fn first(&self) -> First {
        self.first
    }

    /// The number of the first packet of the capture that belongs to it.
    #[must_use]
    pub fn first_packet(&self) -> u64 {
        self.first.frame.into()
    }

    /// With what one worker counted of it.
    fn with(mut self, counters: &Counters, carried: &Carried) -> Self {
        let [forth, back] = carried.of(self.protocol, self.number);
        self.exchange.forth = counters.forth.volume().with(forth);
        self.exchange.back = counters.back.volume().with(back);
        self.retransmissions = counters.retransmissions;
        (self.application, self.recognised_by) = (counters.application, counters.recognised_by);
        self
    }
}

/// The streams of one worker when all packets were seen.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) streams: EndedStreams<Counters>,
    pub(super) counted: Counted,
    pub(super) carried: Carried,
    /// When the capture began.
    pub(super) start: Timestamp,
}

impl Kept {
    /// The rows of TCP or of UDP; their numbers are those of the worker and count only once the rows of all workers are in order.
    pub(super) fn rows(&self, protocol: IpProtocol) -> Box<dyn Iterator<Item = StreamRow> + '_> {
        if protocol == IpProtocol::TCP {
            Box::new(self.streams.tcp_streams().map(|stream| {
                let times = (stream.first_time, stream.last_time);
                let row = self.row(IpProtocol::TCP, stream.number, stream.ends, stream.first, times);
                StreamRow {
                    handshake: stream.handshake,
                    ..row.with(stream.data, &self.carried)
                }
            }))
        } else {
            Box::new(self.streams.udp_streams().map(|stream| {
                let times = (stream.first_time, stream.last_time);
                let row = self.row(IpProtocol::UDP, stream.number, stream.ends, stream.first, times);
                row.with(stream.data, &self.carried)
            }))
        }
    }

    /// The rows of both of which a packet counts.
    pub(super) fn counted(&self) -> impl Iterator<Item = StreamRow> {
        let rows = self.rows(IpProtocol::TCP).chain(self.rows(IpProtocol::UDP));
        rows.filter(|row| !self.counted.is_filtered() || is_counted(row))
    }

    fn row(
        &self,
        protocol: IpProtocol,
        number: StreamNumber,
        ends: Ends,
        first: First,
        times: (Timestamp, Timestamp),
    ) -> StreamRow {
        let times = self.counted.times(protocol, number, times);
        StreamRow {
            protocol,
            number,
            ends,
            exchange: Exchange {
                forth: Volume::default(),
                back: Volume::default(),
                first: times.0 - self.start,
                last: times.1 - self.start,
            },
            retransmissions: 0,
            handshake: None,
            application: ApplicationProtocol::Unknown,
            recognised_by: None,
            first,
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_of_many_gibibytes_is_counted_to_the_byte() {
        let (mut counters, mut carried) = (Counters::default(), Carried::default());
        let number = StreamNumber(7);
        for _ in 0..5 {
            if let Some(full) = counters.add(Way::Back, u32::MAX - 1) {
                carried.add(IpProtocol::TCP, number, Way::Back, full);
            }
        }
        let [forth, back] = carried.of(IpProtocol::TCP, number);
        let back = back.with(counters.back.volume());
        assert_eq!((back.packets, back.bytes), (5, 5 * u64::from(u32::MAX - 1)));
        assert_eq!(forth, Volume::default());
    }

    #[test]
    fn the_counters_of_a_stream_are_small() {
        assert!(size_of::<Counters>() <= 24);
    }
}
