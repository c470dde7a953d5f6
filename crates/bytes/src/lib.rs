//! Bytes that nobody vouches for, read by name and within bounds.
//!
//! *Brief overview*
//! - [`Cursor`] walks a slice; every read carries the name of the field it wants, so that a damaged file gives the
//!   sentence `udp.length needs 2 bytes at 34, 1 available`.
//! - [`fixed`] is the offset table of a fixed-size header: a field is a type that knows its place and width, the bound
//!   is proved when the program is compiled, and the getter cannot fail.
//! - [`CappedDecoder`] decompresses gzip, zlib and zstd with a cap on the output and on the ratio.
//!
//! Nothing in here knows a protocol, a file path or a clock.
//!
//! ```
//! use whotalks_bytes::Cursor;
//!
//! let mut cursor = Cursor::new(&[0x00, 0x35, 0xff]);
//! assert_eq!(cursor.u16_be("udp.source_port"), Ok(53));
//! let error = cursor.u16_be("udp.destination_port").unwrap_err();
//! assert_eq!(error.to_string(), "udp.destination_port needs 2 bytes at 2, 1 available");
//! ```

mod capped;
mod cursor;
pub mod fixed;

pub use capped::{CapExceeded, CappedDecoder, Caps, Compression};
pub use cursor::{Cursor, ReadError};
pub use fixed::ByteOrder;
