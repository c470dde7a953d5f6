//! A name that travelled in a flow.

use crate::{FlowId, FlowKey, Span, Text, Timestamp};

/// A name for the far end of a flow, as an end wrote it into the flow: the client, but for certificates.
#[derive(Clone, Debug, PartialEq)]
pub struct NameObservation {
    /// The packet that completes the name.
    pub span: Span,
    /// The flow, within the same evidence.
    pub flow: FlowId,
    /// The flow's 5-tuple, client first.
    pub key: FlowKey,
    /// When it was seen.
    pub time: Option<Timestamp>,
    /// Where in the flow it stood.
    pub source: NameSource,
    /// The name, lower case, without a trailing dot; never an address literal unless `source` names a proxy target.
    pub name: Text,
    /// The port asked for, where the protocol states one (CONNECT, SOCKS, an absolute URI, Host).
    pub port: Option<u16>,
    /// The path of an HTTP request, without its query, at most 256 bytes.
    pub path: Option<Text>,
}

/// Where a name stood; the order is the name ladder, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameSource {
    /// The server's certificate (subjectAltName, else common name; RFC 5280 4.2.1.6): what the server claims, nobody asked for.
    TlsCertificate,
    /// HTTP/1 Host header, or `:authority` of HTTP/2.
    HttpHost,
    /// Server name inside QUIC (RFC 9001), or the SNI tag of Google's QUIC.
    QuicSni(Ech),
    /// TLS server_name (RFC 6066 3).
    TlsSni(Ech),
    /// SOCKS 4a or 5 request: the proxy's target.
    SocksTarget,
    /// Absolute-form request to a proxy: its target.
    HttpAbsolute,
    /// HTTP CONNECT: the proxy's target.
    HttpConnect,
}

/// Whether the ClientHello carried an encrypted one (`encrypted_client_hello`, extension 0xfe0d). GREASE cannot be told
/// from real ECH by an onlooker, so an outer name stays a candidate and is labelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ech {
    /// Present: the visible name may be the outer one.
    Present,
    /// Absent: the visible name is the real one.
    Absent,
}

impl NameSource {
    /// Whether the name is the target of a proxy, not of the flow's own far end.
    pub const fn is_proxy_target(self) -> bool {
        matches!(self, Self::SocksTarget | Self::HttpAbsolute | Self::HttpConnect)
    }
}
