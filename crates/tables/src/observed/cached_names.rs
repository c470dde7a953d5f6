//! Table `CachedNames`.

use std::net::IpAddr;

use whotalks_record::{CachedName, Span, Text};

use crate::declare::{columns, table};

table! {
    /// Entries of a host's own DNS cache (`ipconfig /displaydns`, `Get-DnsClientCache`): names that it resolved or that its hosts
    /// file gives, whether or not a connection used them. Time and host are those of their row in `Snapshots`.
    pub struct CachedNames(Observed);
    CachedName as entry {
        /// The lines of the entry.
        Line: Span [Reader] = entry.span;
        /// The number of the snapshot within its evidence, from 0.
        Snapshot: u32 [Reader] = entry.snapshot;
        /// The name asked, in lower case, without a trailing dot.
        Name: Text [Evidence lookup] = entry.name;
        /// The owner of the record, which differs from the name where an alias leads to it.
        Owner: Text [Evidence lookup] = entry.owner;
        /// The type (IANA: 1 A, 28 AAAA, 5 CNAME); none for a stored denial of every type.
        RecordType: Option<u16> [Evidence] = entry.record_type;
        /// How long the entry stays from the moment of the listing.
        Ttl: Option<u32> [Evidence seconds] = entry.ttl_seconds;
        /// The address of A and AAAA; none also where the cache stores that there is no such record.
        Address: Option<IpAddr> [Evidence] = entry.address;
        /// The name that CNAME and PTR point to.
        Target: Option<Text> [Evidence] = entry.target;
    } => CachedName {
        span: Line,
        snapshot: Snapshot,
        name: Name,
        owner: Owner,
        record_type: RecordType,
        ttl_seconds: Ttl,
        address: Address,
        target: Target,
    }
}
