//! AnyDesk: discovery on the local network, and its connections to relays and to other clients, which are TLS.

use whotalks_record::{ApplicationProtocol, RecognisedBy};

use crate::app::read::{possible, same};
use crate::app::tls::{Certificate, ClientHello, InTls};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::AnyDesk, probe)
    .beginning(First::Of(&[0x3e]))
    .on(&[50001, 50002, 50003]);

pub(crate) const IN_TLS: InTls = InTls {
    protocol: ApplicationProtocol::AnyDesk,
    hello,
    certificate,
    ask_certificate: |_| false,
    signs: "ALPN `anydesk/…`; names of its relays, `*.net.anydesk.com`; certificates of `AnyNet Relay`, `AnyNet Root CA`, `AnyDesk Client` (TLS up to 1.2)",
};

/// Relays and the servers that lead to them; the company's pages have names outside of it.
const RELAYS: &[u8] = b".net.anydesk.com";

/// The discovery that is sent to the multicast group 239.255.102.18.
fn probe(datagram: &[u8], _: Direction) -> Probe {
    possible(same(datagram, 0, &[0x3e, 0xd1, 0x01]))
}

fn hello(hello: &ClientHello<'_>) -> Option<RecognisedBy> {
    let is_own = |protocol: &[u8]| protocol.starts_with(b"anydesk/");
    if hello.application_protocols().any(is_own) {
        return Some(RecognisedBy::Content);
    }
    let name = hello.server_name()?.to_ascii_lowercase();
    name.ends_with(RELAYS).then_some(RecognisedBy::Name)
}

/// Clients show a certificate that they made for themselves, relays one of AnyDesk's own authority.
fn certificate(certificate: &Certificate) -> bool {
    let subject = certificate.common_name.as_deref().unwrap_or_default();
    let by_own_authority = certificate.issuer == "AnyNet Root CA" && subject.starts_with("AnyNet");
    by_own_authority || (subject == "AnyDesk Client" && certificate.is_self_signed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made for another test, signed by a key that was thrown away.
    const EXAMPLE: &[u8] = include_bytes!("../../../testdata/tls/certificate.der");

    #[test]
    fn certificates_of_relays_and_clients_are_its_own_and_similar_ones_are_not() {
        let says = |subject: &str, issuer: &str, is_self_signed| {
            certificate(&Certificate {
                common_name: Some(subject.to_owned()),
                issuer: issuer.to_owned(),
                is_self_signed,
                ..Certificate::parse(EXAMPLE).unwrap()
            })
        };
        assert!(says("AnyNet Relay", "AnyNet Root CA", false));
        assert!(says("AnyDesk Client", "AnyDesk Client", true));
        assert!(!says("AnyNet Relay", "Example CA", false));
        assert!(!says("AnyDesk Client", "Example CA", false));
        assert!(!says("anydesk.com", "Example CA", false));
    }
}
