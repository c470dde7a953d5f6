//! What is compared.

use std::net::IpAddr;

use whotalks_record::IpProtocol;

use super::Load;
use crate::statistics::Statistics;

/// What is compared. The kinds stand in the order in which they are shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// An address, with all it sent and was sent.
    Address(IpAddr),
    /// Two addresses, the lower one first, with all they said to each other.
    Pair(IpAddr, IpAddr),
    /// A protocol, wherever it lies in the hierarchy.
    Protocol(&'static str),
    /// A port that connections were made to, with all that was said over them.
    Port(IpProtocol, u16),
}

impl Subject {
    /// The place of its kind among the kinds.
    #[must_use]
    pub const fn kind(&self) -> u8 {
        match self {
            Self::Address(_) => 0,
            Self::Pair(..) => 1,
            Self::Protocol(_) => 2,
            Self::Port(..) => 3,
        }
    }
}

/// Everything that was seen in a capture, piece by piece.
pub(super) fn loads(statistics: &Statistics, each: &mut dyn FnMut(Subject, Load)) {
    for pair in &statistics.internet {
        let load = Load {
            volume: pair.exchange.total(),
            conversations: 1,
        };
        let (low, high) = (pair.a.min(pair.b), pair.a.max(pair.b));
        each(Subject::Pair(low, high), load);
        each(Subject::Address(low), load);
        if high != low {
            each(Subject::Address(high), load);
        }
    }
    // The first packet of a stream goes to the port that was called, unless the capture began too late.
    for stream in statistics.tcp.iter().chain(&statistics.udp) {
        let load = Load {
            volume: stream.exchange.total(),
            conversations: 1,
        };
        let ports = stream.ends.ports;
        let called = ports.destination.min(ports.source);
        let called = if ports.destination < FIRST_DYNAMIC_PORT {
            ports.destination
        } else {
            called
        };
        each(Subject::Port(stream.protocol, called), load);
    }
    protocols(statistics, each);
}

/// Ports from here on are given out to callers (RFC 6335 section 6).
const FIRST_DYNAMIC_PORT: u16 = 49_152;

/// A protocol counts once per frame: below itself, as in a tunnel, it is not counted again.
fn protocols(statistics: &Statistics, each: &mut dyn FnMut(Subject, Load)) {
    let mut above: Vec<&'static str> = Vec::new();
    for row in &statistics.hierarchy {
        above.truncate(row.depth);
        if !above.contains(&row.protocol) {
            let load = Load {
                volume: row.volume,
                conversations: 0,
            };
            each(Subject::Protocol(row.protocol), load);
        }
        above.push(row.protocol);
    }
}
