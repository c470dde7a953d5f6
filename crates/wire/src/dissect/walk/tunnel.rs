//! Tunnels: headers that carry an outer layer again.

use super::{Next, Walk};
use crate::Stop;
use crate::dissect::unread::CISCO;
use crate::dissect::{Layer, Unread, Visitor};
use crate::link::{EtherType, cisco_metadata, mpls};
use crate::net::nsh::{self, NextProtocol};
use crate::net::{self, ayiya, erspan, geneve, gre, gtp, l2tp, teredo, vxlan};
use crate::transport::Ports;

/// What GRE carries under the number that Cisco's discovery protocol has under SNAP.
const CISCO_DISCOVERY: EtherType = EtherType(0x2000);
/// What GRE carries between the access points and controllers of Aruba: frames of IEEE 802.11, the radio and kind of encryption in the
/// lowest byte (Wireshark's list of GRE protocols, `ARUBA WLAN`).
const ARUBA_FIRST: u16 = 0x8200;
const ARUBA_LAST: u16 = 0x82f0;
/// Web caches' redirected packets (draft-wilson-wrec-wccp-v2-01 4.12), which may have a header of four bytes.
const WEB_CACHE: EtherType = EtherType(0x883e);
const WEB_CACHE_BYTES: usize = 4;

/// Whether UDP between these ports may be a tunnel, so that the datagram itself has to be looked at. The walk asks this, too, so that
/// whoever passes over the other datagrams passes over no tunnel.
#[inline]
#[must_use]
pub const fn may_be_tunnel(ports: Ports) -> bool {
    is_two_way(ports.source)
        || is_two_way(ports.destination)
        || matches!(
            ports.destination,
            vxlan::PORT | vxlan::EXTENDED_PORT | geneve::PORT | gre::UDP_PORT | mpls::UDP_PORT
        )
}

const fn is_two_way(port: u16) -> bool {
    matches!(port, gtp::PORT | l2tp::PORT | teredo::PORT | ayiya::PORT)
}

impl<'a, V: Visitor<'a>> Walk<'a, '_, V> {
    /// GRE. One of PPTP that only acknowledges carries nothing.
    pub(super) fn gre(&mut self) -> Result<Next, Stop> {
        let header = self.header(gre::Header::parse, Layer::Gre)?;
        if self.wire_bytes == 0 {
            return Ok(self.payload());
        }
        match header.protocol() {
            // Without a sequence number it is ERSPAN type I, which has no header of its own.
            EtherType::ERSPAN_II if header.sequence().is_none() => Ok(Next::Ethernet),
            EtherType::ERSPAN_II | EtherType::ERSPAN_III => self.erspan(),
            EtherType::CISCO_METADATA => {
                let header = self.header(cisco_metadata::Header::parse_in_gre, Layer::CiscoMetadata)?;
                Ok(Next::EtherType(header.ether_type()))
            }
            CISCO_DISCOVERY => {
                self.tell_unread(Unread::Snap {
                    organisation: CISCO,
                    protocol: CISCO_DISCOVERY.0,
                });
                Ok(self.payload())
            }
            WEB_CACHE => self.web_cache(),
            EtherType(ARUBA_FIRST..=ARUBA_LAST) => Ok(Next::Wlan),
            other => Ok(Next::EtherType(other)),
        }
    }

    fn web_cache(&mut self) -> Result<Next, Stop> {
        if self.cursor.rest().first().is_some_and(|byte| byte >> 4 != 4) {
            self.read(|cursor| Ok(cursor.skip("wccp.redirect", WEB_CACHE_BYTES)?))?;
        }
        Ok(Next::Ip)
    }

    /// A network service header.
    pub(super) fn services(&mut self) -> Result<Next, Stop> {
        let header = self.header(nsh::Header::parse, Layer::Services)?;
        self.after_services(header.next_protocol())
    }

    fn after_services(&self, next: NextProtocol) -> Result<Next, Stop> {
        Ok(match next {
            NextProtocol::IPV4 | NextProtocol::IPV6 => Next::Ip,
            NextProtocol::ETHERNET => Next::Ethernet,
            NextProtocol::SERVICES => Next::Services,
            NextProtocol::MPLS => Next::Mpls,
            NextProtocol(number) => {
                return Err(Stop::Unknown {
                    field: "nsh.next_protocol",
                    number: number.into(),
                    offset: self.cursor.offset(),
                });
            }
        })
    }

    fn erspan(&mut self) -> Result<Next, Stop> {
        let header = self.header(erspan::Header::parse, Layer::Erspan)?;
        Ok(match header.inner() {
            erspan::Inner::Ethernet => Next::Ethernet,
            erspan::Inner::Ip => Next::Ip,
        })
    }

    /// What follows a tunnel's header, if the datagram holds one. The port alone proves nothing; a datagram that does not
    /// look like the tunnel's is left as it is.
    #[inline]
    pub(super) fn udp_tunnel(&mut self, ports: Ports) -> Option<Next> {
        if !may_be_tunnel(ports) {
            return None;
        }
        self.tunnel_of(ports.destination)
            .or_else(|| self.tunnel_back(ports.source))
    }

    #[inline]
    fn tunnel_of(&mut self, port: u16) -> Option<Next> {
        match port {
            vxlan::PORT => self.vxlan(),
            geneve::PORT => self.geneve(),
            vxlan::EXTENDED_PORT => self.vxlan_extended(),
            gre::UDP_PORT => self.gre_in_udp(),
            mpls::UDP_PORT => self.mpls_in_udp(),
            other => self.tunnel_back(other),
        }
    }

    /// Tunnels whose answers come from their port.
    #[inline]
    fn tunnel_back(&mut self, port: u16) -> Option<Next> {
        match port {
            gtp::PORT => self.gtp(),
            l2tp::PORT => self.l2tp(),
            teredo::PORT => self.teredo(),
            ayiya::PORT => self.ayiya(),
            _ => None,
        }
    }

    /// GTP-U, which states its length; what it carries is IP by far most often.
    fn gtp(&mut self) -> Option<Next> {
        let (start, wire_bytes) = (self.cursor, self.wire_bytes);
        let mut ahead = start;
        let header = gtp::Header::parse(&mut ahead).ok()?;
        if u32::from(header.length()).saturating_add(gtp::FIXED_BYTES as u32) > wire_bytes {
            return None;
        }
        let is_ip = matches!(ahead.rest().first().map(|byte| byte >> 4), Some(4 | 6));
        self.attempt(gtp::Header::parse, Layer::Gtp)?;
        Some(if header.carries_packet() && is_ip {
            Next::Ip
        } else {
            self.payload()
        })
    }

    /// L2TP, which may state its length; version 2 carries PPP.
    fn l2tp(&mut self) -> Option<Next> {
        let mut ahead = self.cursor;
        let header = l2tp::Header::parse(&mut ahead).ok()?;
        if header
            .length()
            .is_some_and(|length| u32::from(length) > self.wire_bytes)
        {
            return None;
        }
        self.attempt(l2tp::Header::parse, Layer::L2tp)?;
        Some(if header.carries_ppp() {
            Next::Ppp
        } else {
            self.payload()
        })
    }

    fn teredo(&mut self) -> Option<Next> {
        let wire_bytes = self.wire_bytes;
        self.attempt(|cursor| teredo::Header::parse(cursor, wire_bytes), Layer::Teredo)?;
        Some(Next::Ip)
    }

    fn vxlan(&mut self) -> Option<Next> {
        self.attempt(vxlan::Header::parse, Layer::Vxlan).map(|_| Next::Ethernet)
    }

    fn vxlan_extended(&mut self) -> Option<Next> {
        let header = self.attempt(vxlan::Extended::parse, Layer::VxlanGpe)?;
        Some(
            self.after_services(header.next_protocol())
                .unwrap_or_else(|_| self.payload()),
        )
    }

    /// GRE in UDP, which is GRE of version 0 that carries IP, Ethernet or MPLS.
    fn gre_in_udp(&mut self) -> Option<Next> {
        let mut ahead = self.cursor;
        let header = gre::Header::parse(&mut ahead).ok()?;
        let is_known = matches!(
            header.protocol(),
            EtherType::IPV4
                | EtherType::IPV6
                | EtherType::ETHERNET_BRIDGING
                | EtherType::MPLS
                | EtherType::MPLS_MULTICAST
        );
        (header.version() == 0 && is_known).then_some(Next::Transport(net::GRE))
    }

    /// MPLS in UDP, where a stack of labels ends before something that is known.
    fn mpls_in_udp(&mut self) -> Option<Next> {
        let mut ahead = self.cursor;
        for _ in 0..mpls::MOST_LIKELY_LABELS {
            if mpls::Label::parse(&mut ahead).ok()?.is_bottom() {
                return mpls::below_the_stack(&mut ahead).ok().map(|_| Next::Mpls);
            }
        }
        None
    }

    fn ayiya(&mut self) -> Option<Next> {
        self.attempt(ayiya::Header::parse, Layer::Ayiya).map(|_| Next::Ip)
    }

    fn geneve(&mut self) -> Option<Next> {
        let header = self.attempt(geneve::Header::parse, Layer::Geneve)?;
        Some(Next::EtherType(header.protocol()))
    }

    /// Reads a header that may not be one, in which case nothing has been read.
    fn attempt<T: Copy>(
        &mut self,
        reader: impl FnOnce(&mut whotalks_bytes::Cursor<'a>) -> Result<T, Stop>,
        layer: fn(T) -> Layer<'a>,
    ) -> Option<T> {
        let before = (self.cursor, self.wire_bytes);
        let header = self.header(reader, layer).ok();
        if header.is_none() {
            (self.cursor, self.wire_bytes) = before;
        }
        header
    }
}
