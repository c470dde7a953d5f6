//! Captures in pieces: where the packets lie, without copying a byte.

use whotalks_record::{
    EvidenceId, InterfaceDescription, InterfaceId, Issue, IssueKind, Packet, PacketProcess, Record, Sink,
};

use crate::classic::Classic;
use crate::netmon::NetMon;
use crate::ng::Blocks;
use crate::snoop::Snoop;
use crate::{Format, format_of};

/// Bytes that tell the format.
const FORMAT_BYTES: usize = 12;

/// Takes what a [`Framer`] finds, in the order of the file. Unlike a [`Sink`], it may keep the packets as long as the chunks
/// they lie in.
pub trait FrameSink<'a> {
    /// A packet.
    fn packet(&mut self, packet: Packet<'a>);

    /// A record: the name of an address, or what an interface covered.
    fn record(&mut self, record: Record);

    /// Something that could not be read.
    fn issue(&mut self, issue: Issue);

    /// An interface, before its first packet. Whoever writes a capture wants to know.
    fn interface(&mut self, _id: InterfaceId, _description: &InterfaceDescription) {}

    /// A comment on the packet that comes next; UTF-8, unless it is damaged.
    fn comment(&mut self, _comment: &'a [u8]) {}

    /// The processes of the packet that comes next.
    fn process(&mut self, _process: &PacketProcess) {}

    /// Keys that open encrypted traffic, by the kind of their format; true if they are of use.
    fn secrets(&mut self, _kind: u32, _secrets: &'a [u8]) -> bool {
        false
    }
}

/// Any [`Sink`] takes what a framer finds.
#[derive(Debug)]
pub(crate) struct ToSink<'s, S: ?Sized>(pub(crate) &'s mut S);

impl<'a, S: Sink + ?Sized> FrameSink<'a> for ToSink<'_, S> {
    #[inline]
    fn packet(&mut self, packet: Packet<'a>) {
        self.0.packet(&packet);
    }

    fn record(&mut self, record: Record) {
        self.0.record(record);
    }

    fn issue(&mut self, issue: Issue) {
        self.0.issue(issue);
    }

    fn interface(&mut self, id: InterfaceId, description: &InterfaceDescription) {
        self.0.interface(id, description);
    }

    fn comment(&mut self, comment: &'a [u8]) {
        self.0.comment(comment);
    }

    fn process(&mut self, process: &PacketProcess) {
        self.0.process(process);
    }

    /// Whoever keeps keys does not use them.
    fn secrets(&mut self, kind: u32, secrets: &'a [u8]) -> bool {
        self.0.secrets(kind, secrets);
        false
    }
}

/// How far a framer came in a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the chunk that need not be given again. The next chunk begins behind them.
    pub consumed: usize,
    /// Bytes that the next chunk must have, at least, for the framer to come further; at least 1.
    pub needed: usize,
}

/// Finds the packets of a capture that is given in chunks.
///
/// A chunk that ends inside a packet is consumed up to that packet, and the next chunk begins with it. A whole file in memory
/// is one chunk. The results are those of the readers. A file of Network Monitor has to be given as a whole: nothing of it is
/// consumed, and its packets are found by [`Framer::finish`].
#[derive(Debug)]
pub struct Framer {
    evidence: EvidenceId,
    state: State,
}

#[derive(Debug)]
enum State {
    Begin,
    Pcap(Classic),
    Pcapng(Box<Blocks>),
    Snoop(Snoop),
    NetMon(NetMon),
}

impl Framer {
    /// A framer at the beginning of a file, whose format the first bytes tell.
    #[must_use]
    pub const fn new(evidence: EvidenceId) -> Self {
        Self {
            evidence,
            state: State::Begin,
        }
    }

    /// A framer at the beginning of a file of that format.
    #[must_use]
    pub fn of(format: Format, evidence: EvidenceId) -> Self {
        let state = match format {
            Format::Pcap => State::Pcap(Classic::new(evidence)),
            Format::Pcapng => State::Pcapng(Box::new(Blocks::new(evidence))),
            Format::Snoop => State::Snoop(Snoop::new(evidence)),
            Format::NetMon => State::NetMon(NetMon::new(evidence)),
        };
        Self { evidence, state }
    }

    /// Finds what lies wholly in `chunk`, whose first byte is the file's byte `offset`. Damage that nothing can be read behind
    /// is an issue, after which everything is consumed.
    #[inline]
    pub fn frame<'a>(&mut self, chunk: &'a [u8], offset: u64, sink: &mut impl FrameSink<'a>) -> Progress {
        if matches!(self.state, State::Begin) {
            if chunk.len() < FORMAT_BYTES {
                return Progress {
                    consumed: 0,
                    needed: FORMAT_BYTES,
                };
            }
            self.begin(chunk);
        }
        match &mut self.state {
            State::Begin => Progress::all_of(chunk),
            State::Pcap(classic) => classic.frame(chunk, offset, sink),
            State::Pcapng(blocks) => blocks.frame(chunk, offset, sink),
            State::Snoop(snoop) => snoop.frame(chunk, offset, sink),
            State::NetMon(netmon) => netmon.frame(chunk, sink),
        }
    }

    /// Ends the file: `rest`, at `offset`, is what was not consumed. Says what is missing and what each interface covered.
    /// `failure` is the system's message where the file could not be read to its end.
    pub fn finish<'a>(mut self, rest: &'a [u8], offset: u64, failure: Option<&str>, sink: &mut impl FrameSink<'a>) {
        if matches!(self.state, State::Begin) {
            self.begin(rest);
        }
        match self.state {
            State::Begin => {}
            State::Pcap(classic) => classic.finish(rest, offset, failure, sink),
            State::Pcapng(blocks) => blocks.finish(rest, offset, failure, sink),
            State::Snoop(snoop) => snoop.finish(rest, offset, failure, sink),
            State::NetMon(netmon) => netmon.finish(rest, failure, sink),
        }
    }

    /// Whether damage ended reading before the end of the file.
    #[must_use]
    pub const fn has_ended(&self) -> bool {
        match &self.state {
            State::Begin => false,
            State::Pcap(classic) => classic.has_ended(),
            State::Pcapng(blocks) => blocks.has_ended(),
            State::Snoop(snoop) => snoop.has_ended(),
            State::NetMon(netmon) => netmon.has_ended(),
        }
    }

    /// A file of no known format is read as pcap, which says what is wrong with its magic number.
    fn begin(&mut self, prefix: &[u8]) {
        let format = format_of(prefix).unwrap_or(Format::Pcap);
        *self = Self::of(format, self.evidence);
    }
}

impl Progress {
    pub(crate) const fn all_of(chunk: &[u8]) -> Self {
        Self {
            consumed: chunk.len(),
            needed: 1,
        }
    }
}

/// A structure of which not all bytes are there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lacks {
    /// Bytes that must be there to go on.
    pub(crate) bytes: usize,
    /// What is cut off if they don't come, and how many bytes that has.
    pub(crate) field: &'static str,
    pub(crate) field_bytes: u64,
}

impl Lacks {
    /// What is missing at the end of a file that was read to `rest`.
    pub(crate) fn at_end(self, rest: &[u8], failure: Option<&str>) -> IssueKind {
        match failure {
            Some(message) => IssueKind::Io {
                message: message.into(),
            },
            None => IssueKind::Truncated {
                field: self.field,
                needed: self.field_bytes,
                available: rest.len() as u64,
            },
        }
    }
}

/// What comes next in a file.
#[derive(Debug)]
pub(crate) enum Step<'a> {
    /// A packet, and the bytes of its record.
    Packet(Packet<'a>, usize),
    /// Something else that was read.
    Other(usize),
    /// More bytes are needed.
    Lacks(Lacks),
}

#[cfg(test)]
pub(crate) mod tests;
