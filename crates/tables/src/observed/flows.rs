//! Table `Flows`.

use std::net::IpAddr;

use whotalks_record as record;
use whotalks_record::{
    ApplicationProtocol, CloseReason, Endpoint, Flow, FlowKey, Initiator, Nanoseconds, RecognisedBy, Span, TcpSummary,
    Timestamp, Traffic, VlanTags,
};

use crate::declare::{columns, table};

table! {
    /// Conversations seen in packets: one row per 5-tuple from its first packet to its end, both directions together.
    pub struct Flows(Observed);
    Flow as flow {
        /// The first packet.
        FirstPacket: Span [Reader] = flow.span;
        /// Its number within the capture, from 0, in order of first packet.
        FlowId: record::FlowId [Reader] = flow.id;
        /// The protocol above IP (IANA number: 6 TCP, 17 UDP).
        Protocol: record::IpProtocol [Evidence] = flow.key.protocol;
        /// The address of who opened the flow, as far as `Initiator` says.
        ClientAddress: IpAddr [Evidence] = flow.key.client.address;
        /// The client's port; 0 where the protocol has none.
        ClientPort: u16 [Evidence] = flow.key.client.port;
        /// The address of who was called.
        ServerAddress: IpAddr [Evidence] = flow.key.server.address;
        /// The server's port; 0 where the protocol has none.
        ServerPort: u16 [Evidence] = flow.key.server.port;
        /// How the client is known.
        Initiator: Initiator [Reader] = flow.initiator;
        /// The VLAN identifier of the outer tag of the first packet.
        OuterVlan: Option<u16> [Evidence] = flow.vlan.outer;
        /// The VLAN identifier of the inner tag.
        InnerVlan: Option<u16> [Evidence] = flow.vlan.inner;
        /// The number of the capture interface, from 0.
        Interface: record::InterfaceId [Reader] = flow.interface;
        /// The time of the first packet; none where the capture carries no times.
        First: Option<Timestamp> [Evidence] = flow.first;
        /// The time of the last packet.
        Last: Option<Timestamp> [Evidence] = flow.last;
        /// Packets from client to server.
        SentPackets: u64 [Evidence packets] = flow.sent.packets;
        /// Bytes of the IP packets from client to server, on the wire.
        SentIpBytes: u64 [Evidence bytes] = flow.sent.ip_bytes;
        /// Bytes for the application from client to server, retransmissions included.
        SentPayloadBytes: u64 [Evidence bytes] = flow.sent.payload_bytes;
        /// Packets from server to client.
        ReceivedPackets: u64 [Evidence packets] = flow.received.packets;
        /// Bytes of the IP packets from server to client, on the wire.
        ReceivedIpBytes: u64 [Evidence bytes] = flow.received.ip_bytes;
        /// Bytes for the application from server to client, retransmissions included.
        ReceivedPayloadBytes: u64 [Evidence bytes] = flow.received.payload_bytes;
        /// The TCP flags that the client sent, as a set (FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128).
        ClientTcpFlags: Option<record::TcpFlags> [Evidence] = flow.tcp.map(|tcp| tcp.client_flags);
        /// The TCP flags that the server sent.
        ServerTcpFlags: Option<record::TcpFlags> [Evidence] = flow.tcp.map(|tcp| tcp.server_flags);
        /// From SYN to SYN/ACK.
        SynToSynAck: Option<Nanoseconds> [Reader] = flow.tcp.and_then(|tcp| tcp.syn_to_syn_ack);
        /// From SYN/ACK to the ACK that ends the handshake.
        SynAckToAck: Option<Nanoseconds> [Reader] = flow.tcp.and_then(|tcp| tcp.syn_ack_to_ack);
        /// From SYN to the ACK that ends the handshake, or to the RST that refuses it: the initial round-trip time.
        Handshake: Option<Nanoseconds> [Reader] = flow.tcp.and_then(|tcp| tcp.handshake);
        /// How a TCP flow ended, as far as the capture shows.
        CloseReason: Option<CloseReason> [Reader] = flow.tcp.map(|tcp| tcp.close);
        /// What the content was recognised as; `RecognisedBy` says how.
        Application: ApplicationProtocol [Reader] = flow.application;
        /// Whether the capture cut (snap length) what the client sent while its content was still being read; none where an
        /// older version wrote the row.
        Snapped: Option<bool> [Reader] = Some(flow.snapped);
        /// How `Application` is known: `content`, `name` of whom TLS was for, or `port` where it is a guess; none where it is not known, or where an older
        /// version wrote the row.
        RecognisedBy: Option<RecognisedBy> [Reader] = flow.recognised_by;
    } => Flow {
        span: FirstPacket,
        id: FlowId,
        key: FlowKey {
            protocol: Protocol,
            client: Endpoint { address: ClientAddress, port: ClientPort },
            server: Endpoint { address: ServerAddress, port: ServerPort },
        },
        initiator: Initiator,
        vlan: VlanTags { outer: OuterVlan, inner: InnerVlan },
        interface: Interface,
        first: First,
        last: Last,
        sent: Traffic { packets: SentPackets, ip_bytes: SentIpBytes, payload_bytes: SentPayloadBytes },
        received: Traffic {
            packets: ReceivedPackets,
            ip_bytes: ReceivedIpBytes,
            payload_bytes: ReceivedPayloadBytes,
        },
        tcp: match (ClientTcpFlags, ServerTcpFlags, CloseReason) {
            (Some(client_flags), Some(server_flags), Some(close)) => Some(TcpSummary {
                client_flags,
                server_flags,
                syn_to_syn_ack: SynToSynAck,
                syn_ack_to_ack: SynAckToAck,
                handshake: Handshake,
                close,
            }),
            _ => None,
        },
        application: Application,
        recognised_by: RecognisedBy,
        snapped: Snapped.unwrap_or_default(),
    }
}
