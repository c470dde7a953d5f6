//! Table `FlowNames`.

use std::net::IpAddr;

use whotalks_record as record;
use whotalks_record::{Endpoint, FlowKey, NameObservation, NameSource, Span, Text, Timestamp};

use crate::declare::{columns, table};

table! {
    /// Names that travelled in flows, as the client wrote them: one row per name and place.
    pub struct FlowNames(Observed);
    NameObservation as name {
        /// The packet that completes the name.
        Packet: Span [Reader] = name.span;
        /// The flow, within the same evidence; joins with `Flows`.
        FlowId: record::FlowId [Reader] = name.flow;
        /// The protocol above IP.
        Protocol: record::IpProtocol [Evidence] = name.key.protocol;
        /// The client's address.
        ClientAddress: IpAddr [Evidence] = name.key.client.address;
        /// The client's port.
        ClientPort: u16 [Evidence] = name.key.client.port;
        /// The server's address.
        ServerAddress: IpAddr [Evidence] = name.key.server.address;
        /// The server's port.
        ServerPort: u16 [Evidence] = name.key.server.port;
        /// When it was seen.
        Time: Option<Timestamp> [Evidence] = name.time;
        /// Where in the flow it stood.
        Source: NameSource [Reader] = name.source;
        /// The name, in lower case, without a trailing dot.
        Name: Text [Evidence lookup] = name.name;
        /// The port asked for, where the protocol states one.
        Port: Option<u16> [Evidence] = name.port;
        /// The path of an HTTP request, without its query, at most 256 bytes.
        Path: Option<Text> [Evidence] = name.path;
    } => NameObservation {
        span: Packet,
        flow: FlowId,
        key: FlowKey {
            protocol: Protocol,
            client: Endpoint { address: ClientAddress, port: ClientPort },
            server: Endpoint { address: ServerAddress, port: ServerPort },
        },
        time: Time,
        source: Source,
        name: Name,
        port: Port,
        path: Path,
    }
}
