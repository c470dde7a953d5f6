//! The name in a ClientHello.

use whotalks_record::{Ech, NameSource};
use whotalks_wire::app::tls::{ClientHello, client_hello_body};
use whotalks_wire::app::{Authority, Unfinished, name_text};

use super::output::Name;

/// The server that a client's first bytes ask for; none when the hello names none, or an address, which is no name
/// (RFC 6066 3).
///
/// # Errors
/// Those of [`client_hello_body`].
pub(super) fn server_name(bytes: &[u8]) -> Result<Option<Name>, Unfinished> {
    let body = client_hello_body(bytes)?;
    let hello = ClientHello::parse(&body)?;
    let ech = if hello.has_encrypted_hello() {
        Ech::Present
    } else {
        Ech::Absent
    };
    let name = hello
        .server_name()
        .filter(|host| Authority { host, port: None }.address().is_none());
    Ok(name.map(|host| Name {
        source: NameSource::TlsSni(ech),
        name: name_text(host),
        port: None,
        path: None,
    }))
}
