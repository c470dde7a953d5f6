//! From paths to records: finds files, tells by content what they are, unpacks archives, hashes everything, keeps the
//! manifest, and gives each piece to its reader.
//!
//! *Brief overview*
//! - [`open`] follows paths and folders and gives a [`Bundle`]; nothing is read yet.
//! - [`Bundle::read_all`] reads everything once, in a fixed order, into an [`EvidenceSink`], and returns the [`Manifest`].
//!   Whatever is not read has its line in the manifest too.
//! - [`raw`] shows what a citation points to, through any archives.
//!
//! | file | what it holds |
//! |---|---|
//! | `collector`, `host_hint` | what paths say of the collector and the host |
//! | `walk` | from paths to files |
//! | `detect/` | from the first bytes to a [`Format`] |
//! | `run/` | the one pass: containers, leaves, names |
//! | `pump` | the second thread, which reads, unpacks and hashes |
//! | `budget`, `limits` | what keeps archives from exhausting the machine |
//! | `entry` | the lines of the manifest |
//! | `raw/` | from a citation back to the bytes |
//! | `readers` | from a format to its reader |

mod budget;
mod bundle;
mod cabinet;
mod collector;
mod detect;
mod digest;
mod entry;
mod format;
mod host_hint;
mod limits;
mod peeked;
mod progress;
mod pump;
mod raw;
mod readers;
mod run;
mod sink;
mod walk;
mod zip_member;

pub use bundle::{Bundle, open};
pub use collector::{Collected, Phase, collected};
pub use detect::detect;
pub use digest::{NotADigest, Sha256Digest};
pub use entry::{Manifest, ManifestEntry, Piece, Status};
pub use format::{Format, Role};
pub use limits::Limits;
pub use progress::{NoProgress, Progress};
pub use raw::{RawContent, RawError, RawEvidence, RawLine, RawPacket, raw};
pub use sink::EvidenceSink;
