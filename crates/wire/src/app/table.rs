//! Every protocol that can be recognised: one row each, in the order in which they are asked.

use whotalks_record::ApplicationProtocol as Name;

use super::{First, Protocol, dns, http1, pdu, quic, socks, tls};

/// What TCP carries. Where two probes are certain of the same bytes, the earlier row wins: protocols whose beginning is a
/// signature come first, those that are known by their shape last.
pub const STREAM_PROTOCOLS: &[Protocol] = &[
    Protocol::stream(Name::Tls, tls::probe)
        .beginning(First::Range(20, 23))
        .framed(pdu::tls_records)
        .on(&[443]),
    Protocol::stream(Name::Http1, http1::probe),
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
    Protocol::datagram(Name::Dns, dns::probe_datagram).on(&[53, 5353, 5355]),
];

/// Every row.
pub fn protocols() -> impl Iterator<Item = &'static Protocol> {
    STREAM_PROTOCOLS.iter().chain(DATAGRAM_PROTOCOLS)
}
