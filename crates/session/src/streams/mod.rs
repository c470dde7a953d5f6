//! Streams as Wireshark 4.0 counts and analyses them.
//!
//! *Brief overview*
//! - [`Streams`] numbers the TCP and UDP streams of a capture, keeps what the caller wants to keep of each, and says of each
//!   TCP segment what it is within its connection: an [`Analysis`].
//! - Display filters, statistics and `follow` go through it, so that all of them agree on numbers and findings.
//! - It is made for speed: a look-up is one probe of a compact index and one entry. Entries never expire, since
//!   Wireshark's do not either; [`Settings::streams`] bounds their number.
//!
//! | file | what it holds |
//! |---|---|
//! | `streams` | the way of a packet |
//! | `transports` | every TCP and UDP header of a frame |
//! | `key`, `index`, `slab`, `table` | which packets belong together |
//! | `stream` | one stream as it is kept and shown |
//! | `ended` | streams of which no more packets come |
//! | `connection`, `side`, `handshake` | the rules by which a segment is judged |
//! | `findings`, `analysis` | what is said of a segment |
//! | `flight` | what is on its way, where the caller asks for it |
//! | `pdus/` | messages of application protocols |

mod analysis;
mod connection;
mod ended;
mod findings;
mod flight;
mod handshake;
mod index;
mod key;
pub mod pdus;
mod side;
mod slab;
mod stream;
#[expect(clippy::module_inception, reason = "the folder is named after what it holds")]
mod streams;
mod table;
mod transports;

pub use analysis::{Analysis, Completeness, Flight, Handshake, Scale};
pub use connection::Moment;
pub use ended::EndedStreams;
pub use findings::Findings;
pub use index::Index;
pub use key::Ends;
pub use slab::Slab;
pub use stream::{First, StreamNumber, TcpFrame, TcpStream, UdpFrame, UdpStream, Way};
pub use streams::{Frame, Settings, Streams, TcpSegment};
pub use transports::{Datagram, TransportKind, TransportLayer, Transports};
