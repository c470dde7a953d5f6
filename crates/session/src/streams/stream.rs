//! One stream as it is kept, and as it is shown.

use std::fmt;

use whotalks_record::{Nanoseconds, Timestamp};

use super::analysis::{Analysis, Completeness, Handshake};
use super::connection::Connection;
use super::key::{Ends, Family, Key};
use super::pdus::{Conversation, DatagramReader, DatagramState, PduReader, Stage};

/// The number of a stream among those of its protocol, from 0, in order of their first frames: Wireshark's `tcp.stream` or
/// `udp.stream`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamNumber(pub u32);

impl fmt::Display for StreamNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Which way a packet went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// As the first packet of the stream did: from a to b.
    Forth,
    /// From b to a.
    Back,
}

impl Way {
    /// The other way.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Forth => Self::Back,
            Self::Back => Self::Forth,
        }
    }
}

/// Where a stream was first seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct First {
    /// The frame, from 1.
    pub frame: u32,
    /// Which of the streams of this protocol in the frame, outermost first: a tunnel and what is in it have one each.
    pub layer: u8,
}

/// What every stream has.
#[derive(Debug)]
pub(crate) struct Entry<S, T> {
    pub(super) key: Key,
    /// Which of the streams of the first frame; the state knows which frame that is.
    pub(super) first_layer: u8,
    pub(super) content_stage: Stage,
    pub(super) family: Family,
    /// The first packet went from the lower to the higher end.
    pub(super) forth_from_low: bool,
    pub(super) state: S,
    pub(super) data: T,
}

impl<S, T> Entry<S, T> {
    #[inline]
    pub(super) fn way(&self, from_low: bool) -> Way {
        if from_low == self.forth_from_low {
            Way::Forth
        } else {
            Way::Back
        }
    }
}

/// What a TCP stream has besides.
#[derive(Debug)]
pub(crate) struct TcpState {
    pub(super) connection: Connection,
    pub(super) content: Option<Box<Conversation>>,
}

/// What a UDP stream has besides.
#[derive(Debug)]
pub(crate) struct UdpState {
    pub(super) first_time: Timestamp,
    pub(super) last_time: Timestamp,
    pub(super) first_frame: u32,
    pub(super) datagrams: DatagramState,
}

/// A TCP stream at the end, or in between.
#[derive(Debug)]
pub struct TcpStream<T> {
    /// Its number.
    pub number: StreamNumber,
    /// From whom to whom its first packet went.
    pub ends: Ends,
    /// Where it was first seen.
    pub first: First,
    /// When it was first seen.
    pub first_time: Timestamp,
    /// When it was last seen.
    pub last_time: Timestamp,
    /// What was seen of it.
    pub completeness: Completeness,
    /// The times of its handshake, if all of it was captured.
    pub handshake: Option<Handshake>,
    /// What the caller keeps of it.
    pub data: T,
}

/// A UDP stream at the end, or in between.
#[derive(Debug)]
pub struct UdpStream<T> {
    /// Its number.
    pub number: StreamNumber,
    /// From whom to whom its first packet went.
    pub ends: Ends,
    /// Where it was first seen.
    pub first: First,
    /// When it was first seen.
    pub first_time: Timestamp,
    /// When it was last seen.
    pub last_time: Timestamp,
    /// What the caller keeps of it.
    pub data: T,
}

/// What a TCP segment did to its stream.
#[derive(Debug)]
pub struct TcpFrame<'s, T> {
    /// The stream.
    pub number: StreamNumber,
    /// Which way it went.
    pub way: Way,
    /// It is the first frame of the stream.
    pub is_first: bool,
    /// Since the first frame of the stream (`tcp.time_relative`).
    pub since_first: Nanoseconds,
    /// Since the frame of the stream before (`tcp.time_delta`).
    pub since_previous: Nanoseconds,
    /// Reads the messages in it. It need not be called at all, but if so then for every segment of the stream.
    pub reader: PduReader<'s>,
    /// What it turned out to be; none for a header that an ICMP error quotes.
    pub analysis: Option<Analysis>,
    /// What the caller keeps of the stream.
    pub data: &'s mut T,
}

/// What a UDP datagram did to its stream.
#[derive(Debug)]
pub struct UdpFrame<'s, T> {
    /// The stream.
    pub number: StreamNumber,
    /// Which way it went.
    pub way: Way,
    /// It is the first frame of the stream.
    pub is_first: bool,
    /// Since the first frame of the stream (`udp.time_relative`).
    pub since_first: Nanoseconds,
    /// Since the frame of the stream before (`udp.time_delta`).
    pub since_previous: Nanoseconds,
    /// Reads the message in it.
    pub reader: DatagramReader<'s>,
    /// What the caller keeps of the stream.
    pub data: &'s mut T,
}
