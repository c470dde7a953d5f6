//! One conversation being played: it knows the clock, the sequence numbers and the two ends, and collects the packets as
//! a card on the local host sees them.

use crate::clock::MICROSECOND;
use crate::packet::{Frame, Link, Segment, TcpFlags, tcp_frame, udp_frame};
use crate::random::Random;
use crate::scenario::model::Packet;
use std::net::SocketAddr;

/// Who sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Local,
    Remote,
}

impl Side {
    fn other(self) -> Self {
        match self {
            Self::Local => Self::Remote,
            Self::Remote => Self::Local,
        }
    }
}

/// Where and when a conversation takes place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stage {
    pub(crate) local: SocketAddr,
    pub(crate) remote: SocketAddr,
    pub(crate) local_mac: [u8; 6],
    pub(crate) remote_mac: [u8; 6],
    pub(crate) begins_ns: i64,
    pub(crate) round_trip_ns: i64,
}

/// Payload of one segment on an Ethernet path: 1460 over IPv4, 1440 over IPv6.
fn segment_size(stage: &Stage) -> usize {
    if stage.local.is_ipv4() { 1_460 } else { 1_440 }
}

#[derive(Debug)]
pub(crate) struct Talk {
    stage: Stage,
    clock_ns: i64,
    last_sender: Side,
    next_local: u32,
    next_remote: u32,
    identification: u16,
    random: Random,
    packets: Vec<Packet>,
}

impl Talk {
    pub(crate) fn new(stage: Stage, mut random: Random) -> Self {
        let (numbers, identification) = (random.bits(), u16::try_from(random.below(60_000)).unwrap_or(0));
        Self {
            stage,
            clock_ns: stage.begins_ns,
            last_sender: Side::Local,
            next_local: u32::try_from(numbers >> 32).unwrap_or(0),
            next_remote: u32::try_from(numbers & 0xffff_ffff).unwrap_or(0),
            identification,
            random,
            packets: Vec::new(),
        }
    }

    pub(crate) fn random(&mut self) -> &mut Random {
        &mut self.random
    }

    pub(crate) fn now_ns(&self) -> i64 {
        self.clock_ns
    }

    /// Lets time pass.
    pub(crate) fn wait(&mut self, length_ns: i64) {
        self.clock_ns = self.clock_ns.saturating_add(length_ns);
    }

    pub(crate) fn into_packets(self) -> Vec<Packet> {
        self.packets
    }

    /// SYN, SYN/ACK, ACK.
    pub(crate) fn handshake(&mut self, opener: Side) {
        self.open_only(opener);
        self.segment(opener.other(), TcpFlags::SYN_ACK, &[], false);
        self.advance(opener.other(), 1);
        self.segment(opener, TcpFlags::ACK, &[], false);
    }

    /// A SYN alone; a further one is a retransmission when `rewind` was called before.
    pub(crate) fn open_only(&mut self, opener: Side) {
        self.segment(opener, TcpFlags::SYN, &[], false);
        self.advance(opener, 1);
    }

    /// Takes the last byte of the opener back, so that the next SYN repeats the one before.
    pub(crate) fn rewind(&mut self, opener: Side) {
        self.advance(opener, u32::MAX);
    }

    /// Sends the payload in segments and has every second one acknowledged.
    pub(crate) fn send(&mut self, sender: Side, payload: &[u8]) {
        self.send_marked(sender, payload, 0);
    }

    /// Sends a payload without which the name of the flow cannot be read.
    pub(crate) fn send_naming(&mut self, sender: Side, payload: &[u8]) {
        self.send_marked(sender, payload, payload.len());
    }

    /// Sends a payload of which that many leading bytes are needed to read the name of the flow.
    pub(crate) fn send_naming_up_to(&mut self, sender: Side, payload: &[u8], needed: usize) {
        self.send_marked(sender, payload, needed);
    }

    fn send_marked(&mut self, sender: Side, payload: &[u8], needed: usize) {
        let size = segment_size(&self.stage);
        let count = payload.len().div_ceil(size);
        for (index, chunk) in payload.chunks(size).enumerate() {
            let flags = if index + 1 == count {
                TcpFlags::PUSH_ACK
            } else {
                TcpFlags::ACK
            };
            self.segment(sender, flags, chunk, index * size < needed);
            self.advance(sender, u32::try_from(chunk.len()).unwrap_or(0));
            if index % 2 == 1 || index + 1 == count {
                self.segment(sender.other(), TcpFlags::ACK, &[], false);
            }
        }
    }

    /// FIN, ACK, FIN, ACK begun by that side.
    pub(crate) fn close(&mut self, first: Side) {
        for side in [first, first.other()] {
            self.segment(side, TcpFlags::FIN_ACK, &[], false);
            self.advance(side, 1);
            self.segment(side.other(), TcpFlags::ACK, &[], false);
        }
    }

    /// RST that ends an established connection.
    pub(crate) fn reset(&mut self, sender: Side) {
        self.segment(sender, TcpFlags::RST, &[], false);
    }

    /// RST/ACK that refuses a SYN.
    pub(crate) fn refuse(&mut self, sender: Side) {
        self.segment(sender, TcpFlags::RST_ACK, &[], false);
    }

    /// A data segment that comes after the connection was closed.
    pub(crate) fn late_segment(&mut self, sender: Side) {
        self.segment(sender, TcpFlags::ACK, &[], false);
    }

    /// One UDP datagram.
    pub(crate) fn datagram(&mut self, sender: Side, payload: &[u8]) {
        let (from, to) = self.ends(sender);
        let link = self.link(sender);
        self.tick(sender);
        let frame = udp_frame(link, from, to, self.identification, payload);
        self.push(sender, frame, false);
    }

    fn segment(&mut self, sender: Side, flags: TcpFlags, payload: &[u8], names: bool) {
        self.tick(sender);
        let (source, destination) = self.ends(sender);
        let (mut sequence, mut acknowledgement) = match sender {
            Side::Local => (self.next_local, self.next_remote),
            Side::Remote => (self.next_remote, self.next_local),
        };
        if flags == TcpFlags::SYN || flags == TcpFlags::RST {
            acknowledgement = 0;
        }
        if flags == TcpFlags::RST_ACK {
            sequence = 0;
        }
        let segment = Segment {
            source,
            destination,
            sequence,
            acknowledgement,
            flags,
            payload,
        };
        let frame = tcp_frame(self.link(sender), &segment, self.identification);
        self.push(sender, frame, names);
    }

    fn push(&mut self, sender: Side, frame: Frame, names: bool) {
        let from_local = sender == Side::Local;
        self.packets.push(Packet {
            time_ns: self.clock_ns,
            from_local,
            frame,
            lost: false,
            names,
        });
    }

    /// Time passes before a packet: a whole round trip when the far side answers, a moment otherwise.
    fn tick(&mut self, sender: Side) {
        self.identification = self.identification.wrapping_add(1);
        let answers = sender == Side::Remote && self.last_sender == Side::Local && !self.packets.is_empty();
        let jitter = self.random.between(8 * MICROSECOND, 120 * MICROSECOND);
        let travel = if answers { self.stage.round_trip_ns } else { 0 };
        if !self.packets.is_empty() {
            self.wait(travel.saturating_add(jitter));
        }
        self.last_sender = sender;
    }

    fn advance(&mut self, sender: Side, bytes: u32) {
        let number = match sender {
            Side::Local => &mut self.next_local,
            Side::Remote => &mut self.next_remote,
        };
        *number = number.wrapping_add(bytes);
    }

    fn ends(&self, sender: Side) -> (SocketAddr, SocketAddr) {
        match sender {
            Side::Local => (self.stage.local, self.stage.remote),
            Side::Remote => (self.stage.remote, self.stage.local),
        }
    }

    fn link(&self, sender: Side) -> Link {
        let (local, remote) = (self.stage.local_mac, self.stage.remote_mac);
        match sender {
            Side::Local => Link {
                source: local,
                destination: remote,
                padded: false,
            },
            Side::Remote => Link {
                source: remote,
                destination: local,
                padded: true,
            },
        }
    }
}
