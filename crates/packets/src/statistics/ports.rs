//! Traffic by port.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;
use whotalks_record::IpProtocol;

use super::pairs::Exchange;
use super::streams::StreamRow;
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

/// Traffic by port: at most as many entries as there are ports.
#[derive(Debug, Default)]
pub(super) struct Ports {
    counted: HashMap<(IpProtocol, u16), Counted, FxBuildHasher>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Counted {
    streams: u64,
    to: Volume,
    from: Volume,
}

impl Ports {
    /// Adds a stream.
    pub(super) fn add(&mut self, stream: &StreamRow) {
        let (source, destination) = (stream.ends.ports.source, stream.ends.ports.destination);
        let Exchange { forth, back, .. } = stream.exchange;
        self.add_end(stream.protocol, source, back, forth);
        if source != destination {
            self.add_end(stream.protocol, destination, forth, back);
        }
    }

    /// Adds a stream that has `port` at one end.
    fn add_end(&mut self, protocol: IpProtocol, port: u16, to: Volume, from: Volume) {
        let counted = self.counted.entry((protocol, port)).or_default();
        counted.add(&Counted { streams: 1, to, from });
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (port, counted) in &other.counted {
            self.counted.entry(*port).or_default().add(counted);
        }
    }

    /// The ports with most bytes first.
    pub(super) fn rows(self) -> Vec<Port> {
        let row = |((protocol, port), counted): ((IpProtocol, u16), Counted)| Port {
            protocol,
            port,
            streams: counted.streams,
            to: counted.to,
            from: counted.from,
        };
        let mut rows: Vec<Port> = self.counted.into_iter().map(row).collect();
        rows.sort_unstable_by_key(|row| {
            let bytes = row.to.bytes + row.from.bytes;
            (std::cmp::Reverse(bytes), row.protocol, row.port)
        });
        rows
    }
}

impl Counted {
    fn add(&mut self, other: &Self) {
        self.streams += other.streams;
        self.to = self.to.with(other.to);
        self.from = self.from.with(other.from);
    }
}
