//! Who is sent to, by protocol and port (Wireshark's `dests,tree`).

use std::collections::HashMap;
use std::net::IpAddr;

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

/// An address, a protocol of it, or a port of that.
type Place = (IpAddr, Option<IpProtocol>, Option<u16>);

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
        let mut next = self.find((address, Some(protocol), Some(port)));
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
        let parent = match place {
            (_, None, _) => None,
            (address, Some(_), None) => Some(self.find((address, None, None))?),
            (address, protocol, Some(_)) => Some(self.find((address, protocol, None))?),
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

    /// The rows of all workers: those of an address follow each other, most packets first.
    pub(super) fn rows(workers: Vec<Self>) -> Vec<Destination> {
        let rows: Vec<Destination> = workers
            .into_iter()
            .flat_map(|worker| worker.rows)
            .map(|row| row.show())
            .collect();
        let packets: HashMap<Place, u64> = rows.iter().map(|row| (row.place(), row.packets)).collect();
        let of = |place: Place| std::cmp::Reverse(packets.get(&place).copied().unwrap_or_default());
        let mut rows = rows;
        rows.sort_by_cached_key(|row| {
            let of_protocol = row
                .protocol
                .map(|protocol| (of((row.address, Some(protocol), None)), protocol));
            let of_port = row.port.map(|port| (of(row.place()), port));
            (of((row.address, None, None)), row.address, of_protocol, of_port)
        });
        rows
    }
}

impl Row {
    fn show(self) -> Destination {
        let (address, protocol, port) = self.place;
        Destination {
            address,
            protocol,
            port,
            packets: self.packets,
            burst: self.watch.densest(),
        }
    }
}

impl Destination {
    const fn place(&self) -> Place {
        (self.address, self.protocol, self.port)
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
        let rows = Destinations::rows(workers.into());
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
