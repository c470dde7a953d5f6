//! Network layers.

use whotalks_bytes::Cursor;

use super::{Next, Walk};
use crate::Stop;
use crate::dissect::layer::extension_name;
use crate::dissect::{Ip, Layer, Network, Tunnel, Unread, Visitor};
use crate::link::EtherType;
use crate::net::{ah, arp, ipv4, ipv6};

impl<'a, V: Visitor<'a>> Walk<'a, '_, V> {
    pub(super) fn arp(&mut self) -> Result<Next, Stop> {
        let start = self.cursor;
        let packet = match self.read(arp::Packet::parse) {
            Err(stop @ Stop::Unknown { .. }) => {
                self.tell_unread(Unread::EtherType(EtherType::ARP));
                return Err(stop);
            }
            read => read?,
        };
        self.narrow(0);
        self.tell(start, Layer::Arp(packet));
        // Inside a tunnel it is the outer packet that counts.
        self.seen.network.get_or_insert(Network::Arp(packet));
        Ok(Next::Payload)
    }

    #[inline]
    pub(super) fn ip(&mut self) -> Result<Next, Stop> {
        let version = self.cursor.rest().first().map(|byte| byte >> 4);
        if version == Some(6) { self.ipv6() } else { self.ipv4() }
    }

    #[inline]
    fn ipv4(&mut self) -> Result<Next, Stop> {
        let (start, frame_bytes) = (self.cursor, self.wire_bytes);
        let header = self.read(ipv4::Header::parse)?;
        let total_length = match header.total_length() {
            0 => frame_bytes,
            stated => stated.into(),
        };
        let Some(data_bytes) = total_length.checked_sub(header.header_bytes()) else {
            self.tell(start, Layer::Ipv4(header));
            return Err(Stop::Malformed {
                field: "ipv4.total_length",
                number: total_length,
                offset: self.cursor.offset(),
            });
        };
        self.narrow(data_bytes);
        self.tell(start, Layer::Ipv4(header));
        self.enter_ip(Ip {
            source: header.source().into(),
            destination: header.destination().into(),
            protocol: header.protocol(),
            hop_limit: header.time_to_live(),
            wire_bytes: total_length,
            fragment: header.fragment(),
        })
    }

    #[inline]
    fn ipv6(&mut self) -> Result<Next, Stop> {
        let start = self.cursor;
        let header = self.read(ipv6::Header::parse)?;
        let data_bytes = match header.payload_length() {
            0 if header.next_header() != ipv6::NO_NEXT_HEADER => self.wire_bytes,
            stated => stated.into(),
        };
        self.narrow(data_bytes);
        self.tell(start, Layer::Ipv6(header));
        let mut ip = Ip {
            source: header.source().into(),
            destination: header.destination().into(),
            protocol: header.next_header(),
            hop_limit: header.hop_limit(),
            wire_bytes: data_bytes.saturating_add(ipv6::HEADER_BYTES as u32),
            fragment: None,
        };
        let mut found = ipv6::Extensions::new(header.next_header());
        if ipv6::ExtensionKind(found.protocol).is_known() {
            // The addresses stay known when the chain of extension headers breaks off.
            let outer = self.seen.network.replace(Network::Ip(ip));
            found = self.ipv6_extensions(found)?;
            self.seen.network = outer;
            ip.protocol = found.protocol;
            ip.fragment = found.fragment;
        }
        self.enter_ip(ip)
    }

    fn ipv6_extensions(&mut self, mut found: ipv6::Extensions) -> Result<ipv6::Extensions, Stop> {
        for _ in 0..ipv6::MOST_EXTENSION_HEADERS {
            let start = self.cursor;
            let name = extension_name(ipv6::ExtensionKind(found.protocol));
            match self.read(|cursor| found.next(cursor)) {
                Ok(Some(extension)) => self.tell_extension(start, extension),
                Ok(None) => return Ok(found),
                Err(stop) => {
                    self.tell_damage(start, name, stop);
                    return Err(stop);
                }
            }
        }
        Err(Stop::TooDeep {
            limit: ipv6::MOST_EXTENSION_HEADERS,
            offset: self.cursor.offset(),
        })
    }

    fn tell_extension(&mut self, start: Cursor<'a>, extension: ipv6::Extension<'a>) {
        let is_ah = extension.kind() == ipv6::ExtensionKind::AUTHENTICATION;
        let layer = match ah::Header::parse(&mut Cursor::new(extension.bytes())) {
            Ok(header) if is_ah => Layer::Ah(header),
            _ => Layer::Ipv6Extension(extension),
        };
        self.tell(start, layer);
    }

    /// Makes `ip` the innermost network layer; the one before it becomes a tunnel.
    #[inline]
    fn enter_ip(&mut self, ip: Ip) -> Result<Next, Stop> {
        if let Some(Network::Ip(outer)) = self.seen.network {
            self.seen.tunnel.get_or_insert(Tunnel {
                source: outer.source,
                destination: outer.destination,
                protocol: outer.protocol,
            });
        }
        self.seen.network = Some(Network::Ip(ip));
        self.seen.transport = None;
        if let Some(fragment) = ip.fragment {
            let data = self.cursor.rest();
            // A part of a fragment would put the end of the datagram in the wrong place.
            self.seen.fragment = if data.len() == self.wire_bytes as usize {
                data
            } else {
                &[]
            };
            if !fragment.is_first() {
                return Ok(self.payload());
            }
            // What was not captured whole is never put together, and read as far as it goes.
            if !fragment.is_atomic() && !self.seen.fragment.is_empty() {
                return self.piece(ip.protocol);
            }
        }
        Ok(Next::Transport(ip.protocol))
    }
}
