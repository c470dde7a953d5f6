//! Network protection: Defender blocked a program's connection to a destination, or would have blocked it.
//!
//! **Why it matters**: what is known to be malicious, or what the administrator forbids, was asked for by a program of the host. In
//! audit mode nothing was stopped. **Bounds**: the events name the program by its image, and the destination as a URL, a host or an
//! address; why it was judged so, and to which connection it belongs, they do not say. **Example**: 1126, `chrome.exe` to
//! `https://bad.example.com/`. No technique of ATT&CK follows from it.

use whotalks_correlate::{Conversation, ProcessLife};

use super::raw::RawFinding;
use crate::protection::judged;
use crate::sources::Sources;

/// No state: events are looked at in the end.
#[derive(Debug, Default)]
pub(super) struct NetworkProtection;

impl super::Detection for NetworkProtection {
    fn see(&mut self, _: &Conversation, _: &Sources<'_>) {}

    fn finish(self: Box<Self>, _: &[ProcessLife], sources: &Sources<'_>) -> Vec<RawFinding> {
        judged(sources, |_| true)
    }
}
