//! Formats that a reader takes: the reader's own crate recognises them.

use crate::format::Format;

/// The format whose reader recognises `prefix`.
pub(super) fn detect(_prefix: &[u8]) -> Option<Format> {
    None
}
