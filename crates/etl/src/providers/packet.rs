//! What packets of all providers have in common.

use whotalks_record::{LinkType, Span, Timestamp};

use crate::Event;

/// Where a packet was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Medium {
    /// The number that the provider gives the interface or component.
    pub(crate) number: u32,
    /// How the packet begins.
    pub(crate) link_type: LinkType,
    /// Whether the number is that of a component of the packet monitor.
    pub(crate) is_component: bool,
}

/// A packet in an event.
#[derive(Debug)]
pub(crate) struct CapturedPacket<'p> {
    pub(crate) medium: Medium,
    /// The packet as far as it was kept.
    pub(crate) data: &'p [u8],
    /// Bytes that it had.
    pub(crate) original_length: u32,
    /// When it was seen.
    pub(crate) time: Option<Timestamp>,
    /// Its bytes where they lie in the trace as they are; else the event that completes it.
    pub(crate) place: Span,
    /// The name of the component, where the trace has told it before.
    pub(crate) name: Option<&'p str>,
    /// What is to be said of it.
    pub(crate) comment: Option<String>,
}

/// Where the bytes of a packet lie that begins `at` so far into the payload of its event; the event where it was put together
/// from several or lies in a compressed buffer.
pub(super) fn place(event: &Event<'_>, at: Option<usize>, length: usize) -> Span {
    let payload_at = u64::from(event.span.length).checked_sub(event.payload.len() as u64);
    match (at, payload_at) {
        (Some(at), Some(payload_at)) if event.span.length > 0 => Span {
            offset: event.span.offset + payload_at + at as u64,
            length: length.try_into().unwrap_or(u32::MAX),
            ..event.span
        },
        _ => event.span,
    }
}

pub(super) const ETHERNET: LinkType = LinkType(1);
pub(super) const RAW: LinkType = LinkType(101);
pub(super) const IEEE802_11: LinkType = LinkType(105);

/// The length that a packet had, by its IP header where that says more than there is.
pub(super) fn original_length(link_type: LinkType, data: &[u8]) -> u32 {
    let kept = u32::try_from(data.len()).unwrap_or(u32::MAX);
    let stated = match link_type {
        ETHERNET => match data.get(12..14) {
            Some([0x08, 0x00] | [0x86, 0xdd]) => data.get(14..).and_then(ip_length).map(|length| length + 14),
            _ => None,
        },
        RAW => ip_length(data),
        _ => None,
    };
    stated.unwrap_or_default().max(kept)
}

fn ip_length(packet: &[u8]) -> Option<u32> {
    let word = |at: usize| Some(u32::from(u16::from_be_bytes(*packet.get(at..)?.first_chunk()?)));
    match packet.first()? >> 4 {
        4 => word(2),
        6 => word(4).map(|length| length + 40),
        _ => None,
    }
}
