//! One flow while it is open.

use whotalks_record::{
    ApplicationProtocol, CloseReason, Endpoint, Flow, FlowId, FlowKey, Initiator, InterfaceId, IpProtocol, Packet,
    RecognisedBy, Span, Timestamp, Traffic, VlanTags,
};
use whotalks_wire::dissect::{Dissected, Ip, Transport};
use whotalks_wire::transport::Ports;
use whotalks_wire::transport::tcp::{Flags, Header};

use crate::application::{Application, Found, Output, orientation};
use crate::role::{Pair, Role};
use crate::table::Class;
use crate::tcp::Connection;

/// A conversation: what the record of its flow will say, and what is still needed to say it.
pub(crate) struct Conversation {
    pub(crate) id: FlowId,
    span: Span,
    pub(crate) key: FlowKey,
    /// Whether the client is the lower end of the table's key.
    client_is_low: bool,
    initiator: Initiator,
    vlan: VlanTags,
    interface: InterfaceId,
    first: Option<Timestamp>,
    last: Option<Timestamp>,
    /// The capture's clock at the last packet; unlike `last` it is always there and never runs back.
    pub(crate) touched: Timestamp,
    traffic: Pair<Traffic>,
    connection: Connection,
    protocol: ApplicationProtocol,
    recognised_by: Option<RecognisedBy>,
    application: Application,
    /// Whether the capture cut what an end sent while it was still being read.
    cut: Pair<bool>,
}

/// A packet of a conversation, dissected.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    pub(crate) packet: &'a Packet<'a>,
    pub(crate) dissected: &'a Dissected<'a>,
    pub(crate) ip: &'a Ip,
    pub(crate) ports: Ports,
    pub(crate) vlan: VlanTags,
    /// Whether it goes from the lower to the higher end of the table's key.
    pub(crate) from_low: bool,
    /// The capture's clock.
    pub(crate) clock: Timestamp,
}

impl Seen<'_> {
    #[inline]
    const fn tcp(&self) -> Option<Header<'_>> {
        match self.dissected.transport {
            Some(Transport::Tcp(header)) => Some(header),
            _ => None,
        }
    }
}

impl Conversation {
    /// A conversation that begins with `seen`; the packet itself is not yet counted.
    pub(crate) fn begin(id: FlowId, seen: &Seen<'_>) -> Self {
        let source = Endpoint::new(seen.ip.source, seen.ports.source);
        let destination = Endpoint::new(seen.ip.destination, seen.ports.destination);
        let key = FlowKey {
            protocol: seen.ip.protocol,
            client: source,
            server: destination,
        };
        let mut conversation = Self {
            id,
            span: seen.packet.span,
            key,
            client_is_low: seen.from_low,
            initiator: Initiator::FirstPacket,
            vlan: seen.vlan,
            interface: seen.packet.interface,
            first: seen.packet.timestamp,
            last: seen.packet.timestamp,
            touched: seen.clock,
            traffic: Pair::default(),
            connection: Connection::default(),
            protocol: ApplicationProtocol::Unknown,
            recognised_by: None,
            application: Application::Untried,
            cut: Pair::default(),
        };
        match seen.tcp().map(|header| header.flags()) {
            Some(flags) if flags.opens() => conversation.initiator = Initiator::Syn,
            Some(flags) if flags.accepts() => conversation.turn_round(Initiator::SynAck),
            _ => {}
        }
        conversation
    }

    /// Whether the packet belongs to a later conversation with the same key.
    #[inline]
    pub(crate) fn is_reused_by(&self, seen: &Seen<'_>) -> bool {
        seen.tcp()
            .is_some_and(|header| self.connection.is_reused_by(self.role(seen), header))
    }

    /// Takes in a packet.
    #[inline]
    pub(crate) fn take(&mut self, seen: &Seen<'_>, output: &mut Output<'_>) {
        self.touched = seen.clock;
        self.last = self.last.max(seen.packet.timestamp);
        self.note_cut(seen);
        if let Some(header) = seen.tcp() {
            self.take_tcp(seen, header, output);
        } else {
            self.take_datagram(seen, output);
        }
        let traffic = self.traffic.get_mut(self.role(seen));
        traffic.packets += 1;
        traffic.ip_bytes = traffic.ip_bytes.saturating_add(seen.ip.wire_bytes.into());
        traffic.payload_bytes = traffic
            .payload_bytes
            .saturating_add(seen.dissected.payload_wire_bytes.into());
    }

    /// Bytes that the capture left out count only as long as a name may stand in them.
    #[inline]
    fn note_cut(&mut self, seen: &Seen<'_>) {
        let kept = seen.dissected.payload.len() as u64;
        if kept < u64::from(seen.dissected.payload_wire_bytes) && !self.application.is_finished() {
            *self.cut.get_mut(self.role(seen)) = true;
        }
    }

    #[inline]
    fn take_tcp(&mut self, seen: &Seen<'_>, header: Header<'_>, output: &mut Output<'_>) {
        let flags = header.flags();
        if self.initiator == Initiator::FirstPacket && flags.has(Flags::SYN) {
            self.learn_initiator(seen, flags);
        }
        let data_bytes = seen.dissected.payload_wire_bytes;
        self.connection
            .segment(self.role(seen), header, data_bytes, seen.packet.timestamp);
        if !seen.dissected.payload.is_empty() && !self.application.is_finished() {
            self.read_segment(seen, header, output);
        }
    }

    /// The packets came in another order than they were sent: the handshake says who is the client.
    fn learn_initiator(&mut self, seen: &Seen<'_>, flags: Flags) {
        let (client, initiator) = if flags.opens() {
            (self.role(seen), Initiator::Syn)
        } else {
            (self.role(seen).other(), Initiator::SynAck)
        };
        if client == Role::Server {
            self.turn_round(initiator)
        } else {
            self.initiator = initiator
        }
    }

    fn read_segment(&mut self, seen: &Seen<'_>, header: Header<'_>, output: &mut Output<'_>) {
        self.learn_from_content(seen);
        let sequence = header.sequence().wrapping_add(header.flags().has(Flags::SYN).into());
        let complete = seen.dissected.payload.len() as u64 >= u64::from(seen.dissected.payload_wire_bytes);
        let place = output.place(seen.packet, self.id, self.key);
        let starts = Pair {
            client: self.connection.first_byte(Role::Client),
            server: self.connection.first_byte(Role::Server),
        };
        let segment = (sequence, seen.dissected.payload, complete);
        let found = self
            .application
            .segment(self.role(seen), segment, starts, &place, output);
        self.name_protocol(found);
    }

    #[inline]
    fn take_datagram(&mut self, seen: &Seen<'_>, output: &mut Output<'_>) {
        let readable = matches!(seen.dissected.transport, Some(Transport::Udp(_)))
            && seen.ip.fragment.is_none_or(|fragment| fragment.is_atomic())
            && !seen.dissected.payload.is_empty();
        if readable && !self.application.is_finished() {
            self.datagram(seen.packet, seen.dissected.payload, seen, output);
        }
    }

    /// Reads the payload of a UDP datagram, which may have been put together from fragments.
    pub(crate) fn datagram(&mut self, packet: &Packet<'_>, payload: &[u8], seen: &Seen<'_>, output: &mut Output<'_>) {
        self.learn_from_content(seen);
        let place = output.place(packet, self.id, self.key);
        let from = if seen.from_low == self.client_is_low {
            self.key
        } else {
            self.key.reversed()
        };
        let found = self.application.datagram(payload, from, &place, output);
        self.name_protocol(found);
    }

    /// Before anything was read of a conversation without a beginning, its content may show that the ends are the other way.
    fn learn_from_content(&mut self, seen: &Seen<'_>) {
        if self.initiator != Initiator::FirstPacket || !self.application.is_untried() {
            return;
        }
        match orientation(seen.dissected.payload, self.key.protocol) {
            Some(role) if role == self.role(seen) => self.initiator = Initiator::Content,
            Some(_) => self.turn_round(Initiator::Content),
            None => {}
        }
    }

    /// The outermost protocol names the flow; what a tunnel carries shows in its names.
    fn name_protocol(&mut self, found: Option<Found>) {
        let Some(found) = found else { return };
        if self.protocol == ApplicationProtocol::Unknown || refines(found.protocol, self.protocol) {
            (self.protocol, self.recognised_by) = (found.protocol, Some(found.by));
        }
    }

    #[inline]
    fn role(&self, seen: &Seen<'_>) -> Role {
        if seen.from_low == self.client_is_low {
            Role::Client
        } else {
            Role::Server
        }
    }

    fn turn_round(&mut self, initiator: Initiator) {
        self.initiator = initiator;
        self.key = self.key.reversed();
        self.client_is_low = !self.client_is_low;
        self.traffic.swap();
        self.connection.swap();
        self.cut.swap();
    }

    /// Which idle limit counts.
    #[inline]
    pub(crate) const fn class(&self) -> Class {
        match self.key.protocol {
            IpProtocol::TCP if self.connection.is_ended() => Class::TcpEnded,
            IpProtocol::TCP if self.connection.is_established() => Class::TcpEstablished,
            IpProtocol::TCP => Class::TcpOpening,
            IpProtocol::UDP => Class::Udp,
            _ => Class::Other,
        }
    }

    /// Ends the conversation: what was left unread is read as far as it goes, and the flow is stated.
    pub(crate) fn end(mut self, reason: CloseReason, output: &mut Output<'_>) -> Flow {
        if self.protocol == ApplicationProtocol::Unknown {
            self.name_protocol(self.application.guess());
        }
        self.application.end(self.id, self.key, output);
        let is_tcp = self.key.protocol == IpProtocol::TCP;
        Flow {
            span: self.span,
            id: self.id,
            key: self.key,
            initiator: self.initiator,
            vlan: self.vlan,
            interface: self.interface,
            first: self.first,
            last: self.last,
            sent: self.traffic.client,
            received: self.traffic.server,
            tcp: is_tcp.then(|| self.connection.summary(reason)),
            application: self.protocol,
            recognised_by: self.recognised_by,
            snapped: self.cut.client,
        }
    }
}

/// Whether a protocol says more of a flow than the one that it was recognised as before.
const fn refines(special: ApplicationProtocol, general: ApplicationProtocol) -> bool {
    use ApplicationProtocol as Name;
    matches!(
        (general, special),
        (Name::Http1, Name::HttpConnect | Name::WebSocket | Name::Doh)
            | (Name::Http2, Name::Doh)
            | (Name::NetbiosSession, Name::Smb1 | Name::Smb2)
            | (Name::Smb1, Name::Smb2)
            | (Name::Cotp, Name::S7comm | Name::Rdp)
            | (Name::Tls, Name::Dot | Name::Tor | Name::AnyDesk | Name::TeamViewer)
            | (Name::Quic, Name::Doq)
            | (Name::OncRpc, Name::Nfs | Name::Portmap)
    )
}
