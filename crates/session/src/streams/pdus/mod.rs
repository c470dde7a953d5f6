//! Messages of application protocols within streams.
//!
//! *Brief overview*
//! - A [`Pdu`] is told in the frame in which its last byte arrives, as Wireshark shows it. A segment within a longer message
//!   shows nothing but TCP: [`Payload::Waiting`].
//! - Bytes are put in order within bounds. Bodies are counted and not kept: [`Pdu::head`] is a beginning.
//! - Tunnels are entered: what CONNECT or SOCKS opened is recognised anew, and [`Pdu::outer`] names them.
//!
//! | file | what it holds |
//! |---|---|
//! | `conversation` | which protocol, and where its messages end |
//! | `lane` | one direction: the message that is not complete, and what came too early |
//! | `http` | bodies of HTTP/1 |
//! | `handshake` | TLS handshake messages that span records |
//! | `inside` | what TLS carries, where its handshake tells |
//! | `tunnel` | CONNECT, SOCKS and upgrades |
//! | `refine` | protocols that one connection mixes, or that only an upgrade brings |
//! | `datagram` | UDP |
//! | `applications` | which protocols a frame shows |
//! | `reader` | what the caller gets hold of |

mod applications;
mod conversation;
mod datagram;
mod handshake;
mod http;
mod inside;
mod lane;
mod reader;
mod refine;
mod tunnel;

pub use applications::Applications;
pub(crate) use conversation::Conversation;
pub(crate) use datagram::DatagramState;
pub(crate) use reader::Stage;
pub use reader::{DatagramReader, PduReader};

use whotalks_record::ApplicationProtocol;

use super::stream::Way;

/// A message of an application protocol.
#[derive(Debug, Clone, Copy)]
pub struct Pdu<'p> {
    /// Whose message it is; [`ApplicationProtocol::Unknown`] only within a tunnel.
    pub protocol: ApplicationProtocol,
    /// The tunnels it came through, outermost first.
    pub outer: &'p [ApplicationProtocol],
    /// Which way it went.
    pub way: Way,
    /// Its beginning: all of it unless it is long.
    pub head: &'p [u8],
    /// How many bytes it has.
    pub length: u64,
    /// The frame in which it began.
    pub first_frame: u32,
    /// Complete TLS handshake messages, without record headers, that end in this record.
    pub handshake: &'p [u8],
    /// False where the capture cut it off.
    pub is_whole: bool,
    /// Its last byte came in a segment that Wireshark takes for sent again or out of order, and does not look into.
    pub is_hidden: bool,
}

/// What reading one segment brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// What became of its data.
    pub payload: Payload,
    /// The application protocols that its frame shows.
    pub applications: Applications,
}

/// What became of the data of one segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Payload {
    /// There was none, or it was seen before.
    Nothing,
    /// It completed so many messages.
    Pdus(u32),
    /// With it begins a message that it does not complete. Wireshark shows some protocols here already, TLS for one.
    Begins,
    /// It belongs to a message that began earlier and is not complete.
    Waiting,
    /// No protocol is known for it.
    Unknown,
}
