//! Every protocol that can be recognised: one row each, in the order in which they are asked.

use whotalks_record::ApplicationProtocol as Name;

use super::database::{cassandra, memcached, mongodb, mysql, oracle, postgresql, redis, sql_browser, tds};
use super::files::{ftp, git, iscsi, onc_rpc, rsync, tftp};
use super::industry::{bacnet, coap, cotp, dnp3, ethernet_ip, iec104, modbus, opcua, s7comm};
use super::mail::{imap, nntp, pop3, smtp};
use super::media::{rtcp, rtmp, rtp, rtsp, sip, stun};
use super::messaging::{amqp, dotnet_framing, irc, mqtt, nats, xmpp};
use super::network::{bgp, dhcp, dhcpv6, nat_pmp, netflow, ntp, radius, rip, slp, snmp, ssdp, syslog, tacacs, wsd};
use super::peers::{bitcoin, bittorrent, dht, dropbox, local_discovery, raknet, spotify, steam, stratum, tracker, utp};
use super::remote::{anydesk, radmin, rdp, rdp_udp, rmcp, ssh, teamviewer, telnet, vnc, x11};
use super::tunnel::{esp_in_udp, gtp, isakmp, l2tp, openvpn, pptp, tor, wireguard};
use super::windows::{delivery_optimization, kerberos, ldap, msrpc, nbdgm, nbns, nbss, smb};
use super::{First, Protocol, dns, http1, http2, pdu, quic, socks, tls};

/// What TCP carries. Where two probes are certain of the same bytes, the earlier row wins: protocols whose beginning is a
/// signature come first, those that are known by their shape last.
pub const STREAM_PROTOCOLS: &[Protocol] = &[
    Protocol::stream(Name::Tls, tls::probe)
        .beginning(First::Range(20, 23))
        .framed(pdu::tls_records)
        .on(&[443, 465, 563, 636, 853, 989, 990, 993, 995, 5061, 8443]),
    ssh::STREAM,
    smb::STREAM_2,
    smb::STREAM_1,
    rdp::STREAM,
    s7comm::STREAM,
    cotp::STREAM,
    Protocol::stream(Name::Http2, http2::probe).beginning(First::Of(b"P")),
    // Their requests have the form of HTTP's.
    sip::STREAM,
    rtsp::STREAM,
    Protocol::stream(Name::Http1, http1::probe).on(&[80]),
    bittorrent::STREAM,
    delivery_optimization::STREAM,
    vnc::STREAM,
    radmin::STREAM,
    teamviewer::STREAM,
    mqtt::STREAM,
    amqp::STREAM,
    nats::STREAM,
    dotnet_framing::STREAM,
    bitcoin::STREAM,
    opcua::STREAM,
    pptp::STREAM,
    postgresql::STREAM,
    mysql::STREAM,
    tds::STREAM,
    redis::STREAM,
    mongodb::STREAM,
    cassandra::STREAM,
    oracle::STREAM,
    x11::STREAM,
    rsync::STREAM,
    git::STREAM,
    iscsi::STREAM,
    bgp::STREAM,
    smtp::STREAM,
    ftp::STREAM,
    pop3::STREAM,
    imap::STREAM,
    nntp::STREAM,
    irc::STREAM,
    xmpp::STREAM,
    stratum::STREAM,
    memcached::STREAM,
    ldap::STREAM,
    kerberos::STREAM,
    msrpc::STREAM,
    nbss::STREAM,
    onc_rpc::NFS_STREAM,
    onc_rpc::PORTMAP_STREAM,
    onc_rpc::STREAM,
    stun::STREAM,
    telnet::STREAM,
    tacacs::STREAM,
    syslog::STREAM,
    rtmp::STREAM,
    openvpn::STREAM,
    tor::STREAM,
    dnp3::STREAM,
    iec104::STREAM,
    ethernet_ip::STREAM,
    modbus::STREAM,
    Protocol::stream(Name::Dns, dns::probe_stream)
        .framed(pdu::behind_u16)
        .on(&[53]),
    Protocol::stream(Name::Socks5, socks::probe_v5)
        .beginning(First::Of(&[5]))
        .on(&[1080]),
    Protocol::stream(Name::Socks4, socks::probe_v4)
        .beginning(First::Of(&[4]))
        .on(&[1080]),
];

/// What UDP carries, in the order in which they are asked.
pub const DATAGRAM_PROTOCOLS: &[Protocol] = &[
    Protocol::datagram(Name::Dtls, tls::probe_datagram).beginning(First::Range(20, 24)),
    Protocol::datagram(Name::Quic, quic::probe_datagram).on(&[443]),
    Protocol::datagram(Name::Dns, dns::probe_datagram)
        .going_on(dns::may_be_datagram)
        .on(&[53, 5353, 5355]),
    stun::DATAGRAM,
    dhcp::DATAGRAM,
    nbns::DATAGRAM,
    nbdgm::DATAGRAM,
    ssdp::DATAGRAM,
    local_discovery::DATAGRAM,
    dht::DATAGRAM,
    tracker::DATAGRAM,
    dropbox::DATAGRAM,
    steam::DATAGRAM,
    spotify::DATAGRAM,
    raknet::DATAGRAM,
    isakmp::DATAGRAM,
    wireguard::DATAGRAM,
    openvpn::DATAGRAM,
    l2tp::DATAGRAM,
    wsd::DATAGRAM,
    sip::DATAGRAM,
    snmp::DATAGRAM,
    ldap::DATAGRAM,
    kerberos::DATAGRAM,
    msrpc::DATAGRAM,
    rdp_udp::DATAGRAM,
    syslog::DATAGRAM,
    tftp::DATAGRAM,
    radius::DATAGRAM,
    onc_rpc::NFS_DATAGRAM,
    onc_rpc::PORTMAP_DATAGRAM,
    onc_rpc::DATAGRAM,
    netflow::NETFLOW,
    netflow::IPFIX,
    netflow::SFLOW,
    slp::DATAGRAM,
    rmcp::DATAGRAM,
    sql_browser::DATAGRAM,
    memcached::DATAGRAM,
    bacnet::DATAGRAM,
    teamviewer::DATAGRAM,
    coap::DATAGRAM,
    rip::DATAGRAM,
    rtcp::DATAGRAM,
    ntp::DATAGRAM,
    dhcpv6::DATAGRAM,
    nat_pmp::DATAGRAM,
    anydesk::DATAGRAM,
    gtp::DATAGRAM,
    utp::DATAGRAM,
    rtp::DATAGRAM,
    esp_in_udp::DATAGRAM,
];

/// Every row.
pub fn protocols() -> impl Iterator<Item = &'static Protocol> {
    STREAM_PROTOCOLS.iter().chain(DATAGRAM_PROTOCOLS)
}
