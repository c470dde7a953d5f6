//! What TLS carries, where the hello or the certificate in the clear says so.
//!
//! A protocol that hides in TLS has one row here. Its file says which signs are its own; what could be anybody's says nothing.

use whotalks_record::{ApplicationProtocol, RecognisedBy};

use super::{Certificate, ClientHello};
use crate::app::Authority;
use crate::app::remote::{anydesk, teamviewer};
use crate::app::tunnel::tor;

/// What has a protocol of its own inside of TLS, and how it shows.
#[derive(Debug, Clone, Copy)]
pub struct InTls {
    /// Which one.
    pub protocol: ApplicationProtocol,
    /// Whether a hello is its own.
    pub hello: fn(&ClientHello<'_>) -> Option<RecognisedBy>,
    /// Whether a certificate of the server is its own.
    pub certificate: fn(&Certificate) -> bool,
    /// Whether a hello may be its own, so that the certificate has to tell.
    pub ask_certificate: fn(&ClientHello<'_>) -> bool,
    /// The signs, for the documentation.
    pub signs: &'static str,
}

/// DNS over TLS: RFC 7858 3.1 gives it a port; "dot" is the name that clients which want to be sure say.
const DNS: InTls = InTls {
    protocol: ApplicationProtocol::Dot,
    hello: |hello| {
        let says = hello.application_protocols().any(|protocol| protocol == b"dot");
        says.then_some(RecognisedBy::Content)
    },
    certificate: |_| false,
    ask_certificate: |_| false,
    signs: "ALPN `dot`; else a guess by port 853",
};

/// Every row, in the order in which they are asked.
pub const IN_TLS: &[InTls] = &[DNS, anydesk::IN_TLS, teamviewer::IN_TLS, tor::IN_TLS];

/// The port of DNS over TLS.
const DNS_PORT: u16 = 853;

/// What TLS carries by the hello of its client. `port` is the server's; what only it suggests is a guess.
#[must_use]
pub fn by_hello(hello: &ClientHello<'_>, port: u16) -> Option<(ApplicationProtocol, RecognisedBy)> {
    let mut rows = IN_TLS.iter();
    let found = rows.find_map(|row| Some((row.protocol, (row.hello)(hello)?)));
    found.or((port == DNS_PORT).then_some((ApplicationProtocol::Dot, RecognisedBy::Port)))
}

/// Whether the server's certificate may tell more than this hello: it names nobody, or looks as a protocol's own does.
#[must_use]
pub fn asks_certificate(hello: &ClientHello<'_>) -> bool {
    let names_nobody = |host| Authority { host, port: None }.address().is_some();
    hello.server_name().is_none_or(names_nobody) || IN_TLS.iter().any(|row| (row.ask_certificate)(hello))
}

/// What TLS carries by the certificate of its server.
#[must_use]
pub fn by_certificate(certificate: &Certificate) -> Option<ApplicationProtocol> {
    let row = IN_TLS.iter().find(|row| (row.certificate)(certificate))?;
    Some(row.protocol)
}
