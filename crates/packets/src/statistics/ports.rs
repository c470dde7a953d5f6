//! Traffic by port.

use std::collections::BTreeMap;

use whotalks_record::IpProtocol;

use super::totals::Volume;

/// A port and what was sent to it and from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Port {
    /// TCP or UDP.
    pub protocol: IpProtocol,
    /// Its number.
    pub port: u16,
    /// Streams that have it at one end.
    pub streams: u64,
    /// What was sent to it.
    pub to: Volume,
    /// What was sent from it.
    pub from: Volume,
}

/// Traffic by port. There are no more than two times 65,536.
#[derive(Debug, Default)]
pub(super) struct Ports {
    seen: BTreeMap<(IpProtocol, u16), Counted>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Counted {
    streams: u64,
    to: Volume,
    from: Volume,
}

impl Ports {
    /// Adds a stream that has `port` at one end.
    pub(super) fn add(&mut self, protocol: IpProtocol, port: u16, to: Volume, from: Volume) {
        let counted = self.seen.entry((protocol, port)).or_default();
        counted.streams += 1;
        counted.to = counted.to.with(to);
        counted.from = counted.from.with(from);
    }

    /// The ports with most bytes first.
    pub(super) fn rows(self) -> Vec<Port> {
        let rows = self.seen.into_iter();
        let mut rows: Vec<Port> = rows
            .map(|((protocol, port), counted)| Port {
                protocol,
                port,
                streams: counted.streams,
                to: counted.to,
                from: counted.from,
            })
            .collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.to.bytes + row.from.bytes));
        rows
    }
}
