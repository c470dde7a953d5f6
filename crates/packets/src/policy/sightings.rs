//! Protocols below TCP and UDP, and who uses them.

use std::collections::HashMap;
use std::net::IpAddr;

use rustc_hash::FxBuildHasher;
use whotalks_policy::ProtocolPath;
use whotalks_record::{Nanoseconds, Packet};
use whotalks_wire::dissect::{self, Layer, LayerSpan, Visitor};
use whotalks_wire::link::MacAddress;

use crate::frame::quick_summary;
use crate::statistics::{Exchange, Volume};

/// Pairs of addresses that are kept, of all protocols together. At about 150 bytes each that is 40 MiB.
const MOST_PAIRS: usize = 1 << 18;
/// Layers of a packet that are looked at. A packet with more is none that anybody sends.
const MOST_LAYERS: usize = 64;
/// What the packets that captures consist of hold; who watches for none of them need not look at these packets.
const USUAL: [&str; 6] = ["eth", "vlan", "ip", "ipv6", "tcp", "udp"];

/// Whom a packet is from, or for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Address {
    /// An Internet address.
    Internet(IpAddr),
    /// A hardware address, where there is no other.
    Hardware(MacAddress),
}

impl Address {
    /// The Internet address, if it is one.
    #[must_use]
    pub const fn internet(self) -> Option<IpAddr> {
        match self {
            Self::Internet(address) => Some(address),
            Self::Hardware(_) => None,
        }
    }
}

/// Two addresses that use a protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// The protocol.
    pub protocol: ProtocolPath,
    /// Who sent the first packet of it; none where no address says so.
    pub a: Option<Address>,
    /// Who was sent it.
    pub b: Option<Address>,
    /// What went each way, and when.
    pub exchange: Exchange,
    /// The number of the first packet.
    pub first_packet: u64,
}

/// From whom to whom.
type Pair = (Option<Address>, Option<Address>);

/// What is seen of protocols that are watched for.
#[derive(Debug)]
pub(super) struct Sightings {
    watched: Vec<ProtocolPath>,
    looks_at_usual: bool,
    /// By the protocol's place and the ordered pair.
    places: HashMap<(usize, Pair), usize, FxBuildHasher>,
    seen: Vec<Sighting>,
    left_out: u64,
}

impl Sightings {
    pub(super) fn new(watched: Vec<ProtocolPath>) -> Self {
        let is_usual = |path: &ProtocolPath| path.steps().iter().all(|step| USUAL.contains(step));
        Self {
            looks_at_usual: watched.iter().any(is_usual),
            watched,
            places: HashMap::default(),
            seen: Vec::new(),
            left_out: 0,
        }
    }

    pub(super) const fn is_needed(&self) -> bool {
        !self.watched.is_empty()
    }

    /// Looks at a packet that was sent so long after the first one.
    pub(super) fn packet(&mut self, packet: &Packet<'_>, number: u64, at: Nanoseconds) {
        if !self.looks_at_usual && quick_summary(packet.link_type, packet.data).is_some() {
            return;
        }
        let mut layers = Layers::default();
        let dissected = dissect::walk(packet.link_type, packet.data, packet.original_length, &mut layers);
        for place in 0..self.watched.len() {
            let Some(path) = self.watched.get(place) else { continue };
            // A fragment that is not the first one has no header of its protocol.
            let in_fragment = || {
                let ip = dissected.ip().filter(|ip| path.ip_protocol() == Some(ip.protocol))?;
                Some((
                    Some(Address::Internet(ip.source)),
                    Some(Address::Internet(ip.destination)),
                ))
            };
            if let Some(pair) = layers.find(path).or_else(in_fragment) {
                self.note(place, pair, packet.original_length, number, at);
            }
        }
    }

    fn note(&mut self, place: usize, (from, to): Pair, bytes: u32, number: u64, at: Nanoseconds) {
        let key = (place, if from <= to { (from, to) } else { (to, from) });
        let index = match self.places.get(&key) {
            Some(index) => *index,
            None if self.seen.len() < MOST_PAIRS => {
                let Some(path) = self.watched.get(place) else { return };
                self.seen.push(Sighting {
                    protocol: path.clone(),
                    a: from,
                    b: to,
                    exchange: Exchange {
                        forth: Volume::default(),
                        back: Volume::default(),
                        first: at,
                        last: at,
                    },
                    first_packet: number,
                });
                self.places.insert(key, self.seen.len() - 1);
                self.seen.len() - 1
            }
            None => {
                self.left_out += 1;
                return;
            }
        };
        if let Some(sighting) = self.seen.get_mut(index) {
            let is_forth = sighting.a == from;
            let exchange = &mut sighting.exchange;
            let way = if is_forth {
                &mut exchange.forth
            } else {
                &mut exchange.back
            };
            way.add(bytes);
            exchange.last = exchange.last.max(at);
        }
    }

    /// What was seen, in the order of the capture, and the packets that were left out.
    pub(super) fn finish(self) -> (Vec<Sighting>, u64) {
        (self.seen, self.left_out)
    }
}

/// The protocols of one packet, from the outside in, each with the addresses that stand in it or before it.
#[derive(Default)]
struct Layers {
    stack: Vec<(&'static str, Pair)>,
    pair: Pair,
}

impl Layers {
    /// The addresses at the outermost place where the protocols of a path lie directly in each other.
    fn find(&self, path: &ProtocolPath) -> Option<Pair> {
        let steps = path.steps();
        let mut windows = self.stack.windows(steps.len().max(1));
        let found = windows.find(|window| window.iter().map(|(name, _)| name).eq(steps))?;
        found.first().map(|(_, pair)| *pair)
    }
}

impl<'a> Visitor<'a> for Layers {
    fn layer(&mut self, layer: &Layer<'a>, span: LayerSpan, _: &'a [u8]) {
        // What an ICMP error quotes was not sent here.
        if span.is_quoted {
            return;
        }
        let internet = |source: IpAddr, destination: IpAddr| {
            (Some(Address::Internet(source)), Some(Address::Internet(destination)))
        };
        match layer {
            Layer::Ethernet(header) => {
                let (source, destination) = (header.source(), header.destination());
                self.pair = (Some(Address::Hardware(source)), Some(Address::Hardware(destination)));
            }
            Layer::Ipv4(header) => self.pair = internet(header.source().into(), header.destination().into()),
            Layer::Ipv6(header) => self.pair = internet(header.source().into(), header.destination().into()),
            Layer::Arp(packet) => self.pair = internet(packet.sender_ip().into(), packet.target_ip().into()),
            _ => {}
        }
        // Extension headers have names, but are no protocols of their own.
        let is_part = matches!(layer, Layer::Ipv6Extension(_));
        if let Some(name) = layer.name().filter(|_| !is_part && self.stack.len() < MOST_LAYERS) {
            self.stack.push((name, self.pair));
        }
    }
}
