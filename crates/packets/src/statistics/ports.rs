//! Traffic by port.

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

/// Traffic by port.
#[derive(Debug)]
pub(super) struct Ports {
    tcp: Vec<Counted>,
    udp: Vec<Counted>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Counted {
    streams: u64,
    to: Volume,
    from: Volume,
}

impl Default for Ports {
    fn default() -> Self {
        let all = || vec![Counted::default(); usize::from(u16::MAX) + 1];
        Self { tcp: all(), udp: all() }
    }
}

impl Ports {
    /// Adds a stream that has `port` at one end.
    pub(super) fn add(&mut self, protocol: IpProtocol, port: u16, to: Volume, from: Volume) {
        let list = if protocol == IpProtocol::TCP {
            &mut self.tcp
        } else {
            &mut self.udp
        };
        if let Some(counted) = list.get_mut(usize::from(port)) {
            counted.streams += 1;
            counted.to = counted.to.with(to);
            counted.from = counted.from.with(from);
        }
    }

    /// The ports with most bytes first.
    pub(super) fn rows(self) -> Vec<Port> {
        let of = |protocol, list: Vec<Counted>| {
            let seen = (0u16..=u16::MAX).zip(list).filter(|(_, counted)| counted.streams > 0);
            seen.map(move |(port, counted)| Port {
                protocol,
                port,
                streams: counted.streams,
                to: counted.to,
                from: counted.from,
            })
        };
        let mut rows: Vec<Port> = of(IpProtocol::TCP, self.tcp)
            .chain(of(IpProtocol::UDP, self.udp))
            .collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.to.bytes + row.from.bytes));
        rows
    }
}
