//! An entry of a host's own DNS cache.

use std::net::IpAddr;

use crate::{Span, Text};

/// A record that `ipconfig /displaydns` or `Get-DnsClientCache` lists: the host resolved the name, or its hosts file gives it.
/// No connection is stated. Its time and host are those of its [`crate::Snapshot`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CachedName {
    /// The lines of the entry.
    pub span: Span,
    /// The number of the snapshot within its evidence, from 0.
    pub snapshot: u32,
    /// The name asked, lower case, without a trailing dot.
    pub name: Text,
    /// The owner of the record, which differs from the name where an alias leads to it; written likewise.
    pub owner: Text,
    /// The type (IANA: 1 A, 28 AAAA, 5 CNAME); none for a stored denial of every type.
    pub record_type: Option<u16>,
    /// How long the entry stays, in seconds from the moment of the listing; none where not listed.
    pub ttl_seconds: Option<u32>,
    /// The address of A and AAAA; none also where the cache stores that there is no such record.
    pub address: Option<IpAddr>,
    /// The name that CNAME and PTR point to.
    pub target: Option<Text>,
}
