//! Who is sent to, by protocol and port (Wireshark's `dests,tree`).

use std::cmp::Reverse;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};

use rustc_hash::FxBuildHasher;
use whotalks_record::{IpProtocol, Nanoseconds};

use super::burst::{Burst, BurstWatch, bucket_of};

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
    by_place: HashMap<Place, u32, FxBuildHasher>,
    rows: Vec<Row>,
    /// The row of the packet before, which is often that of the next one.
    latest: u32,
    /// Packets to destinations that are not kept.
    left_out: u64,
}

#[derive(Debug)]
struct Row {
    place: Place,
    /// The row of the protocol or the address that this one belongs to.
    parent: Option<u32>,
    /// The latest of the rows that belong to this one.
    child: Option<u32>,
    /// The row with the same parent that was begun before.
    sibling: Option<u32>,
    packets: u64,
    watch: BurstWatch,
}

impl Destinations {
    #[inline]
    pub(super) fn add(&mut self, address: IpAddr, protocol: IpProtocol, port: u16, at: Nanoseconds) {
        let place = Place::new(address, Part::port(protocol, port));
        let Some(found) = self.find(place) else {
            self.left_out += 1;
            return;
        };
        self.latest = found;
        let bucket = bucket_of(at);
        let mut next = Some(found);
        while let Some(row) = next.and_then(|index| self.rows.get_mut(index as usize)) {
            row.packets += 1;
            row.watch.add(bucket, at);
            next = row.parent;
        }
    }

    #[inline]
    fn find(&mut self, place: Place) -> Option<u32> {
        if self.row(self.latest).is_some_and(|row| row.place == place) {
            return Some(self.latest);
        }
        match self.by_place.get(&place) {
            Some(index) => Some(*index),
            None => self.begin(place),
        }
    }

    #[inline]
    fn row(&self, index: u32) -> Option<&Row> {
        self.rows.get(index as usize)
    }

    fn begin(&mut self, place: Place) -> Option<u32> {
        let parent = match place.part.whole() {
            Some(part) => Some(self.find(Place { part, ..place })?),
            None => None,
        };
        if self.rows.len() >= MOST_ROWS {
            return None;
        }
        let index = u32::try_from(self.rows.len()).ok()?;
        let above = parent.and_then(|parent| self.rows.get_mut(parent as usize));
        let sibling = above.and_then(|row| row.child.replace(index));
        self.rows.push(Row {
            place,
            parent,
            child: None,
            sibling,
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
    pub(super) fn into_rows(mut self) -> Sorted {
        self.by_place = HashMap::default();
        let mut addresses: Vec<&Row> = self.rows.iter().filter(|row| row.parent.is_none()).collect();
        addresses.sort_unstable_by_key(|row| row.order());
        let mut sorted = Sorted::default();
        sorted.rows.reserve_exact(self.rows.len());
        for address in addresses {
            sorted.addresses.push((address.order(), sorted.rows.len()));
            sorted.rows.push(address.show());
            for protocol in self.children(address) {
                sorted.rows.push(protocol.show());
                sorted
                    .rows
                    .extend(self.children(protocol).iter().map(|port| port.show()));
            }
        }
        sorted
    }

    /// The rows that belong to another one, in order.
    fn children(&self, parent: &Row) -> Vec<&Row> {
        let row = |index: Option<u32>| self.row(index?);
        let mut children: Vec<&Row> = std::iter::successors(row(parent.child), |child| row(child.sibling)).collect();
        children.sort_unstable_by_key(|row| row.order());
        children
    }
}

/// Where a row stands among those beside it: most packets first.
type Order = (Reverse<u64>, Place);

/// The destinations of one worker in order.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    rows: Vec<Destination>,
    /// Where each address stands among all of them, and where its rows begin.
    addresses: Vec<(Order, usize)>,
}

impl Sorted {
    /// The rows of all workers: those of an address follow each other, most packets first.
    pub(super) fn merge(mut workers: Vec<Self>) -> Vec<Destination> {
        if workers.len() == 1 {
            return workers.pop().unwrap_or_default().rows;
        }
        let mut groups: Vec<(Order, &[Destination])> = workers.iter().flat_map(Self::groups).collect();
        // The sort that keeps the order of equals finds the runs that are in order already.
        groups.sort_by_key(|(order, _)| *order);
        let rows = groups.iter().flat_map(|(_, rows)| *rows);
        rows.copied().collect()
    }

    /// The rows of each address.
    fn groups(&self) -> impl Iterator<Item = (Order, &[Destination])> {
        let ends = self.addresses.iter().skip(1).map(|(_, start)| *start);
        let ends = ends.chain([self.rows.len()]);
        let groups = self.addresses.iter().zip(ends);
        groups.map(|((order, start), end)| (*order, self.rows.get(*start..end).unwrap_or_default()))
    }
}

impl Row {
    const fn order(&self) -> Order {
        (Reverse(self.packets), self.place)
    }

    fn show(&self) -> Destination {
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
        let rows = Sorted::merge(workers.map(Destinations::into_rows).into());
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
