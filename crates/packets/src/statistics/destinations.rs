//! Who is sent to, by protocol and port (Wireshark's `dests,tree`).

use std::cmp::Reverse;
use std::fmt;
use std::hash::BuildHasher;
use std::net::{IpAddr, Ipv6Addr};
use std::ops::Range;

use foldhash::fast::RandomState;
use whotalks_record::{IpProtocol, Nanoseconds};
use whotalks_session::streams::{Index, Slab};

use super::burst::{Burst, BurstWatch, bucket_of};

/// Rows that are kept by all workers, of addresses, protocols and ports together. At about 90 bytes each that is 90 MiB.
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

    fn shown_protocol(self) -> Option<IpProtocol> {
        (self != Self::ADDRESS).then_some(IpProtocol((self.0 >> 16) as u8))
    }

    fn shown_port(self) -> Option<u16> {
        (self.0 & Self::IS_PORT != 0).then_some(self.0 as u16)
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

/// An address in two halves; IPv4 as the IPv4-mapped IPv6 address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Address {
    upper: u64,
    lower: u64,
}

impl Address {
    #[inline]
    fn new(address: IpAddr) -> Self {
        let bits = match address {
            IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
            IpAddr::V6(address) => address.to_bits(),
        };
        Self {
            upper: (bits >> 64) as u64,
            lower: bits as u64,
        }
    }

    fn show(self) -> IpAddr {
        let address = Ipv6Addr::from_bits(u128::from(self.upper) << 64 | u128::from(self.lower));
        address.to_ipv4_mapped().map_or(IpAddr::V6(address), IpAddr::V4)
    }
}

/// The number of no row.
const NONE: u32 = u32::MAX;

/// The destinations of one worker, which sees every packet that is sent to them.
#[derive(Debug)]
pub(super) struct Destinations {
    places: Index,
    hasher: RandomState,
    addresses: Slab<Address>,
    rows: Slab<Row>,
    /// How many rows are kept.
    most: u32,
    /// The row of the packet before, which is often that of the next one.
    latest: u32,
    /// Packets to destinations that are not kept.
    left_out: u64,
}

/// A row in few bytes; other rows are told by their numbers.
#[derive(Debug)]
struct Row {
    packets: u64,
    watch: BurstWatch,
    /// The number of its address.
    address: u32,
    part: Part,
    /// The row that counts what this one counts, and more.
    next: u32,
    /// The latest of the rows that belong to this one.
    child: u32,
    /// The row with the same parent that was begun before.
    sibling: u32,
    /// Whether its packets are counted here. As long as a row has but one child, what that counts holds for both.
    counts: bool,
}

impl Destinations {
    /// None yet, for one of so many workers, who keep [`MOST_ROWS`] together.
    pub(super) fn shared_by(workers: usize) -> Self {
        Self {
            places: Index::default(),
            hasher: RandomState::default(),
            addresses: Slab::default(),
            rows: Slab::default(),
            most: u32::try_from(MOST_ROWS / workers.max(1)).unwrap_or(u32::MAX),
            latest: NONE,
            left_out: 0,
        }
    }

    #[inline]
    pub(super) fn add(&mut self, address: IpAddr, protocol: IpProtocol, port: u16, at: Nanoseconds) {
        let Some(found) = self.find(Address::new(address), Part::port(protocol, port)) else {
            self.left_out += 1;
            return;
        };
        self.latest = found;
        let bucket = bucket_of(at);
        let mut next = found;
        while let Some(row) = self.rows.get_mut(next) {
            row.packets += 1;
            row.watch.add(bucket, at);
            next = row.next;
        }
    }

    #[inline]
    fn find(&mut self, address: Address, part: Part) -> Option<u32> {
        if self.is_it(self.latest, address, part) {
            return Some(self.latest);
        }
        let hash = self.hasher.hash_one((address, part));
        let found = self.places.find(hash, |row| self.is_it(row, address, part));
        found.or_else(|| self.begin(address, part, hash))
    }

    #[inline]
    fn is_it(&self, row: u32, address: Address, part: Part) -> bool {
        let row = self.rows.get(row).filter(|row| row.part == part);
        row.is_some_and(|row| self.addresses.get(row.address) == Some(&address))
    }

    fn begin(&mut self, address: Address, part: Part, hash: u64) -> Option<u32> {
        let parent = match part.whole() {
            Some(whole) => Some(self.find(address, whole)?),
            None => None,
        };
        if self.rows.len() >= self.most {
            return None;
        }
        let place = self.rows.len();
        let mut row = Row {
            packets: 0,
            watch: BurstWatch::default(),
            address: NONE,
            part,
            next: NONE,
            child: NONE,
            sibling: NONE,
            counts: part.shown_port().is_some(),
        };
        match parent {
            Some(parent) => self.join(parent, place, &mut row),
            None => row.address = self.addresses.push(address),
        }
        self.rows.push(row);
        self.places.insert(hash, place);
        Some(place)
    }

    /// Puts a row, which will have that number, below another one.
    fn join(&mut self, parent: u32, number: u32, row: &mut Row) {
        let Some(above) = self.rows.get(parent) else { return };
        if above.child != NONE && !above.counts {
            self.count_apart(parent);
        }
        if let Some(above) = self.rows.get_mut(parent) {
            row.address = above.address;
            row.sibling = std::mem::replace(&mut above.child, number);
            row.next = if above.counts { parent } else { above.next };
        }
    }

    /// Lets a row that is about to have a second child count by itself, from what the first one counted.
    fn count_apart(&mut self, number: u32) {
        let counting = counting(&self.rows, number);
        let Some(row) = self.rows.get_mut(counting) else { return };
        let (packets, watch) = (row.packets, row.watch.clone());
        let next = std::mem::replace(&mut row.next, number);
        if let Some(row) = self.rows.get_mut(number) {
            (row.packets, row.watch, row.next, row.counts) = (packets, watch, next, true);
        }
    }

    /// Copies what rows with one child leave to be counted by that. Children stand behind what they belong to.
    fn fill(&mut self) {
        for number in (0..self.rows.len()).rev() {
            let counting = counting(&self.rows, number);
            if counting == number {
                continue;
            }
            let Some(row) = self.rows.get(counting) else { continue };
            let (packets, watch) = (row.packets, row.watch.clone());
            if let Some(row) = self.rows.get_mut(number) {
                (row.packets, row.watch) = (packets, watch);
            }
        }
    }

    /// Packets to destinations that are not kept.
    pub(super) const fn left_out(&self) -> u64 {
        self.left_out
    }

    /// The rows in order.
    pub(super) fn into_sorted(mut self) -> Sorted {
        self.fill();
        drop(self.places);
        let mut sorted = Sorted {
            order: Vec::with_capacity(self.rows.len() as usize),
            starts: Vec::new(),
            addresses: self.addresses,
            rows: self.rows,
        };
        sorted.sort();
        sorted
    }
}

/// The row that counts the packets of that one: itself, or the only one below it that does.
fn counting(rows: &Slab<Row>, number: u32) -> u32 {
    let mut counting = number;
    while let Some(row) = rows.get(counting).filter(|row| !row.counts && row.child != NONE) {
        counting = row.child;
    }
    counting
}

/// The destinations of all workers in order, which stay where they were counted: those of an address follow each other, most
/// packets first.
#[derive(Default)]
pub struct DestinationRows {
    workers: Vec<Sorted>,
    /// For each address, its worker and the places of its rows in the order of that.
    groups: Vec<(usize, Range<usize>)>,
}

impl fmt::Debug for DestinationRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl DestinationRows {
    pub(super) fn new(workers: Vec<Sorted>) -> Self {
        let mut groups: Vec<(Order, (usize, Range<usize>))> = Vec::new();
        for (worker, sorted) in workers.iter().enumerate() {
            groups.extend(sorted.groups().map(|(order, rows)| (order, (worker, rows))));
        }
        // The sort that keeps the order of equals finds the runs that are in order already.
        groups.sort_by_key(|(order, _)| *order);
        let groups = groups.into_iter().map(|(_, group)| group).collect();
        Self { workers, groups }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.workers.iter().map(|sorted| sorted.order.len()).sum()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The rows in order.
    pub fn iter(&self) -> impl Iterator<Item = Destination> {
        self.groups.iter().flat_map(|(worker, rows)| {
            let sorted = self.workers.get(*worker);
            let places = sorted.and_then(|sorted| sorted.order.get(rows.clone()));
            let places = places.unwrap_or_default().iter();
            places.filter_map(move |place| sorted?.show(*place))
        })
    }
}

/// Where an address stands among all of them: most packets first.
type Order = (Reverse<u64>, Address);

/// The destinations of one worker in order.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    rows: Slab<Row>,
    addresses: Slab<Address>,
    /// The numbers of the rows in order.
    order: Vec<u32>,
    /// Where each address stands among all of them, and where its rows begin.
    starts: Vec<(Order, u32)>,
}

impl Sorted {
    fn sort(&mut self) {
        let roots = (0..).zip(self.rows.iter()).filter(|(_, row)| row.part == Part::ADDRESS);
        let mut roots: Vec<(Order, u32)> = roots
            .filter_map(|(place, row)| Some(((Reverse(row.packets), *self.addresses.get(row.address)?), place)))
            .collect();
        roots.sort_unstable();
        let mut order = std::mem::take(&mut self.order);
        for (_, start) in &mut roots {
            let root = std::mem::replace(start, order.len().try_into().unwrap_or(NONE));
            order.push(root);
            for (_, _, protocol) in self.children(root) {
                order.push(protocol);
                order.extend(self.children(protocol).iter().map(|(_, _, port)| *port));
            }
        }
        (self.order, self.starts) = (order, roots);
    }

    /// The rows that belong to another one, in order.
    fn children(&self, parent: u32) -> Vec<(Reverse<u64>, Part, u32)> {
        let mut children = Vec::new();
        let mut next = self.rows.get(parent).map_or(NONE, |row| row.child);
        while let Some(row) = self.rows.get(next) {
            children.push((Reverse(row.packets), row.part, next));
            next = row.sibling;
        }
        children.sort_unstable();
        children
    }

    /// The rows of each address, by their places in the order.
    fn groups(&self) -> impl Iterator<Item = (Order, Range<usize>)> {
        let ends = self.starts.iter().skip(1).map(|(_, start)| *start as usize);
        let ends = ends.chain([self.order.len()]);
        let groups = self.starts.iter().zip(ends);
        groups.map(|((order, start), end)| (*order, *start as usize..end))
    }

    fn show(&self, place: u32) -> Option<Destination> {
        let row = self.rows.get(place)?;
        Some(Destination {
            address: self.addresses.get(row.address)?.show(),
            protocol: row.part.shown_protocol(),
            port: row.part.shown_port(),
            packets: row.packets,
            burst: row.watch.densest(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_with_one_child_and_with_several_count_alike() {
        let near: IpAddr = "10.0.0.1".parse().unwrap();
        let ports = [
            (IpProtocol::TCP, 1),
            (IpProtocol::TCP, 2),
            (IpProtocol::UDP, 1),
            (IpProtocol::UDP, 2),
        ];
        for order in 0..256_usize {
            let mut destinations = Destinations::shared_by(1);
            let mut sent = Vec::new();
            for step in 0..12_usize {
                let (protocol, port) = ports[(order >> (step % 4 * 2)) % 4];
                sent.push((protocol, port));
                let at = Nanoseconds::from_milliseconds(step as i64 * 30);
                destinations.add(near, protocol, port, at);
            }
            for row in DestinationRows::new(vec![destinations.into_sorted()]).iter() {
                let is_of = |(protocol, port): &(IpProtocol, u16)| {
                    row.protocol.is_none_or(|own| own == *protocol) && row.port.is_none_or(|own| own == *port)
                };
                let mut alone = BurstWatch::default();
                for (step, _) in sent.iter().enumerate().filter(|(_, to)| is_of(to)) {
                    let at = Nanoseconds::from_milliseconds(step as i64 * 30);
                    alone.add(bucket_of(at), at);
                }
                assert_eq!(
                    row.packets,
                    sent.iter().filter(|to| is_of(to)).count() as u64,
                    "{order}"
                );
                assert_eq!(row.burst, alone.densest(), "{order}");
            }
        }
    }

    #[test]
    fn rows_stand_below_what_they_belong_to_and_the_busiest_come_first() {
        let (near, far): (IpAddr, IpAddr) = ("10.0.0.1".parse().unwrap(), "192.0.2.1".parse().unwrap());
        let mut workers = [Destinations::shared_by(2), Destinations::shared_by(2)];
        let sent = [
            (near, IpProtocol::UDP, 53),
            (far, IpProtocol::TCP, 443),
            (far, IpProtocol::TCP, 80),
            (far, IpProtocol::TCP, 443),
        ];
        for (address, protocol, port) in sent {
            workers[usize::from(address == far)].add(address, protocol, port, Nanoseconds::default());
        }
        let rows = DestinationRows::new(workers.map(Destinations::into_sorted).into());
        assert_eq!(rows.len(), 7);
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
