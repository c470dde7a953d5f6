//! Values of counter listings.

use crate::{Span, Text};

/// One number of `netstat -s` or `netstat -e`. Its time and host are those of its [`crate::Snapshot`].
#[derive(Clone, Debug, PartialEq)]
pub struct Counter {
    /// The line.
    pub span: Span,
    /// The number of the snapshot within its evidence, from 0.
    pub snapshot: u32,
    /// The section in a language-neutral word: `ipv4`, `ipv6`, `icmpv4`, `icmpv6`, `tcp-ipv4`, `udp-ipv6`, `interface`.
    pub section: &'static str,
    /// The counter in a language-neutral word, found by its place in the section: `tcp.active-opens`.
    pub name: Text,
    /// The value.
    pub value: u64,
}
