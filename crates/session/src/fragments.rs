//! Fragments of IP datagrams: whose they are, and what they say together.

use std::collections::{HashMap, VecDeque};

use foldhash::quality::RandomState;
use whotalks_record::IpProtocol;
use whotalks_wire::dissect::Ip;
use whotalks_wire::net::Fragment;
use whotalks_wire::transport::Ports;

mod datagram;
mod notes;
mod whole;

use datagram::{Added, Datagram};
pub use whole::{Piece, Whole};

/// Datagrams of which fragments are remembered. Fragments of one datagram follow each other closely.
const MOST_DATAGRAMS: usize = 1_024;
/// Bytes of fragments that wait for others, over all datagrams: 256 datagrams of the largest size.
pub(crate) const MOST_HELD_BYTES: usize = 16 << 20;

/// What the fragments of a datagram share (RFC 791 3.2, RFC 8200 4.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct DatagramId {
    source: std::net::IpAddr,
    destination: std::net::IpAddr,
    /// Not part of it in IPv6, whose later fragments may state another one.
    protocol: Option<IpProtocol>,
    identification: u32,
}

/// Puts the fragments of IPv4 and IPv6 together, for every protocol above them. The whole of a datagram is in the packet that
/// brings the last of its fragments, whichever that is, as it is in Wireshark.
///
/// Where fragments overlap, what came first stays. Memory is bounded: the oldest datagram gives way.
#[derive(Debug, Default)]
pub struct Fragments {
    datagrams: HashMap<DatagramId, Datagram, RandomState>,
    order: VecDeque<DatagramId>,
    held_bytes: usize,
    overlaps: u64,
    evicted: u64,
}

impl Fragments {
    /// Adds the data of a fragment, transport header included ([`Dissected::fragment`]), and gives that of the whole datagram
    /// when nothing is missing any more, to be read by [`dissect::datagram`].
    ///
    /// [`Dissected::fragment`]: whotalks_wire::dissect::Dissected::fragment
    /// [`dissect::datagram`]: whotalks_wire::dissect::datagram()
    pub fn add(&mut self, ip: &Ip, fragment: Fragment, data: &[u8]) -> Option<Vec<u8>> {
        self.take(ip, fragment, data, None).map(|whole| whole.data)
    }

    /// As [`Fragments::add`]; the whole knows of each of its fragments which frame brought it, and what is wrong with it.
    pub fn add_noted(&mut self, ip: &Ip, fragment: Fragment, data: &[u8], frame: u32) -> Option<Whole> {
        self.take(ip, fragment, data, Some(frame))
    }

    fn take(&mut self, ip: &Ip, fragment: Fragment, data: &[u8], frame: Option<u32>) -> Option<Whole> {
        let datagram = self.datagram(datagram_id(ip, fragment));
        let before = datagram.held_bytes();
        let added = datagram.add(fragment, data, frame);
        let whole = datagram.take_whole();
        let after = datagram.held_bytes();
        self.held_bytes = self.held_bytes.saturating_sub(before).saturating_add(after);
        self.overlaps += u64::from(added == Added::Overlaps);
        while self.held_bytes > MOST_HELD_BYTES && self.evict() {}
        whole
    }

    /// How many fragments overlapped others and said something else, or did not end where others did (RFC 5722).
    #[must_use]
    pub const fn overlaps(&self) -> u64 {
        self.overlaps
    }

    /// How many datagrams gave way before they were whole.
    #[must_use]
    pub const fn evicted(&self) -> u64 {
        self.evicted
    }

    /// The ports of a packet that is a fragment. The first fragment states them; those of later ones are remembered, and are
    /// 0 where the first one was not captured.
    pub(crate) fn ports(&mut self, ip: &Ip, fragment: Fragment, stated: Option<Ports>) -> Ports {
        let id = datagram_id(ip, fragment);
        let Some(ports) = stated else {
            return self
                .datagrams
                .get(&id)
                .map(|datagram| datagram.ports)
                .unwrap_or_default();
        };
        self.datagram(id).ports = ports;
        ports
    }

    /// The datagram with that number, which is begun if there is none.
    fn datagram(&mut self, id: DatagramId) -> &mut Datagram {
        if !self.datagrams.contains_key(&id) {
            if self.datagrams.len() >= MOST_DATAGRAMS {
                self.evict();
            }
            self.order.push_back(id);
        }
        self.datagrams.entry(id).or_default()
    }

    /// Gives up the oldest datagram; false when there is none.
    fn evict(&mut self) -> bool {
        let Some(datagram) = self.order.pop_front().and_then(|id| self.datagrams.remove(&id)) else {
            return false;
        };
        self.held_bytes = self.held_bytes.saturating_sub(datagram.held_bytes());
        self.evicted += u64::from(datagram.held_bytes() > 0);
        true
    }
}

fn datagram_id(ip: &Ip, fragment: Fragment) -> DatagramId {
    DatagramId {
        source: ip.source,
        destination: ip.destination,
        protocol: ip.source.is_ipv4().then_some(ip.protocol),
        identification: fragment.identification,
    }
}

#[cfg(test)]
mod tests;
