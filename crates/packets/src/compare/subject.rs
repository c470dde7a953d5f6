//! What is compared.

use std::net::IpAddr;

use whotalks_record::IpProtocol;

use super::Load;
use crate::select::Annotate;
use crate::statistics::Statistics;

/// What is compared. The kinds stand in the order in which they are shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// An address, with all it sent and was sent.
    Address(IpAddr),
    /// A program, with all that was said over its conversations, as far as a case knows them.
    Process(String),
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
            Self::Process(_) => 1,
            Self::Pair(..) => 2,
            Self::Protocol(_) => 3,
            Self::Port(..) => 4,
        }
    }
}

/// Everything that was seen in a capture, piece by piece.
pub(super) fn loads(statistics: &Statistics, each: &mut dyn FnMut(Subject, Load)) {
    for pair in &statistics.internet {
        let load = Load {
            volume: pair.exchange.total(),
            conversations: 1,
            grade: None,
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
            grade: None,
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
                grade: None,
            };
            each(Subject::Protocol(row.protocol), load);
        }
        above.push(row.protocol);
    }
}

/// Every stream whose program a case knows; says of how many it does.
pub(super) fn processes(
    statistics: &Statistics,
    case: &dyn Annotate,
    each: &mut dyn FnMut(Subject, Load),
) -> Attributed {
    let mut attributed = Attributed::default();
    for stream in statistics.tcp.iter().chain(&statistics.udp) {
        attributed.conversations += 1;
        let annotation = case.annotation(&stream.subject(statistics.totals.start));
        let Some((known, name)) = annotation.and_then(|known| Some((known, known.process_name.as_ref()?))) else {
            continue;
        };
        attributed.known += 1;
        let load = Load {
            volume: stream.exchange.total(),
            conversations: 1,
            grade: Some(known.process_grade),
        };
        each(Subject::Process(name.clone()), load);
    }
    attributed
}

/// How many conversations of a capture a case knows the program of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attributed {
    /// Conversations over TCP and UDP.
    pub conversations: u64,
    /// Those whose program is known.
    pub known: u64,
}

impl Attributed {
    /// Conversations whose program is not known.
    #[must_use]
    pub const fn unknown(self) -> u64 {
        self.conversations.saturating_sub(self.known)
    }
}
