//! Entries of `Get-DnsClientCache`.

use whotalks_record::{Issue, IssueKind};

use super::Fields;
use crate::dns_cache::{self, Entry, lower};
use crate::output::{Listing, Output};

/// Hands an entry on. A name that was cut to its column names nothing.
pub(super) fn emit(fields: &Fields, listing: &mut Listing, output: &mut Output<'_>) {
    let Some(name) = fields.get("Entry") else { return };
    let owner = fields.first(&["RecordName", "Name"]).unwrap_or(name);
    let data = fields.get("Data");
    if [Some(name), Some(owner), data]
        .into_iter()
        .flatten()
        .any(Fields::is_cut)
    {
        let issue = Issue {
            span: fields.span,
            kind: IssueKind::Unsupported {
                field: "dns_cache.name",
                found: name.into(),
            },
        };
        return output.unreadable_row(listing, issue);
    }
    let entry = Entry {
        span: fields.span,
        name: lower(name),
        owner: lower(owner),
        record_type: fields.first(&["RecordType", "Type"]).and_then(record_type),
        ttl_seconds: fields.get("TimeToLive").and_then(|ttl| ttl.parse().ok()),
        data: data.map(str::to_owned),
    };
    dns_cache::emit(entry, listing, output);
}

/// A type by its number or its name (IANA "DNS parameters").
fn record_type(word: &str) -> Option<u16> {
    Some(match word {
        "A" => 1,
        "NS" => 2,
        "CNAME" => 5,
        "SOA" => 6,
        "PTR" => 12,
        "MX" => 15,
        "TXT" => 16,
        "AAAA" => 28,
        "SRV" => 33,
        "HTTPS" => 65,
        number => return number.parse().ok(),
    })
}
