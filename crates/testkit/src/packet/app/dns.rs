//! DNS messages (RFC 1035): a query, and an answer that may walk through aliases.

use std::net::IpAddr;

const TYPE_A: u16 = 1;
const TYPE_CNAME: u16 = 5;
const TYPE_AAAA: u16 = 28;
const CLASS_INTERNET: u16 = 1;

/// One lookup: what is asked and what comes back.
#[derive(Debug, Clone)]
pub(crate) struct Lookup<'a> {
    /// Message id.
    pub(crate) id: u16,
    /// The name asked for.
    pub(crate) name: &'a str,
    /// Ask for AAAA in place of A.
    pub(crate) ipv6: bool,
    /// Aliases from the name asked for to the name that owns the addresses.
    pub(crate) aliases: &'a [&'a str],
    /// Addresses of the last name.
    pub(crate) addresses: &'a [IpAddr],
    /// Seconds that the answer may be kept.
    pub(crate) ttl_seconds: u32,
}

impl Lookup<'_> {
    fn kind(&self) -> u16 {
        if self.ipv6 { TYPE_AAAA } else { TYPE_A }
    }
}

/// The query message.
pub(crate) fn query(lookup: &Lookup<'_>) -> Vec<u8> {
    let mut bytes = header(lookup.id, 0x0100, 0);
    bytes.extend(question(lookup));
    bytes
}

/// The answer message: aliases first, then the addresses of the last alias.
pub(crate) fn answer(lookup: &Lookup<'_>) -> Vec<u8> {
    let records = u16::try_from(lookup.aliases.len() + lookup.addresses.len()).unwrap_or(0);
    let mut bytes = header(lookup.id, 0x8180, records);
    bytes.extend(question(lookup));
    // 0xc00c points at the name of the question (RFC 1035 4.1.4).
    let mut owner = vec![0xc0, 0x0c];
    for alias in lookup.aliases {
        bytes.extend(record(&owner, TYPE_CNAME, lookup.ttl_seconds, &labels(alias)));
        owner = labels(alias);
    }
    for address in lookup.addresses {
        let (kind, data) = match address {
            IpAddr::V4(address) => (TYPE_A, address.octets().to_vec()),
            IpAddr::V6(address) => (TYPE_AAAA, address.octets().to_vec()),
        };
        bytes.extend(record(&owner, kind, lookup.ttl_seconds, &data));
    }
    bytes
}

fn header(id: u16, flags: u16, answers: u16) -> Vec<u8> {
    [id, flags, 1, answers, 0, 0]
        .into_iter()
        .flat_map(u16::to_be_bytes)
        .collect()
}

fn question(lookup: &Lookup<'_>) -> Vec<u8> {
    let mut bytes = labels(lookup.name);
    bytes.extend(lookup.kind().to_be_bytes());
    bytes.extend(CLASS_INTERNET.to_be_bytes());
    bytes
}

fn record(owner: &[u8], kind: u16, ttl_seconds: u32, data: &[u8]) -> Vec<u8> {
    let mut bytes = owner.to_vec();
    bytes.extend(kind.to_be_bytes());
    bytes.extend(CLASS_INTERNET.to_be_bytes());
    bytes.extend(ttl_seconds.to_be_bytes());
    bytes.extend(u16::try_from(data.len()).unwrap_or(0).to_be_bytes());
    bytes.extend(data);
    bytes
}

fn labels(name: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(name.len() + 2);
    for label in name.split('.').filter(|label| !label.is_empty()) {
        let label = label.as_bytes();
        let label = label.get(..63).unwrap_or(label);
        bytes.push(u8::try_from(label.len()).unwrap_or(0));
        bytes.extend(label);
    }
    bytes.push(0);
    bytes
}

#[cfg(test)]
mod tests {
    use super::{Lookup, answer, query};

    #[test]
    fn an_answer_walks_the_aliases() {
        let address = ["192.0.2.5".parse().expect("address")];
        let lookup = Lookup {
            id: 9,
            name: "a.b",
            ipv6: false,
            aliases: &["c.d"],
            addresses: &address,
            ttl_seconds: 60,
        };
        assert_eq!(
            query(&lookup),
            b"\0\x09\x01\0\0\x01\0\0\0\0\0\0\x01a\x01b\0\0\x01\0\x01"
        );
        let bytes = answer(&lookup);
        assert_eq!(bytes[6..8], [0, 2]);
        assert!(bytes.ends_with(&[1, b'c', 1, b'd', 0, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 5]));
    }
}
