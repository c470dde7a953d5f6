//! What the caller reads messages with.

use whotalks_record::{ApplicationProtocol, RecognisedBy};
use whotalks_wire::transport::tcp::Flags;

use super::conversation::{Arrival, Call, Conversation};
use super::datagram::DatagramState;
use super::{Applications, Payload, Pdu, Seen};
use crate::reassembly::Budget;
use crate::streams::findings::Findings;
use crate::streams::stream::Way;
use crate::streams::streams::TcpSegment;

/// How far a TCP stream's content was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Stage {
    /// No data was seen.
    #[default]
    Untried,
    /// It is read.
    Open,
    /// It is not read any more.
    Closed,
}

/// Reads the messages of a TCP stream. It has to be called for every segment of the stream, in order.
#[derive(Debug)]
pub struct PduReader<'s> {
    pub(crate) stage: &'s mut Stage,
    pub(crate) content: &'s mut Option<Box<Conversation>>,
    pub(crate) budget: &'s mut Budget,
    pub(crate) way: Way,
    pub(crate) frame: u32,
    pub(crate) findings: Findings,
    /// The way from the side that opened the connection, where that is known.
    pub(crate) to_server: Option<Way>,
}

impl PduReader<'_> {
    /// Reads a segment, and tells each message that it completes.
    #[inline]
    pub fn read(&mut self, segment: &TcpSegment<'_>, mut tell: impl FnMut(&Pdu<'_>)) -> Seen {
        let flags = segment.header.flags();
        let is_open = *self.stage == Stage::Open;
        let may_say = !segment.payload.is_empty() || (is_open && flags.has(Flags::FIN));
        if !may_say || flags.has(Flags::RST) {
            return seen(Payload::Nothing);
        }
        self.read_data(segment, &mut tell)
    }

    fn read_data(&mut self, segment: &TcpSegment<'_>, tell: &mut dyn FnMut(&Pdu<'_>)) -> Seen {
        if *self.stage == Stage::Untried {
            self.open();
        }
        let Some(conversation) = self.content else {
            return seen(Payload::Unknown);
        };
        let arrival = arrival(segment, self.way, self.frame, self.findings);
        let mut call = Call {
            budget: self.budget,
            tell,
            told: 0,
            applications: Applications::default(),
        };
        let seen = conversation.segment(&arrival, &mut call);
        if conversation.is_given_up() {
            self.close();
        }
        seen
    }

    fn open(&mut self) {
        if !self.budget.take(size_of::<Conversation>()) {
            *self.stage = Stage::Closed;
            return;
        }
        let to_server = self.to_server.unwrap_or(self.way);
        let conversation = Conversation::new(to_server, self.to_server.is_some());
        *self.content = Some(Box::new(conversation));
        *self.stage = Stage::Open;
    }

    /// What the stream was recognised as so far; [`ApplicationProtocol::Unknown`] before that.
    #[must_use]
    pub fn protocol(&self) -> ApplicationProtocol {
        let protocol = self.content.as_ref().map(|conversation| conversation.protocol());
        protocol.unwrap_or_default()
    }

    /// What the stream carries, inside of TLS where its handshake tells, and how that is known so far.
    #[must_use]
    pub fn carries(&self) -> (ApplicationProtocol, Option<RecognisedBy>) {
        let carried = self.content.as_ref().map(|conversation| conversation.carries());
        carried.unwrap_or_default()
    }

    /// The tunnels within it, outermost first.
    #[must_use]
    pub fn outer(&self) -> &[ApplicationProtocol] {
        let outer = self.content.as_ref().map(|conversation| conversation.outer());
        outer.unwrap_or_default()
    }

    /// Reads no more of this stream and keeps nothing of it.
    pub fn close(&mut self) {
        *self.stage = Stage::Closed;
        if let Some(mut conversation) = self.content.take() {
            conversation.end(self.budget);
            self.budget.give_back(size_of::<Conversation>());
        }
    }
}

/// A segment that shows no application.
fn seen(payload: Payload) -> Seen {
    Seen {
        payload,
        applications: Applications::default(),
    }
}

fn arrival<'a>(segment: &TcpSegment<'a>, way: Way, frame: u32, findings: Findings) -> Arrival<'a> {
    let header = &segment.header;
    let data_bytes = segment.wire_bytes.saturating_sub(header.header_bytes());
    let ports = header.ports();
    Arrival {
        way,
        frame,
        sequence: header.sequence().wrapping_add(header.flags().has(Flags::SYN).into()),
        payload: segment.payload.get(..data_bytes as usize).unwrap_or(segment.payload),
        data_bytes,
        is_repeated: findings.any(Findings::RETRANSMISSION.with(Findings::SPURIOUS_RETRANSMISSION)),
        is_overtaken: findings.any(Findings::OUT_OF_ORDER),
        is_last: header.flags().has(Flags::FIN),
        ports: [ports.source, ports.destination],
    }
}

/// Reads the messages of a UDP stream.
#[derive(Debug)]
pub struct DatagramReader<'s> {
    pub(crate) state: &'s mut DatagramState,
    pub(crate) budget: &'s mut Budget,
    pub(crate) way: Way,
    pub(crate) frame: u32,
    pub(crate) ports: [u16; 2],
}

impl DatagramReader<'_> {
    /// What the stream was recognised as so far; [`ApplicationProtocol::Unknown`] before that.
    #[must_use]
    pub fn protocol(&self) -> ApplicationProtocol {
        self.state.protocol()
    }

    /// How the datagram that was read last was recognised; none where it was not.
    #[must_use]
    pub const fn recognised_by(&self) -> Option<RecognisedBy> {
        self.state.recognised_by()
    }

    /// The message that a datagram is; none when nobody knows its protocol.
    #[must_use]
    pub fn read<'p>(&mut self, payload: &'p [u8], wire_bytes: u32) -> Option<Pdu<'p>> {
        let protocol = self.state.recognise(payload, self.way, self.ports, self.budget);
        (protocol != ApplicationProtocol::Unknown && !payload.is_empty()).then_some(Pdu {
            protocol,
            outer: &[],
            way: self.way,
            head: payload,
            length: wire_bytes.into(),
            first_frame: self.frame,
            handshake: &[],
            is_whole: payload.len() >= wire_bytes as usize,
            is_hidden: false,
        })
    }
}
