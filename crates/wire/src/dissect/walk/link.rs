//! Link layers.

use whotalks_record::LinkType;

use super::{Next, Walk};
use crate::Stop;
use crate::dissect::{Layer, Unread, Visitor};
use crate::link::vlan::{self, Vlans};
use crate::link::{self, EtherType, cisco_metadata, ethernet, frame_relay, llc, mpls, nflog, null, ppp, sll};

/// The unused checksum that an IPX packet begins with, which no IEEE 802.2 header does.
const RAW_IPX: [u8; 2] = [0xff, 0xff];

impl<'a, V: Visitor<'a>> Walk<'a, '_, V> {
    #[inline]
    pub(super) fn enter(&mut self, link_type: LinkType) -> Result<Next, Stop> {
        match link_type {
            link::ETHERNET => Ok(Next::Ethernet),
            link::RAW | link::RAW_BSD | link::RAW_OPENBSD => {
                self.tell(self.cursor, Layer::Raw);
                Ok(Next::Ip)
            }
            other => self.enter_rare(other),
        }
    }

    fn enter_rare(&mut self, link_type: LinkType) -> Result<Next, Stop> {
        match link_type {
            link::IPV4 | link::IPV6 => Ok(Next::Ip),
            link::PPP | link::PPP_HDLC => Ok(Next::Ppp),
            link::NULL | link::LOOP => self
                .header(null::Header::parse, Layer::Null)?
                .ether_type()
                .map(Next::EtherType),
            link::LINUX_SLL => self.sll(),
            link::LINUX_SLL2 => self.sll2(),
            link::C_HDLC => self.cisco_hdlc(),
            link::FRAME_RELAY => self.frame_relay(),
            link::PPP_ETHER => Ok(Next::EtherType(EtherType::PPPOE_SESSION)),
            link::NFLOG => self.nflog(),
            link::IEEE802_11 => self.wlan(0, false),
            link::IEEE802_11_RADIOTAP => self.radiotap(),
            link::IEEE802_11_PRISM | link::IEEE802_11_AVS => self.prism(),
            link::PPI => self.ppi(),
            LinkType(number) => Err(Stop::Unknown {
                field: "link_type",
                number: number.into(),
                offset: 0,
            }),
        }
    }

    fn sll(&mut self) -> Result<Next, Stop> {
        let header = self.header(sll::HeaderV1::parse, Layer::Sll)?;
        header.ether_type().map(after_sll)
    }

    fn sll2(&mut self) -> Result<Next, Stop> {
        let header = self.header(sll::HeaderV2::parse, Layer::Sll2)?;
        header.ether_type().map(after_sll)
    }

    fn cisco_hdlc(&mut self) -> Result<Next, Stop> {
        let start = self.cursor;
        let Some(header) = self.read(ppp::HdlcHeader::parse)? else {
            return Ok(Next::Ppp);
        };
        self.tell(start, Layer::CiscoHdlc(header));
        Ok(Next::EtherType(header.ether_type()))
    }

    fn frame_relay(&mut self) -> Result<Next, Stop> {
        let header = self.header(frame_relay::Header::parse, Layer::FrameRelay)?;
        header.ether_type(self.cursor.offset()).map(Next::EtherType)
    }

    fn nflog(&mut self) -> Result<Next, Stop> {
        self.header(nflog::Header::parse, Layer::Nflog)?;
        self.cursor = nflog::payload(&mut self.cursor)?;
        Ok(Next::Ip)
    }

    #[inline]
    pub(super) fn ethernet(&mut self) -> Result<Next, Stop> {
        let header = self.header(ethernet::Header::parse, Layer::Ethernet)?;
        self.seen.ethernet.get_or_insert(header);
        self.in_ethernet = true;
        Ok(Next::EtherType(header.ether_type()))
    }

    #[inline]
    pub(super) fn ether_type(&mut self, ether_type: EtherType) -> Result<Next, Stop> {
        match ether_type {
            EtherType::IPV4 | EtherType::IPV6 => Ok(Next::Ip),
            EtherType::VLAN | EtherType::OLD_QINQ => self.vlan(Layer::Vlan),
            EtherType::SERVICE_VLAN => self.vlan(Layer::ServiceVlan),
            other => self.rare_ether_type(other),
        }
    }

    fn rare_ether_type(&mut self, ether_type: EtherType) -> Result<Next, Stop> {
        match ether_type {
            EtherType::ARP => self.arp(),
            EtherType::MPLS | EtherType::MPLS_MULTICAST => Ok(Next::Mpls),
            EtherType::PPPOE_SESSION => self.pppoe_session(),
            EtherType::PPPOE_DISCOVERY => self.pppoe_discovery(),
            EtherType::CISCO_METADATA => {
                let header = self.header(cisco_metadata::Header::parse, Layer::CiscoMetadata)?;
                Ok(Next::EtherType(header.ether_type()))
            }
            EtherType::PPP => Ok(Next::Ppp),
            EtherType::ETHERNET_BRIDGING => Ok(Next::Ethernet),
            EtherType(length) if length <= EtherType::LARGEST_LENGTH => {
                self.narrow(self.wire_bytes.min(length.into()));
                self.after_length()
            }
            EtherType(number) => {
                self.tell_unread(Unread::EtherType(ether_type));
                Err(Stop::Unknown {
                    field: "ethernet.ether_type",
                    number: number.into(),
                    offset: self.cursor.offset(),
                })
            }
        }
    }

    /// What follows the length of IEEE 802.3: IEEE 802.2, or IPX as Novell wrote it before there was that.
    fn after_length(&mut self) -> Result<Next, Stop> {
        if !self.cursor.rest().starts_with(&RAW_IPX) {
            return Ok(Next::Llc);
        }
        self.tell_unread(Unread::EtherType(EtherType::IPX));
        Err(Stop::Unknown {
            field: "ipx.checksum",
            number: 0xffff,
            offset: self.cursor.offset(),
        })
    }

    fn vlan(&mut self, layer: fn(vlan::Tag<'a>) -> Layer<'a>) -> Result<Next, Stop> {
        let tag = self.header(vlan::Tag::parse, layer)?;
        if !self.seen.vlans.push(tag.id()) {
            return Err(Stop::TooDeep {
                limit: Vlans::MOST as u32,
                offset: self.cursor.offset(),
            });
        }
        Ok(Next::EtherType(tag.ether_type()))
    }

    pub(super) fn llc(&mut self) -> Result<Next, Stop> {
        let header = self.header(llc::Header::parse, Layer::Llc)?;
        let next = header.ether_type(self.cursor.offset());
        if next.is_err() {
            self.tell_unread(match (header.organisation(), header.protocol()) {
                (Some(organisation), Some(protocol)) => Unread::Snap { organisation, protocol },
                _ => Unread::ServiceAccessPoint(header.dsap()),
            });
        }
        next.map(Next::EtherType)
    }

    pub(super) fn mpls(&mut self) -> Result<Next, Stop> {
        self.in_ethernet = false;
        if !self.header(mpls::Label::parse, Layer::Mpls)?.is_bottom() {
            return Ok(Next::Mpls);
        }
        Ok(match self.read(mpls::below_the_stack)? {
            mpls::Inner::Ip => Next::Ip,
            mpls::Inner::Ethernet => Next::Ethernet,
        })
    }

    fn pppoe_session(&mut self) -> Result<Next, Stop> {
        let start = self.cursor;
        let header = self.read(ppp::PppoeHeader::parse)?;
        self.narrow(self.wire_bytes.min(header.payload_bytes().into()));
        self.tell(start, Layer::PppoeSession(header));
        header.check_code(start.offset())?;
        Ok(Next::Ppp)
    }

    fn pppoe_discovery(&mut self) -> Result<Next, Stop> {
        let start = self.cursor;
        let header = self.read(ppp::PppoeHeader::parse)?;
        self.narrow(self.wire_bytes.min(header.payload_bytes().into()));
        self.tell(start, Layer::PppoeDiscovery(header));
        Err(Stop::Unknown {
            field: "pppoe.code",
            number: header.code().into(),
            offset: start.offset(),
        })
    }

    pub(super) fn ppp(&mut self) -> Result<Next, Stop> {
        let header = self.header(ppp::Header::parse, Layer::Ppp)?;
        let next = header.ether_type(self.cursor.offset());
        if next.is_err() {
            self.tell_unread(Unread::Ppp(header.protocol()));
        }
        next.map(Next::EtherType)
    }
}

fn after_sll(ether_type: EtherType) -> Next {
    match ether_type {
        sll::LLC => Next::Llc,
        other => Next::EtherType(other),
    }
}
