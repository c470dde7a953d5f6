//! The walk from header to header.

mod link;
mod network;
mod transport;
mod tunnel;
mod wireless;

pub use tunnel::may_be_tunnel;
use whotalks_bytes::Cursor;
use whotalks_record::{IpProtocol, LinkType};

use super::{Damaged, Dissected, Ip, Layer, LayerSpan, Network, Unread, Visitor};
use crate::Stop;
use crate::link::EtherType;
use crate::link::vlan::Vlans;
use crate::net;

/// How many headers of one packet are followed. Three tunnels, each with link, tags, network and extension, need fewer.
const MOST_HEADERS: u32 = 32;

/// What a header says comes after it.
#[derive(Debug, Clone, Copy)]
enum Next {
    Link(LinkType),
    Ethernet,
    EtherType(EtherType),
    Llc,
    Services,
    Wlan,
    /// IP of the version its first nibble names.
    Ip,
    Mpls,
    Ppp,
    Transport(IpProtocol),
    Payload,
}

pub(super) struct Walk<'a, 'v, V> {
    /// What is left of the innermost length that was stated.
    cursor: Cursor<'a>,
    /// How many bytes that was on the wire.
    wire_bytes: u32,
    /// Whether what comes next lies directly in an Ethernet frame, whose end may be padding.
    in_ethernet: bool,
    /// Whether the walk is inside a packet that an ICMP error quotes.
    is_quoted: bool,
    /// Whether the visitor was told of a header in the current step.
    has_told: bool,
    seen: Dissected<'a>,
    visitor: &'v mut V,
}

impl<'a, 'v, V: Visitor<'a>> Walk<'a, 'v, V> {
    #[inline]
    pub(super) fn new(frame: &'a [u8], wire_bytes: u32, visitor: &'v mut V) -> Self {
        Self {
            cursor: Cursor::new(frame),
            wire_bytes: wire_bytes.max(frame.len().try_into().unwrap_or(u32::MAX)),
            in_ethernet: false,
            is_quoted: false,
            has_told: false,
            seen: Dissected {
                ethernet: None,
                vlans: Vlans::default(),
                tunnel: None,
                network: None,
                transport: None,
                fragment: &[],
                payload: &[],
                payload_wire_bytes: 0,
                stop: None,
            },
            visitor,
        }
    }

    #[inline]
    pub(super) fn run(mut self, link_type: LinkType) -> Dissected<'a> {
        self.seen.stop = match self.enter(link_type) {
            Ok(next) => self.follow(next).err(),
            Err(stop) => Some(stop),
        };
        self.seen
    }

    /// Reads the data of a datagram that is whole again.
    pub(super) fn run_datagram(mut self, ip: Ip) -> Dissected<'a> {
        let ip = Ip { fragment: None, ..ip };
        self.seen.network = Some(Network::Ip(ip));
        self.seen.stop = self.follow(Next::Transport(ip.protocol)).err();
        self.seen
    }

    #[inline]
    fn follow(&mut self, mut next: Next) -> Result<(), Stop> {
        for _ in 0..MOST_HEADERS {
            if matches!(next, Next::Payload) {
                return Ok(());
            }
            let start = self.cursor;
            if V::WANTS_DAMAGE {
                self.has_told = false;
            }
            next = match self.step(next) {
                Ok(next) => next,
                Err(stop) => {
                    if V::WANTS_DAMAGE && !self.has_told {
                        self.tell_damage(start, announced(next, start), stop);
                    }
                    return Err(stop);
                }
            };
        }
        Err(Stop::TooDeep {
            limit: MOST_HEADERS,
            offset: self.cursor.offset(),
        })
    }

    #[inline]
    fn step(&mut self, next: Next) -> Result<Next, Stop> {
        match next {
            Next::Link(link_type) => self.enter_again(link_type),
            Next::Ethernet => self.ethernet(),
            Next::EtherType(ether_type) => self.ether_type(ether_type),
            Next::Ip => self.ip(),
            Next::Transport(protocol) => self.transport(protocol),
            Next::Llc => self.llc(),
            Next::Services => self.services(),
            Next::Wlan => self.wlan(0, false),
            Next::Mpls => self.mpls(),
            Next::Ppp => self.ppp(),
            Next::Payload => Ok(Next::Payload),
        }
    }

    #[cold]
    fn enter_again(&mut self, link_type: LinkType) -> Result<Next, Stop> {
        self.enter(link_type)
    }

    /// Runs a reader on the cursor and keeps the wire length in step with it.
    #[inline]
    fn read<T>(&mut self, reader: impl FnOnce(&mut Cursor<'a>) -> Result<T, Stop>) -> Result<T, Stop> {
        let before = self.cursor.rest().len();
        let result = reader(&mut self.cursor);
        let consumed = before.saturating_sub(self.cursor.rest().len());
        self.wire_bytes = self.wire_bytes.saturating_sub(consumed.try_into().unwrap_or(u32::MAX));
        result
    }

    /// Cuts off everything past `wire_bytes`, which a header stated: padding and trailers. A header that states more than
    /// the one around it is not believed.
    #[inline]
    fn narrow(&mut self, wire_bytes: u32) {
        let wire_bytes = wire_bytes.min(self.wire_bytes);
        self.wire_bytes = wire_bytes;
        let rest = self.cursor.rest();
        let (kept, cut) = rest.split_at_checked(wire_bytes as usize).unwrap_or((rest, &[]));
        let offset = self.cursor.offset();
        self.cursor = Cursor::at(kept, offset);
        if self.in_ethernet && !cut.is_empty() {
            self.tell_trailer(cut, offset.saturating_add(kept.len() as u64));
        }
        self.in_ethernet = false;
    }

    #[inline]
    fn tell_trailer(&mut self, bytes: &'a [u8], offset: u64) {
        let span = LayerSpan {
            offset: usize::try_from(offset).unwrap_or(usize::MAX),
            header_bytes: bytes.len(),
            wire_bytes: bytes.len().try_into().unwrap_or(u32::MAX),
            is_quoted: self.is_quoted,
        };
        self.visitor.layer(&Layer::EthernetTrailer(bytes), span, bytes);
    }

    /// Tells the visitor of a header that began at `start` and has just been read, after lengths that it states were acted
    /// upon.
    #[inline]
    fn tell(&mut self, start: Cursor<'a>, layer: Layer<'a>) {
        if V::WANTS_DAMAGE {
            self.has_told = true;
        }
        let header_bytes = self.cursor.offset().saturating_sub(start.offset());
        let header_bytes = usize::try_from(header_bytes).unwrap_or(usize::MAX);
        let bytes = header_bytes.saturating_add(self.cursor.rest().len());
        let span = LayerSpan {
            offset: usize::try_from(start.offset()).unwrap_or(usize::MAX),
            header_bytes,
            wire_bytes: self
                .wire_bytes
                .saturating_add(header_bytes.try_into().unwrap_or(u32::MAX)),
            is_quoted: self.is_quoted,
        };
        let rest = start.rest().get(..bytes).unwrap_or(start.rest());
        self.visitor.layer(&layer, span, rest);
    }

    /// Tells the visitor of a protocol that is not read and covers what is left.
    fn tell_unread(&mut self, protocol: Unread) {
        self.tell(self.cursor, Layer::Unread(protocol));
    }

    /// Tells the visitor of a header that is cut off or malformed and begins at `start`.
    #[cold]
    fn tell_damage(&mut self, start: Cursor<'a>, name: Option<&'static str>, stop: Stop) {
        let (Some(name), Stop::Short(_) | Stop::Malformed { .. }) = (name, stop) else {
            return;
        };
        let span = LayerSpan {
            offset: usize::try_from(start.offset()).unwrap_or(usize::MAX),
            header_bytes: start.rest().len(),
            wire_bytes: start.rest().len().try_into().unwrap_or(u32::MAX),
            is_quoted: self.is_quoted,
        };
        let layer = Layer::Damaged(Damaged { name, stop });
        self.visitor.layer(&layer, span, start.rest());
    }

    /// Reads a header and tells the visitor of it.
    #[inline]
    fn header<T: Copy>(
        &mut self,
        reader: impl FnOnce(&mut Cursor<'a>) -> Result<T, Stop>,
        layer: impl FnOnce(T) -> Layer<'a>,
    ) -> Result<T, Stop> {
        let start = self.cursor;
        let header = self.read(reader)?;
        self.tell(start, layer(header));
        Ok(header)
    }
}

/// The name that Wireshark gives to what was to come next.
fn announced(next: Next, cursor: Cursor<'_>) -> Option<&'static str> {
    match next {
        Next::Ethernet => Some("eth"),
        Next::Llc => Some("llc"),
        Next::Services => Some("nsh"),
        Next::Wlan => Some("wlan"),
        Next::Mpls => Some("mpls"),
        Next::Ppp => Some("ppp"),
        Next::Ip if cursor.rest().first().is_some_and(|byte| byte >> 4 == 6) => Some("ipv6"),
        Next::Ip => Some("ip"),
        Next::EtherType(EtherType::ARP) => Some("arp"),
        Next::EtherType(EtherType::VLAN) => Some("vlan"),
        Next::EtherType(EtherType::SERVICE_VLAN) => Some("ieee8021ad"),
        Next::EtherType(EtherType::PPPOE_SESSION) => Some("pppoes"),
        Next::Transport(IpProtocol::TCP) => Some("tcp"),
        Next::Transport(IpProtocol::UDP) => Some("udp"),
        Next::Transport(IpProtocol::ICMP) => Some("icmp"),
        Next::Transport(IpProtocol::ICMPV6) => Some("icmpv6"),
        Next::Transport(net::GRE) => Some("gre"),
        Next::Transport(net::SCTP) => Some("sctp"),
        Next::Transport(net::IGMP) => Some("igmp"),
        Next::Transport(net::AUTHENTICATION) => Some("ah"),
        Next::Transport(net::ESP) => Some("esp"),
        Next::Link(_) | Next::EtherType(_) | Next::Transport(_) | Next::Payload => None,
    }
}
