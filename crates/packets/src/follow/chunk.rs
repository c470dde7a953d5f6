//! What is given out.

use whotalks_record::Timestamp;
use whotalks_session::streams::Way;

/// A piece of what one side said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// Who said it: forth is the way of the stream's first packet.
    pub way: Way,
    /// When it was captured; for a gap, when it was noticed.
    pub time: Timestamp,
    /// The frame that held it, or in which a gap was noticed.
    pub frame: u32,
    /// What it is.
    pub content: Content,
}

/// Bytes, or their absence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// What was said.
    Bytes(Vec<u8>),
    /// So many bytes are not in the capture.
    Missing(u32),
}
