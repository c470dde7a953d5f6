//! Which protocol a conversation speaks, as Wireshark decides it: by its ports, then by its first bytes.

use super::messages::Length;
use super::talk::{Context, Talk};
use super::{Bytes, Out};
use crate::FieldId;
use crate::protocols::{
    bittorrent, bt_dht, data, db_lsp, dcerpc, dhcp, dhcpv6, dns, dtls, ftp, http, http2, imap, isakmp, kerberos, ldap,
    mqtt, mysql, nbns, nbss, ntp, openvpn, pgsql, pop, quic, rdp, rtcp, rtp, sip, smtp, snmp, socks, ssdp, ssh, stun,
    syslog, tds, telnet, tftp, tls, tpkt, websocket, wireguard,
};

/// How a protocol is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Service {
    /// How long a message is.
    pub(crate) length: fn(&[u8], &Talk) -> Length,
    /// The fields of a message.
    pub(crate) extract: for<'a> fn(Bytes<'a>, &mut Context<'_>, &mut Out<'_, '_, 'a>),
    /// Each datagram must show its sign anew.
    pub(crate) is_by_sign: bool,
    /// Several messages of one segment are read together, not one by one.
    pub(crate) is_joined: bool,
    /// The protocol, where a segment counts as it that begins a message and holds no whole one.
    pub(crate) begun: Option<FieldId>,
}

/// Ports and what Wireshark expects there.
type Ports = (&'static [u16], Service);
/// A look at first bytes, and what they are where it says so.
type Sign = (fn(&[u8]) -> bool, Service);

impl Service {
    /// A protocol whose messages say their length.
    const fn framed(
        length: fn(&[u8], &Talk) -> Length,
        extract: for<'a> fn(Bytes<'a>, &mut Context<'_>, &mut Out<'_, '_, 'a>),
    ) -> Self {
        Self {
            length,
            extract,
            is_by_sign: false,
            is_joined: false,
            begun: None,
        }
    }

    /// A protocol whose segments or datagrams are messages.
    const fn whole(extract: for<'a> fn(Bytes<'a>, &mut Context<'_>, &mut Out<'_, '_, 'a>)) -> Self {
        Self::framed(|_, _| Length::Unframed, extract)
    }

    const fn begun_as(mut self, protocol: FieldId) -> Self {
        self.begun = Some(protocol);
        self
    }

    /// A protocol that is known by the bytes of each datagram.
    const fn sign(extract: for<'a> fn(Bytes<'a>, &mut Context<'_>, &mut Out<'_, '_, 'a>)) -> Self {
        let mut service = Self::whole(extract);
        service.is_by_sign = true;
        service
    }

    const fn joined(mut self) -> Self {
        self.is_joined = true;
        self
    }
}

pub(crate) const TLS: Service = Service::framed(|bytes, _| tls::length(bytes), tls::extract)
    .joined()
    .begun_as(tls::PROTOCOL);
pub(crate) const HTTP2: Service = Service::framed(|bytes, _| http2::length(bytes), http2::extract).joined();
pub(crate) const HTTP: Service = Service::framed(|bytes, talk| http::length(bytes, &talk.http), http::extract);
const DNS: Service = Service::framed(|bytes, _| behind(bytes, 0, 2, 2), dns::stream);
const NBSS: Service = Service::framed(|bytes, _| nbss::length(bytes), nbss::extract);
const TPKT: Service = Service::framed(|bytes, _| tpkt::length(bytes), tpkt::extract);
const KERBEROS: Service = Service::framed(|bytes, _| behind(bytes, 0, 4, 4), kerberos::stream);
const DCERPC: Service = Service::framed(|bytes, _| dcerpc::length(bytes), dcerpc::extract);
const LDAP: Service = Service::framed(|bytes, _| ldap::length(bytes), ldap::extract);
const TDS: Service = Service::framed(|bytes, _| tds::length(bytes), tds::extract);
const MYSQL: Service = Service::framed(|bytes, _| mysql::length(bytes), mysql::extract);
const PGSQL: Service = Service::framed(|bytes, _| pgsql::length(bytes), pgsql::extract);
const MQTT: Service = Service::framed(|bytes, _| mqtt::length(bytes), mqtt::extract);
const OPENVPN: Service = Service::framed(|bytes, _| openvpn::length(bytes), openvpn::stream);
const BITTORRENT: Service = Service::framed(|bytes, _| bittorrent::length(bytes), bittorrent::extract);
const SSH: Service = Service::framed(ssh::length, ssh::extract).joined();
pub(crate) const WEBSOCKET: Service = Service::framed(|bytes, _| websocket::length(bytes), websocket::extract);

/// Media of calls and reports about them, where a call announced them.
pub(crate) const RTP: Service = Service::whole(rtp::extract);
pub(crate) const RTCP: Service = Service::whole(rtcp::extract);

/// What is carried where no protocol is known.
pub(crate) const UNKNOWN: Service = Service::whole(|message, _, out| unknown(message, out));

/// What Wireshark registers for ports of TCP.
const STREAM_PORTS: &[Ports] = &[
    (&[21], Service::whole(ftp::extract)),
    (&[20], Service::whole(ftp::data)),
    (&[22], SSH),
    (&[23], Service::whole(telnet::extract)),
    (&[25, 587], Service::whole(smtp::extract)),
    (&[53], DNS),
    (&[80, 3128, 3132, 5985, 8080, 8088, 11371, 1900, 2869, 2710], HTTP),
    (&[88], KERBEROS),
    (&[110], Service::whole(pop::extract)),
    (&[143], Service::whole(imap::extract)),
    (&[139, 445], NBSS),
    (&[389, 3268], LDAP),
    (&[443, 465, 636, 853, 989, 990, 993, 995, 5061, 5986, 8443, 8883], TLS),
    (&[1194], OPENVPN),
    (&[1080], Service::whole(socks::extract)),
    (&[1433, 2433], TDS),
    (&[1883], MQTT),
    (&[3306], MYSQL),
    (&[102, 3389], TPKT),
    (&[5432], PGSQL),
    (&[5060], Service::whole(sip::extract)),
];

/// What Wireshark registers for ports of UDP.
const DATAGRAM_PORTS: &[Ports] = &[
    (
        &[53],
        Service::whole(|message, context, out| dns::extract(message, dns::Kind::Dns, context, out)),
    ),
    (
        &[5353],
        Service::whole(|message, context, out| dns::extract(message, dns::Kind::Multicast, context, out)),
    ),
    (
        &[5355],
        Service::whole(|message, context, out| dns::extract(message, dns::Kind::LinkLocal, context, out)),
    ),
    (
        &[67, 68, 4011],
        Service::whole(|message, _, out| dhcp::extract(message, out)),
    ),
    (&[69], Service::whole(|message, _, out| tftp::extract(message, out))),
    (&[88], Service::whole(|message, _, out| kerberos::extract(message, out))),
    (&[123], Service::whole(|message, _, out| ntp::extract(message, out))),
    (&[137], Service::whole(|message, _, out| nbns::extract(message, out))),
    (&[138], Service::whole(nbss::datagram)),
    (
        &[161, 162],
        Service::whole(|message, _, out| snmp::extract(message, out)),
    ),
    (&[389], Service::whole(ldap::datagram)),
    (
        &[1194],
        Service::whole(|message, _, out| openvpn::extract(message, out)),
    ),
    (&[500], Service::whole(|message, _, out| isakmp::extract(message, out))),
    (&[514], Service::whole(|message, _, out| syslog::extract(message, out))),
    (
        &[546, 547],
        Service::whole(|message, _, out| dhcpv6::extract(message, out)),
    ),
    (&[1900], Service::whole(|message, _, out| ssdp::extract(message, out))),
    (&[3478], Service::whole(|message, _, out| stun::extract(message, out))),
    (&[5060], Service::whole(sip::extract)),
    (
        &[17500],
        Service::whole(|message, _, out| db_lsp::extract(message, out)),
    ),
];

/// What Wireshark recognises by its bytes where no port decides, in streams.
const STREAM_SIGNS: &[Sign] = &[
    (tls::begins, TLS),
    (http::begins, HTTP),
    (bittorrent::begins, BITTORRENT),
    (nbss::begins, NBSS),
    (dcerpc::begins, DCERPC),
    (rdp::begins, TPKT),
];

/// And in datagrams.
const DATAGRAM_SIGNS: &[Sign] = &[
    (
        stun::begins,
        Service::sign(|message, _, out| stun::extract(message, out)),
    ),
    (
        wireguard::begins,
        Service::sign(|message, _, out| wireguard::extract(message, out)),
    ),
    (dtls::begins, Service::whole(dtls::extract)),
    (quic::begins, Service::whole(quic::extract)),
    (
        bt_dht::begins,
        Service::sign(|message, _, out| bt_dht::extract(message, out)),
    ),
    (
        dcerpc::begins_datagram,
        Service::whole(|message, _, out| dcerpc::datagram(message, out)),
    ),
];

/// The protocol of a stream that carries these bytes first.
pub(crate) fn of_stream(bytes: &[u8], ports: [u16; 2]) -> Option<Service> {
    // Nothing else begins with all of a preface.
    if http2::begins(bytes) {
        return Some(HTTP2);
    }
    by_port(STREAM_PORTS, ports).or_else(|| by_sign(STREAM_SIGNS, bytes))
}

/// The protocol of a datagram.
pub(crate) fn of_datagram(bytes: &[u8], ports: [u16; 2]) -> Option<Service> {
    by_port(DATAGRAM_PORTS, ports).or_else(|| by_sign(DATAGRAM_SIGNS, bytes))
}

/// The lower port decides, as in Wireshark.
fn by_port(table: &[Ports], ports: [u16; 2]) -> Option<Service> {
    let [source, destination] = ports;
    let of = |port| {
        table
            .iter()
            .find(|(known, _)| known.contains(&port))
            .map(|(_, service)| *service)
    };
    of(source.min(destination)).or_else(|| of(source.max(destination)))
}

fn by_sign(table: &[Sign], bytes: &[u8]) -> Option<Service> {
    let known = table.iter().find(|(begins, _)| begins(bytes));
    known.map(|(_, service)| *service)
}

/// A message whose length, of `width` bytes at `at`, counts what follows the first `header` bytes.
pub(crate) fn behind(bytes: &[u8], at: usize, width: usize, header: usize) -> Length {
    match Bytes(bytes).length(at, width) {
        Some(length) => Length::Known(length.saturating_add(header)),
        None => Length::OneMoreSegment,
    }
}

/// Reads what no protocol is known for.
pub(crate) fn unknown<'a>(bytes: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    data::extract(bytes, out);
}
