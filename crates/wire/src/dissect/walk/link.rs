//! Link layers.

use whotalks_record::LinkType;

use super::{Next, Walk};
use crate::Stop;
use crate::dissect::{Layer, Unread, Visitor};
use crate::link::vlan::{self, Vlans};
use crate::link::{
    self, EtherType, arcnet, arista, cisco_metadata, ethernet, fabric_path, fddi, frame_relay, infiniband, ipnet, llc,
    macsec, mpls, nflog, null, pktap, ppp, provider_bridge, sll, vn_tag,
};

/// The unused checksum that an IPX packet begins with, which no IEEE 802.2 header does.
const RAW_IPX: [u8; 2] = [0xff, 0xff];
/// What Cisco HDLC has under the number of reverse ARP: addresses and signs of life, in a form of their own.
const CISCO_KEEP_ALIVE: EtherType = EtherType::REVERSE_ARP;

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
            link::FDDI => self.fddi(),
            link::ATM_RFC1483 => Ok(Next::Llc),
            link::ARCNET_BSD => self.arcnet(false),
            link::ARCNET_LINUX => self.arcnet(true),
            link::IPNET => self.ipnet(),
            link::IPOIB => {
                let header = self.header(infiniband::Header::parse, Layer::Infiniband)?;
                Ok(Next::EtherType(header.ether_type()))
            }
            link::PKTAP => self.pktap(),
            link::USER2 if pktap::Header::is_likely(self.cursor.rest()) => self.pktap(),
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
        if header.ether_type() == CISCO_KEEP_ALIVE {
            self.tell_unread(Unread::CiscoHdlc(CISCO_KEEP_ALIVE.0));
            return Err(Stop::Unknown {
                field: "chdlc.protocol",
                number: CISCO_KEEP_ALIVE.0.into(),
                offset: self.cursor.offset(),
            });
        }
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

    fn fddi(&mut self) -> Result<Next, Stop> {
        let header = self.header(fddi::Header::parse, Layer::Fddi)?;
        if header.carries_llc() {
            return Ok(Next::Llc);
        }
        Err(Stop::Unknown {
            field: "fddi.frame_control",
            number: header.control().into(),
            offset: self.cursor.offset(),
        })
    }

    fn arcnet(&mut self, has_offset: bool) -> Result<Next, Stop> {
        let header = self.header(|cursor| arcnet::Header::parse(cursor, has_offset), Layer::Arcnet)?;
        header.ether_type(self.cursor.offset()).map(Next::EtherType)
    }

    fn ipnet(&mut self) -> Result<Next, Stop> {
        let header = self.header(ipnet::Header::parse, Layer::Ipnet)?;
        if header.carries_ip() {
            return Ok(Next::Ip);
        }
        Err(Stop::Unknown {
            field: "ipnet.family",
            number: header.family().into(),
            offset: self.cursor.offset(),
        })
    }

    /// PKTAP may hold any link layer; another PKTAP counts as one more header, so that the walk ends.
    fn pktap(&mut self) -> Result<Next, Stop> {
        let start = self.cursor;
        let header = self.header(pktap::Header::parse, Layer::Pktap)?;
        let link_type = header.link_type().filter(|_| header.carries_packet());
        link_type.map(Next::Link).ok_or(Stop::Unknown {
            field: "pktap.link_type",
            number: 0,
            offset: start.offset(),
        })
    }

    #[cold]
    fn fabric_path(&mut self) -> Result<Next, Stop> {
        self.header(fabric_path::Header::parse, Layer::FabricPath)?;
        Ok(Next::Ethernet)
    }

    /// What is in MACsec lies before a check value, which is no padding of Ethernet.
    fn macsec(&mut self) -> Result<Next, Stop> {
        let header = self.header(macsec::Header::parse, Layer::Macsec)?;
        if !header.is_plain() {
            return Err(Stop::Unknown {
                field: "macsec.flags",
                number: header.flags().into(),
                offset: self.cursor.offset(),
            });
        }
        let in_ethernet = std::mem::replace(&mut self.in_ethernet, false);
        self.narrow(header.data_bytes(self.wire_bytes));
        self.in_ethernet = in_ethernet;
        let ether_type = self.read(|cursor| Ok(cursor.u16_be("macsec.ether_type")?))?;
        Ok(Next::EtherType(EtherType(ether_type)))
    }

    #[inline]
    pub(super) fn ethernet(&mut self) -> Result<Next, Stop> {
        if fabric_path::Header::is_announced(self.cursor.rest()) {
            return self.fabric_path();
        }
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
            EtherType::VN_TAG => {
                let header = self.header(vn_tag::Header::parse, Layer::VnTag)?;
                Ok(Next::EtherType(header.ether_type()))
            }
            EtherType::ARISTA_TIME => {
                let header = self.header(arista::Header::parse, Layer::AristaTime)?;
                Ok(Next::EtherType(header.ether_type()))
            }
            EtherType::PROVIDER_BRIDGE => {
                let header = self.header(provider_bridge::Header::parse, Layer::ProviderBridge)?;
                Ok(Next::EtherType(header.ether_type()))
            }
            EtherType::MACSEC => self.macsec(),
            EtherType::SERVICES => Ok(Next::Services),
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
