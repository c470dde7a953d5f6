//! Cabinets (Microsoft Cabinet Format, MS-CAB): members uncompressed, in MSZIP, the raw deflate of 32 KiB blocks that share a
//! window (MS-MCI), or in LZX. Quantum is named and not unpacked.
//!
//! What the tables of a cabinet claim is believed only as far as its bytes go: tables are read entry by entry, a block is at most
//! 64 KiB packed and 32 KiB unpacked, a window at most 2 MiB, and a folder is unpacked once, from its start to its end.

mod directory;
mod folder;
mod lzx;

pub(crate) use directory::{Directory, Member};
pub(crate) use folder::Folder;
