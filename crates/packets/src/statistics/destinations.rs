//! Who is sent to, by protocol and port (Wireshark's `dests,tree`).

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};

use rustc_hash::FxBuildHasher;
use whotalks_record::{IpProtocol, Nanoseconds};

use super::burst::{Burst, BurstWatch};

/// Rows that are kept, of addresses, protocols and ports together. At about 200 bytes each that is 200 MiB at most.
const MOST_ROWS: usize = 1 << 20;

/// A destination. Rows of one address follow each other: the address, then each protocol with its ports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Destination {
    /// The address.
    pub address: IpAddr,
    /// The protocol; none in the row of the address.
    pub protocol: Option<IpProtocol>,
    /// The port; none in the rows of the address and the protocol.
    pub port: Option<u16>,
    /// Packets sent there.
    pub packets: u64,
    /// The densest tenth of a second.
    pub burst: Burst,
}

/// An address, a protocol of it, or a port of that, in few bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Place {
    /// IPv4 as the IPv4-mapped IPv6 address.
    upper: u64,
    lower: u64,
    part: Part,
}

/// What of an address is meant: all of it, a protocol, or a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Part(u32);

impl Part {
    const ADDRESS: Self = Self(0);
    const IS_PROTOCOL: u32 = 1 << 24;
    const IS_PORT: u32 = 1 << 25;

    const fn protocol(protocol: IpProtocol) -> Self {
        Self(Self::IS_PROTOCOL | (protocol.0 as u32) << 16)
    }

    const fn port(protocol: IpProtocol, port: u16) -> Self {
        Self(Self::IS_PORT | (protocol.0 as u32) << 16 | port as u32)
    }

    /// What it is a part of.
    const fn whole(self) -> Option<Self> {
        if self.0 & Self::IS_PORT != 0 {
            Some(Self::protocol(IpProtocol((self.0 >> 16) as u8)))
        } else if self.0 & Self::IS_PROTOCOL != 0 {
            Some(Self::ADDRESS)
        } else {
            None
        }
    }
}

impl Place {
    #[inline]
    fn new(address: IpAddr, part: Part) -> Self {
        let bits = match address {
            IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
            IpAddr::V6(address) => address.to_bits(),
        };
        Self {
            upper: (bits >> 64) as u64,
            lower: bits as u64,
            part,
        }
    }

    fn address(self) -> IpAddr {
        let address = Ipv6Addr::from_bits(u128::from(self.upper) << 64 | u128::from(self.lower));
        address.to_ipv4_mapped().map_or(IpAddr::V6(address), IpAddr::V4)
    }

    fn protocol(self) -> Option<IpProtocol> {
        (self.part != Part::ADDRESS).then_some(IpProtocol((self.part.0 >> 16) as u8))
    }

    fn port(self) -> Option<u16> {
        (self.part.0 & Part::IS_PORT != 0).then_some(self.part.0 as u16)
    }
}

/// The destinations of one worker, which sees every packet that is sent to them.
#[derive(Debug, Default)]
pub(super) struct Destinations {
    by_place: HashMap<Place, usize, FxBuildHasher>,
    rows: Vec<Row>,
    /// Packets to destinations that are not kept.
    left_out: u64,
}

#[derive(Debug)]
struct Row {
    place: Place,
    /// The row of the protocol or the address that this one belongs to.
    parent: Option<usize>,
    packets: u64,
    watch: BurstWatch,
}

impl Destinations {
    #[inline]
    pub(super) fn add(&mut self, address: IpAddr, protocol: IpProtocol, port: u16, at: Nanoseconds) {
        let mut next = self.find(Place::new(address, Part::port(protocol, port)));
        if next.is_none() {
            self.left_out += 1;
        }
        while let Some(row) = next.and_then(|index| self.rows.get_mut(index)) {
            row.packets += 1;
            row.watch.add(at);
            next = row.parent;
        }
    }

    #[inline]
    fn find(&mut self, place: Place) -> Option<usize> {
        match self.by_place.get(&place) {
            Some(index) => Some(*index),
            None => self.begin(place),
        }
    }

    fn begin(&mut self, place: Place) -> Option<usize> {
        if self.rows.len() >= MOST_ROWS {
            return None;
        }
        let parent = match place.part.whole() {
            Some(part) => Some(self.find(Place { part, ..place })?),
            None => None,
        };
        let index = self.rows.len();
        self.rows.push(Row {
            place,
            parent,
            packets: 0,
            watch: BurstWatch::default(),
        });
        self.by_place.insert(place, index);
        Some(index)
    }

    /// Packets to destinations that are not kept.
    pub(super) const fn left_out(&self) -> u64 {
        self.left_out
    }

    /// The rows in order.
    pub(super) fn into_rows(self) -> Vec<(Order, Destination)> {
        let orders: Vec<Order> = self.rows.iter().map(|row| self.order(row)).collect();
        let shown = self.rows.into_iter().map(Row::show);
        let mut rows: Vec<_> = orders.into_iter().zip(shown).collect();
        rows.sort_unstable_by_key(|(order, _)| *order);
        rows
    }

    /// The rows of all workers: those of an address follow each other, most packets first.
    pub(super) fn merge(workers: Vec<Vec<(Order, Destination)>>) -> Vec<Destination> {
        let mut rows: Vec<_> = workers.into_iter().flatten().collect();
        // The sort that keeps the order of equals finds the runs that are in order already.
        rows.sort_by_key(|(order, _)| *order);
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// Where a row stands: by the packets of its address, then of its protocol, then by its own.
    fn order(&self, row: &Row) -> Order {
        let parent = |row: &Row| row.parent.and_then(|parent| self.rows.get(parent));
        let protocol = parent(row);
        let address = protocol.and_then(parent);
        let packets = |row: &Row| std::cmp::Reverse(row.packets);
        match (address, protocol) {
            (Some(address), Some(protocol)) => Order {
                address: (packets(address), row.place.upper, row.place.lower),
                protocol: Some((packets(protocol), row.place.protocol())),
                port: Some((packets(row), row.place.port())),
            },
            (None, Some(address)) => Order {
                address: (packets(address), row.place.upper, row.place.lower),
                protocol: Some((packets(row), row.place.protocol())),
                port: None,
            },
            _ => Order {
                address: (packets(row), row.place.upper, row.place.lower),
                protocol: None,
                port: None,
            },
        }
    }
}

/// The place of a row in the list. What comes above something else has none of its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Order {
    address: (std::cmp::Reverse<u64>, u64, u64),
    protocol: Option<(std::cmp::Reverse<u64>, Option<IpProtocol>)>,
    port: Option<(std::cmp::Reverse<u64>, Option<u16>)>,
}

impl Row {
    fn show(self) -> Destination {
        Destination {
            address: self.place.address(),
            protocol: self.place.protocol(),
            port: self.place.port(),
            packets: self.packets,
            burst: self.watch.densest(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_below_what_they_belong_to_and_the_busiest_come_first() {
        let (near, far): (IpAddr, IpAddr) = ("10.0.0.1".parse().unwrap(), "192.0.2.1".parse().unwrap());
        let mut workers = [Destinations::default(), Destinations::default()];
        let sent = [
            (near, IpProtocol::UDP, 53),
            (far, IpProtocol::TCP, 443),
            (far, IpProtocol::TCP, 80),
            (far, IpProtocol::TCP, 443),
        ];
        for (address, protocol, port) in sent {
            workers[usize::from(address == far)].add(address, protocol, port, Nanoseconds::default());
        }
        let rows = Destinations::merge(workers.map(Destinations::into_rows).into());
        let shown: Vec<_> = rows
            .iter()
            .map(|row| (row.address, row.protocol, row.port, row.packets))
            .collect();
        let (tcp, udp) = (Some(IpProtocol::TCP), Some(IpProtocol::UDP));
        assert_eq!(
            shown,
            [
                (far, None, None, 3),
                (far, tcp, None, 3),
                (far, tcp, Some(443), 2),
                (far, tcp, Some(80), 1),
                (near, None, None, 1),
                (near, udp, None, 1),
                (near, udp, Some(53), 1),
            ]
        );
    }
}
