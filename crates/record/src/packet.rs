//! A packet, borrowed from a capture reader for the time of one call.

use crate::{Span, Timestamp};

/// The number of a capture interface within its section, from 0 in order of appearance over the whole file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InterfaceId(pub u32);

/// The link-layer header type of a capture (tcpdump.org "LINKTYPE_" registry).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkType(pub u16);

/// One captured packet. Not a record: the flow table looks at it and lets it go.
#[derive(Clone, Copy, Debug)]
pub struct Packet<'a> {
    /// Where it lies; `span.position` is its packet number.
    pub span: Span,
    /// When it was captured; none where the block type carries no time (pcapng Simple Packet Block).
    pub timestamp: Option<Timestamp>,
    /// The interface it was captured on.
    pub interface: InterfaceId,
    /// How to read `data`.
    pub link_type: LinkType,
    /// The bytes that were kept.
    pub data: &'a [u8],
    /// How many bytes the packet had on the wire; never less than `data.len()`.
    pub original_length: u32,
}
