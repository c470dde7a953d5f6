//! The records under one name.

use std::net::IpAddr;

use whotalks_record::{CachedName, Record, Span};

use crate::output::{Listing, Output, joined};

/// Records under one name; a hosts file or an attack may give more.
const MOST_ENTRIES: usize = 4_096;
/// The rows of a record: name, type, time to live, length, section, content.
const ROWS: usize = 6;

const TYPE_A: u16 = 1;
const TYPE_CNAME: u16 = 5;
const TYPE_PTR: u16 = 12;
const TYPE_AAAA: u16 = 28;

/// An entry before it is numbered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) span: Span,
    pub(crate) name: String,
    pub(crate) owner: String,
    pub(crate) record_type: Option<u16>,
    pub(crate) ttl_seconds: Option<u32>,
    pub(crate) data: Option<String>,
}

/// The block of a name while its rows come in.
#[derive(Debug)]
pub(super) struct Block {
    title: Span,
    name: String,
    rows: Vec<(Span, String)>,
    entries: Vec<Entry>,
    /// The first line in it that is no row.
    remark: Option<Span>,
}

impl Block {
    pub(super) fn new(title: Span, name: &str) -> Self {
        Self {
            title,
            name: lower(name),
            rows: Vec::new(),
            entries: Vec::new(),
            remark: None,
        }
    }

    pub(super) fn take(&mut self, span: Span, value: &str) {
        self.rows.push((span, value.to_owned()));
        if self.rows.len() == ROWS {
            let rows = std::mem::take(&mut self.rows);
            let entry = self.entry(&rows);
            self.entries.extend(entry.filter(|_| self.entries.len() < MOST_ENTRIES));
        }
    }

    pub(super) fn remark(&mut self, span: Span) {
        self.rows.clear();
        self.remark = self.remark.or(Some(span));
    }

    /// All records; a name with none but a sentence is one that the cache says does not exist.
    pub(super) fn finish(mut self) -> Vec<Entry> {
        if let (true, Some(remark)) = (self.entries.is_empty(), self.remark) {
            self.entries.push(Entry {
                span: joined(self.title, remark),
                owner: self.name.clone(),
                name: self.name.clone(),
                record_type: None,
                ttl_seconds: None,
                data: None,
            });
        }
        resolve_owners(&self.name, &mut self.entries);
        self.entries
    }

    fn entry(&self, rows: &[(Span, String)]) -> Option<Entry> {
        let [(first, owner), (_, record_type), (_, ttl), (_, length), _, (last, data)] = rows else {
            return None;
        };
        length.parse::<u32>().ok()?;
        Some(Entry {
            span: joined(*first, *last),
            name: self.name.clone(),
            owner: lower(owner),
            record_type: Some(record_type.parse().ok()?),
            ttl_seconds: Some(ttl.parse().ok()?),
            data: Some(data.clone()),
        })
    }
}

/// A record under a name belongs to it where the name or its aliases own it; others stand there beside the answer and name
/// only their owners.
fn resolve_owners(name: &str, entries: &mut [Entry]) {
    let mut aliases = vec![name.to_owned()];
    for entry in entries.iter() {
        if entry.record_type == Some(TYPE_CNAME) && aliases.contains(&entry.owner) {
            aliases.extend(entry.data.as_deref().map(lower));
        }
    }
    for entry in entries.iter_mut().filter(|entry| !aliases.contains(&entry.owner)) {
        entry.name = entry.owner.clone();
    }
}

/// Hands an entry on.
pub(crate) fn emit(entry: Entry, listing: &mut Listing, output: &mut Output<'_>) {
    let data = entry.data.as_deref().map(str::trim);
    let address = data.and_then(|data| data.parse::<IpAddr>().ok());
    let fits = |address: &IpAddr| match entry.record_type {
        Some(TYPE_A) => address.is_ipv4(),
        Some(TYPE_AAAA) => address.is_ipv6(),
        _ => false,
    };
    let is_name = matches!(entry.record_type, Some(TYPE_CNAME | TYPE_PTR));
    let target = data.filter(|data| is_name && !data.is_empty()).map(lower);
    let record = CachedName {
        span: entry.span,
        snapshot: listing.number,
        name: output.shared.share(&entry.name),
        owner: output.shared.share(&entry.owner),
        record_type: entry.record_type,
        ttl_seconds: entry.ttl_seconds,
        address: address.filter(fits).map(|address| address.to_canonical()),
        target: target.map(|target| output.shared.share(&target)),
    };
    output.row(listing, Record::CachedName(record));
}

/// A name as records hold it: lower case, without the trailing dot.
pub(crate) fn lower(name: &str) -> String {
    name.trim().trim_end_matches('.').to_lowercase()
}
