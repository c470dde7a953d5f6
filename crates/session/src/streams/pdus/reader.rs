//! What the caller reads messages with.

use whotalks_record::ApplicationProtocol;
use whotalks_wire::app::Direction;
use whotalks_wire::transport::tcp::Flags;

use super::conversation::{Arrival, Call, Conversation};
use super::datagram::DatagramState;
use super::{Payload, Pdu};
use crate::application::Budget;
use crate::streams::findings::Findings;
use crate::streams::stream::Way;
use crate::streams::streams::TcpSegment;

/// What is known of a TCP stream's content.
#[derive(Debug, Default)]
pub(crate) enum Access {
    /// No data was seen.
    #[default]
    Untried,
    /// It is read.
    Open(Box<Conversation>),
    /// It is not read any more.
    Closed,
}

/// Reads the messages of a TCP stream. It has to be called for every segment of the stream, in order.
#[derive(Debug)]
pub struct PduReader<'s> {
    pub(crate) access: &'s mut Access,
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
    pub fn read(&mut self, segment: &TcpSegment<'_>, mut tell: impl FnMut(&Pdu<'_>)) -> Payload {
        let flags = segment.header.flags();
        let is_open = matches!(self.access, Access::Open(_));
        let may_say = !segment.payload.is_empty() || (is_open && flags.has(Flags::FIN));
        if !may_say || flags.has(Flags::RST) {
            return Payload::Nothing;
        }
        self.read_data(segment, &mut tell)
    }

    fn read_data(&mut self, segment: &TcpSegment<'_>, tell: &mut dyn FnMut(&Pdu<'_>)) -> Payload {
        let conversation = match self.access {
            Access::Closed => return Payload::Unknown,
            Access::Open(conversation) => conversation,
            Access::Untried => {
                if !self.budget.take(size_of::<Conversation>()) {
                    *self.access = Access::Closed;
                    return Payload::Unknown;
                }
                let to_server = self.to_server.unwrap_or(self.way);
                *self.access = Access::Open(Box::new(Conversation::new(to_server)));
                match self.access {
                    Access::Open(conversation) => conversation,
                    Access::Untried | Access::Closed => return Payload::Unknown,
                }
            }
        };
        let arrival = arrival(segment, self.way, self.frame, self.findings);
        let mut call = Call {
            budget: self.budget,
            tell,
            told: 0,
        };
        let payload = conversation.segment(&arrival, &mut call);
        if conversation.is_given_up() {
            self.close();
        }
        payload
    }

    /// What the stream was recognised as so far; [`ApplicationProtocol::Unknown`] before that.
    #[must_use]
    pub fn protocol(&self) -> ApplicationProtocol {
        match &*self.access {
            Access::Open(conversation) => conversation.protocol(),
            Access::Untried | Access::Closed => ApplicationProtocol::Unknown,
        }
    }

    /// The tunnels within it, outermost first.
    #[must_use]
    pub fn outer(&self) -> &[ApplicationProtocol] {
        match &*self.access {
            Access::Open(conversation) => conversation.outer(),
            Access::Untried | Access::Closed => &[],
        }
    }

    /// Reads no more of this stream and keeps nothing of it.
    pub fn close(&mut self) {
        if let Access::Open(mut conversation) = std::mem::replace(self.access, Access::Closed) {
            conversation.end(self.budget);
            self.budget.give_back(size_of::<Conversation>());
        }
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
        is_suspect: findings.any(Findings::RETRANSMISSION.with(Findings::OUT_OF_ORDER)),
        is_last: header.flags().has(Flags::FIN),
        ports: [ports.source, ports.destination],
    }
}

/// Reads the messages of a UDP stream.
#[derive(Debug)]
pub struct DatagramReader<'s> {
    pub(crate) state: &'s mut DatagramState,
    pub(crate) way: Way,
    pub(crate) frame: u32,
    pub(crate) ports: [u16; 2],
}

impl DatagramReader<'_> {
    /// The message that a datagram is; none when nobody knows its protocol.
    #[must_use]
    pub fn read<'p>(&mut self, payload: &'p [u8], wire_bytes: u32) -> Option<Pdu<'p>> {
        let direction = match self.way {
            Way::Forth => Direction::ToServer,
            Way::Back => Direction::ToClient,
        };
        let protocol = self.state.recognise(payload, direction, self.ports);
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
