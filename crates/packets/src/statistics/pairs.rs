//! Pairs of addresses and what went each way.

use std::cmp::Reverse;
use std::hash::{BuildHasher, Hash};
use std::net::IpAddr;

use foldhash::fast::RandomState;
use whotalks_record::{IpProtocol, Nanoseconds};
use whotalks_session::streams::{Index, Slab};

use super::streams::StreamRow;
use super::totals::Volume;

/// Pairs that are kept of one kind, by all workers together. At about 130 bytes each that is 130 MiB.
const MOST_PAIRS: usize = 1 << 20;

/// What two ends said to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exchange {
    /// From a to b.
    pub forth: Volume,
    /// From b to a.
    pub back: Volume,
    /// The first packet, since the start of the capture.
    pub first: Nanoseconds,
    /// The latest packet, since the start of the capture.
    pub last: Nanoseconds,
}

impl Exchange {
    /// Both ways together.
    #[must_use]
    pub const fn total(&self) -> Volume {
        self.forth.with(self.back)
    }

    /// From the first packet to the latest.
    #[must_use]
    pub fn duration(&self) -> Nanoseconds {
        Nanoseconds(self.last.0.saturating_sub(self.first.0))
    }
}

/// Two ends; `a` sent the first packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair<A> {
    /// Who spoke first.
    pub a: A,
    /// Who was spoken to.
    pub b: A,
    /// What they said.
    pub exchange: Exchange,
}

/// What is known of an ordered pair.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    /// The packet that was first, and whether it went from the lower to the higher end.
    pub(super) first_packet: FirstPacket,
    pub(super) first_from_low: bool,
    pub(super) from_low: Volume,
    pub(super) from_high: Volume,
    pub(super) first: Nanoseconds,
    pub(super) last: Nanoseconds,
}

/// A packet that shows a pair, among all that do. One packet can show a pair twice, even in both directions: an error quotes the
/// packet it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FirstPacket {
    pub(super) number: u64,
    pub(super) shown_by: ShownBy,
}

/// What shows a pair, what counts more coming first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ShownBy {
    /// The packet itself.
    Packet,
    /// The TCP header with that number in it.
    Tcp(u8),
    /// The UDP header with that number in it.
    Udp(u8),
}

/// All pairs of one kind of address.
#[derive(Debug)]
pub(super) struct Pairs<A> {
    places: Index,
    hasher: RandomState,
    seen: Slab<((A, A), Seen)>,
    /// How many are kept.
    most: u32,
    /// The place of the pair that was seen last, which is mostly the next one as well.
    latest: u32,
    /// Packets of pairs that are not kept.
    pub(super) left_out: u64,
}

impl<A: Copy + Ord + Hash> Pairs<A> {
    /// No pairs yet, for one of so many workers, who keep [`MOST_PAIRS`] together.
    pub(super) fn shared_by(workers: usize) -> Self {
        Self {
            places: Index::default(),
            hasher: RandomState::default(),
            seen: Slab::default(),
            most: u32::try_from(MOST_PAIRS / workers.max(1)).unwrap_or(u32::MAX),
            latest: 0,
            left_out: 0,
        }
    }

    #[inline]
    pub(super) fn add(&mut self, from: A, to: A, packet: u64, bytes: u32, at: Nanoseconds) {
        match self.seen.get_mut(self.latest) {
            Some((pair, seen)) if *pair == (from, to) => seen.add(true, packet, bytes, at),
            Some((pair, seen)) if *pair == (to, from) => seen.add(false, packet, bytes, at),
            _ => self.add_elsewhere(from, to, packet, bytes, at),
        }
    }

    fn add_elsewhere(&mut self, from: A, to: A, packet: u64, bytes: u32, at: Nanoseconds) {
        let from_low = from <= to;
        let mut seen = Seen {
            first_packet: FirstPacket::itself(packet),
            first_from_low: from_low,
            from_low: Volume::default(),
            from_high: Volume::default(),
            first: at,
            last: at,
        };
        seen.add(from_low, packet, bytes, at);
        self.put(if from_low { (from, to) } else { (to, from) }, &seen);
    }

    /// Adds what was seen of an ordered pair.
    pub(super) fn put(&mut self, pair: (A, A), seen: &Seen) {
        let hash = self.hasher.hash_one(pair);
        let is_it = |place: u32| self.seen.get(place).is_some_and(|(known, _)| *known == pair);
        if let Some(place) = self.places.find(hash, is_it) {
            self.latest = place;
            if let Some((_, own)) = self.seen.get_mut(place) {
                own.merge(seen);
            }
        } else if self.seen.len() < self.most {
            self.latest = self.seen.push((pair, *seen));
            self.places.insert(hash, self.latest);
        } else {
            self.left_out += seen.from_low.packets + seen.from_high.packets;
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.left_out += other.left_out;
        self.most = self.most.saturating_add(other.most);
        if self.seen.is_empty() {
            (self.places, self.hasher, self.seen) = (other.places, other.hasher, other.seen);
            return;
        }
        drop(other.places);
        for (pair, seen) in other.seen.into_entries() {
            self.put(pair, &seen);
        }
    }

    /// The pairs, those with most bytes first.
    pub(super) fn rows(self) -> Vec<Pair<A>> {
        drop(self.places);
        let mut rows: Vec<(u64, Pair<A>)> = Vec::with_capacity(self.seen.len() as usize);
        let seen = self.seen.into_entries();
        rows.extend(seen.map(|(pair, seen)| (seen.first_packet.number, seen.show(pair))));
        rows.sort_unstable_by_key(|(first, pair)| {
            let ends = (pair.a.min(pair.b), pair.a.max(pair.b));
            (Reverse(pair.exchange.total().bytes), *first, ends)
        });
        rows.into_iter().map(|(_, pair)| pair).collect()
    }
}

impl FirstPacket {
    const fn itself(number: u64) -> Self {
        Self {
            number,
            shown_by: ShownBy::Packet,
        }
    }
}

impl Pairs<IpAddr> {
    /// Counts the packets of a stream for its two addresses.
    pub(super) fn add_stream(&mut self, stream: &StreamRow) {
        let (a, b) = (stream.ends.source, stream.ends.destination);
        let from_low = a <= b;
        let exchange = &stream.exchange;
        let (low, high) = if from_low {
            (exchange.forth, exchange.back)
        } else {
            (exchange.back, exchange.forth)
        };
        let layer = stream.first.layer;
        let seen = Seen {
            first_packet: FirstPacket {
                number: stream.first.frame.into(),
                shown_by: if stream.protocol == IpProtocol::TCP {
                    ShownBy::Tcp(layer)
                } else {
                    ShownBy::Udp(layer)
                },
            },
            first_from_low: from_low,
            from_low: low,
            from_high: high,
            first: exchange.first,
            last: exchange.last,
        };
        self.put(if from_low { (a, b) } else { (b, a) }, &seen);
    }
}

impl Seen {
    #[inline]
    fn add(&mut self, from_low: bool, packet: u64, bytes: u32, at: Nanoseconds) {
        let volume = if from_low {
            &mut self.from_low
        } else {
            &mut self.from_high
        };
        volume.add(bytes);
        self.last = self.last.max(at);
        if packet < self.first_packet.number {
            (self.first_packet, self.first_from_low, self.first) = (FirstPacket::itself(packet), from_low, at);
        }
    }

    fn merge(&mut self, other: &Self) {
        if other.first_packet < self.first_packet {
            (self.first_packet, self.first_from_low) = (other.first_packet, other.first_from_low);
            self.first = other.first;
        }
        self.last = self.last.max(other.last);
        self.from_low = self.from_low.with(other.from_low);
        self.from_high = self.from_high.with(other.from_high);
    }

    fn show<A>(&self, (low, high): (A, A)) -> Pair<A> {
        let (a, b, forth, back) = if self.first_from_low {
            (low, high, self.from_low, self.from_high)
        } else {
            (high, low, self.from_high, self.from_low)
        };
        let exchange = Exchange {
            forth,
            back,
            first: self.first,
            last: self.last,
        };
        Pair { a, b, exchange }
    }
}
