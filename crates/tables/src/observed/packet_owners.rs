//! Table `PacketOwners`.

use std::net::IpAddr;

use whotalks_record as record;
use whotalks_record::{Endpoint, PacketOwner, Span, Text, Timestamp};

use crate::declare::{columns, table};

table! {
    /// Processes that macOS names for the packets of flows: one row per flow, end and process.
    pub struct PacketOwners(Observed);
    PacketOwner as owner {
        /// The first packet that names it; the first that it sent, where it sent any.
        Packet: Span [Reader] = owner.span;
        /// The flow, within the same evidence; joins with `Flows`.
        FlowId: record::FlowId [Reader] = owner.flow;
        /// The protocol above IP.
        Protocol: record::IpProtocol [Evidence] = owner.protocol;
        /// The address of the end that the process has.
        LocalAddress: IpAddr [Evidence] = owner.local.address;
        /// The port of that end.
        LocalPort: u16 [Evidence] = owner.local.port;
        /// The address of the other end.
        RemoteAddress: IpAddr [Evidence] = owner.remote.address;
        /// The port of the other end.
        RemotePort: u16 [Evidence] = owner.remote.port;
        /// Time of that packet.
        Time: Option<Timestamp> [Evidence] = owner.time;
        /// Time of the last packet that names it.
        LastSeen: Option<Timestamp> [Evidence] = owner.last;
        /// The process.
        ProcessId: Option<record::Pid> [Evidence] = owner.pid;
        /// Its name; ends in `…` where it may have been cut.
        Image: Option<Text> [Evidence lookup] = owner.image;
        /// The process that it acts for.
        EffectiveProcessId: Option<record::Pid> [Evidence] = owner.effective_pid;
        /// The name of that process.
        EffectiveImage: Option<Text> [Evidence lookup] = owner.effective_image;
        /// Packets that left the host under this name.
        SentPackets: u64 [Reader] = owner.sent_packets;
        /// Packets that came to the host for a socket of it.
        ReceivedPackets: u64 [Reader] = owner.received_packets;
    } => PacketOwner {
        span: Packet,
        flow: FlowId,
        protocol: Protocol,
        local: Endpoint { address: LocalAddress, port: LocalPort },
        remote: Endpoint { address: RemoteAddress, port: RemotePort },
        time: Time,
        last: LastSeen,
        pid: ProcessId,
        image: Image,
        effective_pid: EffectiveProcessId,
        effective_image: EffectiveImage,
        sent_packets: SentPackets,
        received_packets: ReceivedPackets,
    }
}
