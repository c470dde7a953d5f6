//! Application protocols, read from a datagram or from the first bytes of a stream.
//!
//! A protocol is one file or folder and **one line in [`STREAM_PROTOCOLS`] or [`DATAGRAM_PROTOCOLS`]**: who it is, a probe and
//! how long its messages are. The probe looks at the first bytes that one side sent, on any port, and says whether they are
//! its own. A parser of a stream gets a prefix of what one side sent and gives a result or [`Unfinished::NeedMore`]; it is
//! pure and starts over with a longer prefix.

mod ber;
pub mod database;
pub mod dns;
pub mod files;
pub mod headers;
mod hints;
pub mod http1;
pub mod http2;
pub mod industry;
pub mod mail;
pub mod media;
pub mod messaging;
mod name;
pub mod network;
mod pdu;
pub mod peers;
mod protocol;
pub mod proxy_header;
pub mod quic;
mod read;
mod recognise;
pub mod remote;
pub mod socks;
mod table;
pub mod tls;
pub mod tunnel;
pub mod windows;

pub use hints::{Hints, hints};
pub use name::{Authority, name_text};
pub use pdu::PduLength;
pub use protocol::{First, Protocol};
pub use recognise::{Recognition, guess_by_port, protocol, recognise, recognise_pair};
pub use table::{DATAGRAM_PROTOCOLS, STREAM_PROTOCOLS, protocols};
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
mod tests;
