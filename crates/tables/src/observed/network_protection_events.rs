//! Table `NetworkProtectionEvents`.

use std::net::IpAddr;

use whotalks_record::{NetworkProtectionAction, NetworkProtectionEvent, Span, Text, Timestamp};

use crate::declare::{columns, table};

table! {
    /// Connections that network protection of Defender blocked, or would have blocked.
    pub struct NetworkProtectionEvents(Observed);
    NetworkProtectionEvent as event {
        /// The event record.
        Record: Span [Reader] = event.span;
        /// When, by the host's clock.
        Time: Timestamp [Evidence] = event.time;
        /// The computer.
        Host: Text [Evidence lookup] = event.host;
        /// Whether it blocked the connection or, in audit mode, only said so.
        Action: NetworkProtectionAction [Evidence] = event.action;
        /// The image of the program whose connection it was.
        Image: Option<Text> [Evidence lookup] = event.image;
        /// The account.
        User: Option<Text> [Evidence] = event.user;
        /// The destination as written, without account, query and fragment.
        Destination: Text [Evidence] = event.destination;
        /// The host in it, in lower case, without a trailing dot; none for an address.
        Name: Option<Text> [Evidence lookup] = event.name;
        /// The host in it, where it is an address.
        Address: Option<IpAddr> [Evidence] = event.address;
        /// The port, where it is written.
        Port: Option<u16> [Evidence] = event.port;
    } => NetworkProtectionEvent {
        span: Record,
        time: Time,
        host: Host,
        action: Action,
        image: Image,
        user: User,
        destination: Destination,
        name: Name,
        address: Address,
        port: Port,
    }
}
