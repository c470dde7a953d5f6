//! The bounds that keep hostile evidence from exhausting the machine.

/// Bytes looked at to tell a format; a text listing shows itself well before.
pub(crate) const PREFIX_BYTES: usize = 64 << 10;

/// A piece up to this size is held in memory, hashed, and only then read, so that a duplicate is never read twice.
pub(crate) const SMALL_PIECE_BYTES: usize = 4 << 20;

/// A file that no reader takes is hashed up to this size only: its hash is a courtesy, a disk image is not evidence of ours.
pub(crate) const UNREAD_HASH_BYTES: u64 = 1 << 30;

/// An inner zip archive larger than this goes to a temporary file instead of memory; zip needs to seek.
pub(crate) const SPOOL_MEMORY_BYTES: usize = 32 << 20;

/// The most issues kept for one piece; the rest are counted. A damaged log would otherwise repeat itself a million times.
pub(crate) const MOST_ISSUES: usize = 100;

/// The longest member name kept, in bytes; zip allows 65,535 and nobody reads them.
pub(crate) const LONGEST_NAME_BYTES: usize = 1_024;

/// The deepest folder that is entered below a path that was given; deeper trees are loops or attacks.
pub(crate) const DEEPEST_FOLDER: usize = 64;

/// Output up to this size is never judged by its ratio to the file it came from.
pub(crate) const RATIO_GRACE_BYTES: u64 = 64 << 20;

/// What a run may unpack and list. The defaults suit a support bundle of a few dozen gigabytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Containers inside containers, the outermost counted as 1.
    pub depth: u32,
    /// Files listed and members unpacked over the whole run.
    pub pieces: u64,
    /// Bytes unpacked over the whole run.
    pub output_bytes: u64,
    /// Bytes unpacked per byte of the archive member, and per byte of the outermost file past a grace of 64 MiB. Deflate
    /// cannot pass 1032; logs reach a few hundred.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 5,
            pieces: 100_000,
            output_bytes: 64 << 30,
            ratio: 1_000,
        }
    }
}
