//! Packets as pure functions over bytes: one protocol per file.
//!
//! *Brief overview*
//! - [`dissect::packet`] walks a captured frame from its link layer to the payload of its transport and says where and
//!   why it stopped. It allocates nothing.
//! - `link/`, `net/` and `transport/` hold one view per protocol. A view borrows the header, its offsets stand in
//!   `mod field`, its one check is the length of the array it borrows, and its getters cannot fail.
//! - `app/` holds the application protocols. They read a datagram or the beginning of a stream, which may need more
//!   bytes, and are found by content on any port through two tables of probes, [`app::STREAM_PROTOCOLS`] and [`app::DATAGRAM_PROTOCOLS`].
//!
//! There is one lax path: damaged or cut-off packets give what could be read and a [`Stop`]. Checksums are not verified,
//! since captures on the sending host hold packets whose checksums the network card has yet to fill in. Unknown numbers are
//! values. Nothing here knows a file, a clock or a flow.
//!
//! ```
//! use whotalks_wire::{dissect, link};
//!
//! let frame = [
//!     0x02, 0, 0, 0, 0, 1, 0x02, 0, 0, 0, 0, 2, 0x08, 0x00, // Ethernet II, IPv4
//!     0x45, 0, 0, 30, 0, 0, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2, // IPv4, UDP
//!     0xc0, 0x00, 0x00, 0x35, 0, 10, 0, 0, b'h', b'i', // UDP 49152 to 53
//! ];
//! let packet = dissect::packet(link::ETHERNET, &frame, 44);
//! assert_eq!(packet.ports().map(|ports| ports.destination), Some(53));
//! assert_eq!(packet.payload, b"hi");
//! assert_eq!(packet.stop, None);
//! ```

pub mod app;
pub mod dissect;
pub mod link;
pub mod net;
mod stop;
pub mod transport;

pub use stop::Stop;

/// Tests that are also fuzz targets name this crate as others do.
#[cfg(test)]
extern crate self as whotalks_wire;
