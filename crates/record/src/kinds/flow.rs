//! A conversation seen in packets.

use crate::{ApplicationProtocol, FlowKey, InterfaceId, Nanoseconds, RecognisedBy, Span, Text, Timestamp};

/// The number of a flow within its capture, from 0, in order of first packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FlowId(pub u64);

/// A bidirectional conversation: one 5-tuple, from its first packet to its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// The first packet.
    pub span: Span,
    /// Its number in the capture.
    pub id: FlowId,
    /// The 5-tuple, client first.
    pub key: FlowKey,
    /// How the client is known.
    pub initiator: Initiator,
    /// The VLAN tags of the first packet.
    pub vlan: VlanTags,
    /// The interface of the first packet.
    pub interface: InterfaceId,
    /// Time of the first packet; none where the capture carries no times.
    pub first: Option<Timestamp>,
    /// Time of the last packet.
    pub last: Option<Timestamp>,
    /// From client to server.
    pub sent: Traffic,
    /// From server to client.
    pub received: Traffic,
    /// What TCP says; none for other protocols.
    pub tcp: Option<TcpSummary>,
    /// What the content was recognised as.
    pub application: ApplicationProtocol,
    /// How; none where nothing was recognised, or where an older version wrote the flow.
    pub recognised_by: Option<RecognisedBy>,
    /// Whether the capture cut (snap length) what the client sent while its content was still being read: a name may have
    /// stood in the missing bytes.
    pub snapped: bool,
}

/// Packets and bytes in one direction, as captured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Packets.
    pub packets: u64,
    /// Bytes of the IP packets on the wire, headers included, link-layer headers not.
    pub ip_bytes: u64,
    /// Bytes carried for the application, on the wire, retransmissions included.
    pub payload_bytes: u64,
}

/// How the client of a flow is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Initiator {
    /// It sent the SYN.
    Syn,
    /// The other end sent the SYN/ACK.
    SynAck,
    /// The beginning was not captured, but what it sent only a client sends: a request, a ClientHello, a question.
    Content,
    /// It sent the first packet that was captured, which may be an answer.
    FirstPacket,
}

/// Up to two VLAN identifiers (IEEE 802.1Q, 802.1ad), outer first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VlanTags {
    /// The outer tag's VLAN identifier.
    pub outer: Option<u16>,
    /// The inner tag's VLAN identifier.
    pub inner: Option<u16>,
}

/// The TCP flags seen, as a set (RFC 9293 3.1: FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TcpFlags(pub u8);

/// What the TCP headers of a flow say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TcpSummary {
    /// Flags the client sent.
    pub client_flags: TcpFlags,
    /// Flags the server sent.
    pub server_flags: TcpFlags,
    /// SYN to SYN/ACK.
    pub syn_to_syn_ack: Option<Nanoseconds>,
    /// SYN/ACK to the ACK that ends the handshake.
    pub syn_ack_to_ack: Option<Nanoseconds>,
    /// SYN to the ACK that ends the handshake, or to the RST that refuses it. Also known where the server's packets were
    /// not captured.
    pub handshake: Option<Nanoseconds>,
    /// How it ended.
    pub close: CloseReason,
}

/// How a flow ended, as far as the capture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CloseReason {
    /// Both ends sent FIN.
    Finished,
    /// The client sent RST.
    ClientReset,
    /// The server sent RST; as the first answer to a SYN it means "refused".
    ServerReset,
    /// The SYN was never answered.
    Unanswered,
    /// No packet for longer than the idle limit.
    Idle,
    /// Still open when the capture ended.
    CaptureEnded,
    /// Its place was needed for another flow.
    Evicted,
    /// A new conversation with the same 5-tuple began.
    Reused,
}

impl TcpFlags {
    /// FIN.
    pub const FIN: u8 = 1;
    /// SYN.
    pub const SYN: u8 = 2;
    /// RST.
    pub const RST: u8 = 4;
    /// ACK.
    pub const ACK: u8 = 16;

    /// Whether every flag of `flags` was seen.
    pub const fn has(self, flags: u8) -> bool {
        self.0 & flags == flags
    }
}

impl TcpSummary {
    /// The initial round-trip time, as Wireshark's `tcp.analysis.initial_rtt`.
    pub const fn initial_rtt(&self) -> Option<Nanoseconds> {
        self.handshake
    }
}

impl Flow {
    /// Whether nobody ever answered: a TCP SYN without any packet back.
    pub fn is_unanswered(&self) -> bool {
        self.received.packets == 0
    }

    /// What the content proves; what its port suggests is left out.
    pub const fn proved_application(&self) -> ApplicationProtocol {
        RecognisedBy::proved(self.recognised_by, self.application)
    }

    /// The Wireshark-style words for the VLAN tags, outer first.
    pub fn vlan_text(&self) -> Option<Text> {
        match (self.vlan.outer, self.vlan.inner) {
            (Some(outer), Some(inner)) => Some(format!("{outer}.{inner}").into()),
            (Some(outer), None) => Some(outer.to_string().into()),
            _ => None,
        }
    }
}
