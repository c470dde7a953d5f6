//! Who asks names over encrypted DNS: then neither packets nor the answers of others tell what was asked.
//!
//! Seen by the port of DNS over TLS and QUIC, 853 (RFC 7858 3.1, RFC 9250 4.1.1), and by the names of the public resolvers
//! that speak DNS over HTTPS (RFC 8484), which the catalogue lists. A client that was also seen asking in the clear may have
//! asked any name there, so that nothing is concluded about it.

use std::net::IpAddr;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use whotalks_catalogue::Catalogue;
use whotalks_record::{Flow, NameObservation};

/// The port of DNS over TLS and over QUIC.
const ENCRYPTED_PORT: u16 = 853;
/// The port of DNS in the clear.
const PLAIN_PORT: u16 = 53;
/// The feature of the catalogue that public resolvers over HTTPS belong to.
const RESOLVER_FEATURE: &str = "doh";
/// The most clients that are remembered of each kind.
const MOST_CLIENTS: usize = 65_536;

/// Names of public resolvers over HTTPS; a name below one belongs to it (a customer's own).
static RESOLVERS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let endpoints = Catalogue::bundled().endpoints().iter();
    let resolvers = endpoints.filter(|one| one.feature_ids.iter().any(|id| id == RESOLVER_FEATURE));
    resolvers
        .map(|one| one.pattern.as_str().trim_start_matches("*."))
        .collect()
});

/// The clients of encrypted and of plain DNS, by address.
#[derive(Debug, Default)]
pub(crate) struct EncryptedDns {
    encrypted: FxHashSet<IpAddr>,
    plain: FxHashSet<IpAddr>,
}

impl EncryptedDns {
    /// Takes in a flow with the names that travelled in it.
    pub(crate) fn note(&mut self, flow: &Flow, names: &[NameObservation]) {
        let clients = match flow.key.server.port {
            PLAIN_PORT => &mut self.plain,
            ENCRYPTED_PORT if !flow.is_unanswered() => &mut self.encrypted,
            _ if names.iter().any(|seen| is_resolver(&seen.name)) => &mut self.encrypted,
            _ => return,
        };
        if clients.len() < MOST_CLIENTS {
            clients.insert(flow.key.client.address);
        }
    }

    /// Whether the host of these addresses asked over encrypted DNS, and was never seen asking in the clear.
    pub(crate) fn hides(&self, mut addresses: impl Iterator<Item = IpAddr> + Clone) -> bool {
        addresses.clone().any(|address| self.encrypted.contains(&address))
            && !addresses.any(|address| self.plain.contains(&address))
    }
}

fn is_resolver(name: &str) -> bool {
    let mut suffixes = std::iter::successors(Some(name), |name| name.split_once('.').map(|(_, rest)| rest));
    suffixes.any(|suffix| RESOLVERS.contains(suffix))
}

/// Whether a far end is an encrypted resolver itself, whose address is configured and not asked for.
pub(crate) const fn is_resolver_port(port: u16) -> bool {
    port == ENCRYPTED_PORT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolvers_of_the_catalogue_and_names_below_them_are_known() {
        for name in ["dns.google", "mozilla.cloudflare-dns.com", "a1b2c3.dns.nextdns.io"] {
            assert!(is_resolver(name), "{name}");
        }
        for name in ["google", "www.google", "notdns.google.example", ""] {
            assert!(!is_resolver(name), "{name}");
        }
    }
}
