//! The names in a handshake of TLS.

use whotalks_record::{ApplicationProtocol, Ech, NameSource};
use whotalks_wire::app::tls::{self, Certificate, ClientHello, certificates, client_hello_body, datagram_client_hello};
use whotalks_wire::app::{Authority, Unfinished, name_text};

use super::Found;
use super::output::Name;

/// Names taken of a certificate; one that is for more belongs to a content network and names nobody.
const MOST_CERTIFICATE_NAMES: usize = 8;

/// What a ClientHello says.
pub(super) struct Hello {
    /// The server asked for.
    pub(super) name: Option<Name>,
    /// What will be spoken inside, where that is known, and how.
    pub(super) found: Found,
    /// Whether the server's certificate may tell more.
    pub(super) asks_certificate: bool,
}

/// Reads the hello that a client's first bytes hold. `port` is the server's.
///
/// # Errors
/// Those of [`client_hello_body`].
pub(super) fn hello(bytes: &[u8], port: u16) -> Result<Hello, Unfinished> {
    let body = client_hello_body(bytes)?;
    let hello = ClientHello::parse(&body)?;
    let inside = tls::by_hello(&hello, port).map(|(protocol, by)| Found { protocol, by });
    Ok(Hello {
        name: name(&hello, NameSource::TlsSni),
        found: inside.unwrap_or(Found::by_content(ApplicationProtocol::Tls)),
        asks_certificate: tls::asks_certificate(&hello),
    })
}

/// The name in a datagram of DTLS that holds a whole hello; none when it holds none, or one without a name.
pub(super) fn datagram_name(datagram: &[u8]) -> Option<Name> {
    let hello = ClientHello::parse_datagram(datagram_client_hello(datagram)?).ok()?;
    name(&hello, NameSource::TlsSni)
}

/// The server that a hello asks for; none when it names none, or an address, which is no name (RFC 6066 3).
pub(super) fn name(hello: &ClientHello<'_>, source: fn(Ech) -> NameSource) -> Option<Name> {
    let ech = if hello.has_encrypted_hello() {
        Ech::Present
    } else {
        Ech::Absent
    };
    let host = hello.server_name().filter(|host| is_name(host))?;
    Some(Name {
        source: source(ech),
        name: name_text(host),
        port: None,
        path: None,
    })
}

/// Whether a host is a name and no address.
pub(super) fn is_name(host: &[u8]) -> bool {
    Authority { host, port: None }.address().is_none()
}

/// The certificate that a server's first bytes hold, where they hold one in the clear.
///
/// # Errors
/// Those of [`tls::server_flight`].
pub(super) fn certificate(bytes: &[u8]) -> Result<Option<Certificate>, Unfinished> {
    let flight = tls::server_flight(bytes)?;
    let own = flight.certificates().and_then(|list| certificates(list).next());
    Ok(own.and_then(Certificate::parse))
}

/// The names in a certificate: DNS names without a wildcard, or all where every one has one, or the common name where there
/// are none. None of a certificate for very many.
pub(super) fn certificate_names(certificate: Certificate) -> Vec<Name> {
    let mut names: Vec<String> = certificate.dns_names;
    if names.is_empty() {
        names.extend(certificate.common_name.filter(|name| is_host_name(name)));
    }
    if names.iter().any(|name| !name.starts_with('*')) {
        names.retain(|name| !name.starts_with('*'));
    }
    if names.len() > MOST_CERTIFICATE_NAMES {
        return Vec::new();
    }
    let host_names = names.iter().filter(|name| is_host_name(name));
    host_names
        .map(|name| Name {
            source: NameSource::TlsCertificate,
            name: name_text(name.as_bytes()),
            port: None,
            path: None,
        })
        .collect()
}

/// Common names are often words for people; a name of a host has a dot and no space, and is no address.
fn is_host_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'*');
    name.contains('.') && name.bytes().all(allowed) && is_name(name.as_bytes())
}
