//! Application protocols, read from a datagram or from the first bytes of a stream.
//!
//! A protocol is one file or folder and **one line in [`PROTOCOLS`]**: who it is, what carries it and a probe. The probe looks
//! at the first bytes that one side sent, on any port, and says whether they are its own. A parser of a stream gets a
//! prefix of what one side sent and gives a result or [`Unfinished::NeedMore`]; it is pure and starts over with a longer
//! prefix.

pub mod dns;
pub mod http1;
mod name;
pub mod proxy_header;
pub mod socks;
pub mod tls;

pub use name::{Authority, name_text};
pub use whotalks_record::ApplicationProtocol;

use thiserror::Error;
use whotalks_bytes::ReadError;

use crate::Stop;

/// Which way the bytes went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the side that opened the conversation.
    ToServer,
    /// From the side that was called.
    ToClient,
}

/// What carries a protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Carrier {
    /// One UDP datagram, complete unless the capture cut it.
    Datagram,
    /// The beginning of what one side of a TCP connection sent.
    Stream,
}

/// What a probe says about the first bytes of one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Probe {
    /// They are of this protocol.
    Certain,
    /// They may be; more bytes, or another hint such as the port, must decide.
    Unsure,
    /// They are not.
    NotMine,
}

/// A protocol and how it is recognised.
#[derive(Debug, Clone, Copy)]
pub struct Protocol {
    /// Which one.
    pub protocol: ApplicationProtocol,
    /// What carries it.
    pub carrier: Carrier,
    /// Looks at the first bytes that one side sent.
    pub probe: fn(&[u8], Direction) -> Probe,
}

/// Every protocol that can be recognised. Where two probes are certain of the same bytes, the earlier line wins.
pub const PROTOCOLS: [Protocol; 6] = [
    Protocol {
        protocol: ApplicationProtocol::Dns,
        carrier: Carrier::Datagram,
        probe: dns::probe_datagram,
    },
    Protocol {
        protocol: ApplicationProtocol::Tls,
        carrier: Carrier::Stream,
        probe: tls::probe,
    },
    Protocol {
        protocol: ApplicationProtocol::Http1,
        carrier: Carrier::Stream,
        probe: http1::probe,
    },
    Protocol {
        protocol: ApplicationProtocol::Dns,
        carrier: Carrier::Stream,
        probe: dns::probe_stream,
    },
    Protocol {
        protocol: ApplicationProtocol::Socks5,
        carrier: Carrier::Stream,
        probe: socks::probe_v5,
    },
    Protocol {
        protocol: ApplicationProtocol::Socks4,
        carrier: Carrier::Stream,
        probe: socks::probe_v4,
    },
];

/// What all probes together say about the first bytes of one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Recognition {
    /// They are of this protocol.
    Certain(ApplicationProtocol),
    /// At least this one asks for more bytes.
    Unsure(ApplicationProtocol),
    /// No protocol of the table.
    Unknown,
}

/// Asks every probe of `carrier`.
#[must_use]
pub fn recognise(prefix: &[u8], carrier: Carrier, direction: Direction) -> Recognition {
    let mut best = Recognition::Unknown;
    for candidate in PROTOCOLS.iter().filter(|candidate| candidate.carrier == carrier) {
        match (candidate.probe)(prefix, direction) {
            Probe::Certain => return Recognition::Certain(candidate.protocol),
            Probe::Unsure if best == Recognition::Unknown => best = Recognition::Unsure(candidate.protocol),
            Probe::Unsure | Probe::NotMine => {}
        }
    }
    best
}

/// Why a parser has no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unfinished {
    /// The prefix is valid so far and ends too early.
    #[error("more bytes of the stream are needed")]
    NeedMore,
    /// It is not what it seemed to be, or it is damaged.
    #[error(transparent)]
    Broken(#[from] Stop),
}

impl From<ReadError> for Unfinished {
    /// In a prefix of a stream, running out of bytes is no damage.
    fn from(_: ReadError) -> Self {
        Self::NeedMore
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_protocol_is_recognised_by_its_content() {
        let stream = |bytes, direction| recognise(bytes, Carrier::Stream, direction);
        let certain = Recognition::Certain;
        assert_eq!(
            stream(b"GET / HTTP/1.1\r\n", Direction::ToServer),
            certain(ApplicationProtocol::Http1)
        );
        assert_eq!(
            stream(b"HTTP/1.1 200 OK\r\n", Direction::ToClient),
            certain(ApplicationProtocol::Http1)
        );
        assert_eq!(
            stream(&[0x16, 3, 1, 0, 5, 1], Direction::ToServer),
            certain(ApplicationProtocol::Tls)
        );
        assert_eq!(
            stream(b"\x04\x01\x00\x50\x7f\x00\x00\x01\x00", Direction::ToServer),
            certain(ApplicationProtocol::Socks4)
        );
        assert_eq!(
            stream(b"SSH-2.0-OpenSSH_9.9\r\n", Direction::ToClient),
            Recognition::Unknown
        );
    }

    #[test]
    fn too_few_bytes_leave_it_open() {
        assert_eq!(
            recognise(&[0x16, 3], Carrier::Stream, Direction::ToServer),
            Recognition::Unsure(ApplicationProtocol::Tls)
        );
        assert_eq!(
            recognise(b"GE", Carrier::Stream, Direction::ToServer),
            Recognition::Unsure(ApplicationProtocol::Http1)
        );
    }

    proptest! {
        #[test]
        fn probes_never_panic_and_a_longer_prefix_never_revives_what_was_refused(bytes: Vec<u8>, keep: usize) {
            for protocol in PROTOCOLS.iter().filter(|protocol| protocol.carrier == Carrier::Stream) {
                for direction in [Direction::ToServer, Direction::ToClient] {
                    let keep = keep % (bytes.len() + 1);
                    if (protocol.probe)(&bytes[..keep], direction) == Probe::NotMine {
                        prop_assert_eq!((protocol.probe)(&bytes, direction), Probe::NotMine);
                    }
                }
            }
        }
    }
}
