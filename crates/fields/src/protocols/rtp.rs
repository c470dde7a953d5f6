//! Real-Time Transport Protocol (RFC 3550 5), where a call announced it.

use std::collections::HashMap;
use std::net::IpAddr;

use whotalks_session::streams::Way;

use crate::declare::fields;
use crate::extract::{Bytes, Context, Out, Place};

fields! {
    level Applications;
    PROTOCOL: "rtp", protocol, "Real-Time Transport Protocol";
    SETUP: "rtp.setup", text, "Stream setup";
    SETUP_FRAME: "rtp.setup-frame", frame_number, "Setup frame";
    SETUP_METHOD: "rtp.setup-method", text, "Setup Method";
    VERSION: "rtp.version", u8, "Version";
    PADDING: "rtp.padding", boolean, "Padding";
    EXT: "rtp.ext", boolean, "Extension";
    CC: "rtp.cc", u8, "Contributing source identifiers count";
    MARKER: "rtp.marker", boolean, "Marker";
    P_TYPE: "rtp.p_type", u8, "Payload type" labels "rtp-payload-type";
    SEQ: "rtp.seq", u16, "Sequence number";
    EXTSEQ: "rtp.extseq", u32, "Extended sequence number";
    TIMESTAMP: "rtp.timestamp", u32, "Timestamp";
    SSRC: "rtp.ssrc", x32, "Synchronization Source identifier";
    CSRC_ITEM: "rtp.csrc.item", x32, "CSRC item";
    EXT_PROFILE: "rtp.ext.profile", x16, "Defined by profile";
    EXT_LEN: "rtp.ext.len", u16, "Extension length";
    PADDING_DATA: "rtp.padding.data", bytes, "Padding data";
    PADDING_COUNT: "rtp.padding.count", u8, "Padding count";
    PAYLOAD: "rtp.payload", bytes, "Payload";
    EVENT: "rtpevent", protocol, "RFC 2833 RTP Event";
    EVENT_ID: "rtpevent.event_id", u8, "Event ID";
    EVENT_END: "rtpevent.end_of_event", boolean, "End of Event";
    EVENT_RESERVED: "rtpevent.reserved", boolean, "Reserved";
    EVENT_VOLUME: "rtpevent.volume", u8, "Volume";
    EVENT_DURATION: "rtpevent.duration", u16, "Event Duration";
}

/// Where a call said that its media will come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Announcement {
    pub(crate) address: Option<IpAddr>,
    /// Of RTP; RTCP has the next one.
    pub(crate) port: u16,
    /// The frame that said so.
    pub(crate) frame: u32,
    /// The payload type of dialled digits.
    pub(crate) event_type: Option<u8>,
}

/// What is known of the media of two ends.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    pub(crate) announcement: Option<Announcement>,
    /// The last extended sequence number of each source.
    numbers: HashMap<(Way, u32), u32>,
}

/// Sources of one pair of ends; a mixer has some dozen.
const MOST_SOURCES: usize = 256;
const HEADER_BYTES: usize = 12;
/// What the numbers of a source count from (RFC 3550 A.1 leaves it open); so that the first ones may come out of order.
const FIRST_CYCLE: u32 = 0x1_0000;

impl Flow {
    /// The sequence number with the times that it began anew (RFC 3550 A.1): the one that is nearest to the last.
    fn extended(&mut self, way: Way, source: u32, number: u16) -> u32 {
        const HALF: u32 = 0x8000;
        if self.numbers.len() >= MOST_SOURCES {
            self.numbers.clear();
        }
        let last = self.numbers.entry((way, source)).or_insert(FIRST_CYCLE);
        let same = (*last & 0xffff_0000) | u32::from(number);
        *last = if same.saturating_add(HALF) < *last {
            same.wrapping_add(FIRST_CYCLE)
        } else if last.saturating_add(HALF) < same {
            same.wrapping_sub(FIRST_CYCLE)
        } else {
            same
        };
        *last
    }
}

/// RFC 3550 5.1.
const LAYOUT: &[Place] = &[
    Place::bits(VERSION, 0, 1, 0xc0),
    Place::bits(PADDING, 0, 1, 0x20),
    Place::bits(EXT, 0, 1, 0x10),
    Place::bits(CC, 0, 1, 0x0f),
    Place::bits(MARKER, 1, 1, 0x80),
    Place::bits(P_TYPE, 1, 1, 0x7f),
    Place::at(SEQ, 2, 2),
    Place::at(TIMESTAMP, 4, 4),
    Place::at(SSRC, 8, 4),
];

/// The fields of the packet that `packet` is.
pub(crate) fn extract<'a>(packet: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    const VERSION_2: u8 = 2;
    out.protocol(PROTOCOL, packet.0);
    if let Some(announcement) = context.talk.media.announcement {
        out.made_text(SETUP, || Some(String::new()));
        out.number(SETUP_FRAME, Some(announcement.frame));
        out.text(SETUP_METHOD, Some(b"SDP"));
    }
    if packet.u8(0).map(|first| first >> 6) != Some(VERSION_2) {
        out.layout(packet, &[Place::bits(VERSION, 0, 1, 0xc0)]);
        return;
    }
    out.layout(packet, LAYOUT);
    if let (Some(number), Some(source)) = (packet.u16(2), packet.u32(8)) {
        let number = context.talk.media.extended(context.way, source, number);
        out.number(EXTSEQ, Some(number));
    }
    let Some(body) = body(packet, out) else { return };
    out.bytes(PAYLOAD, Some(body.0).filter(|body| !body.is_empty()));
    let event_type = context.talk.media.announcement.and_then(|announcement| announcement.event_type);
    if event_type.is_some() && event_type == packet.u8(1).map(|second| second & 0x7f) {
        event(body, out);
    }
}

/// What is behind contributing sources and the extension, without padding.
fn body<'a>(packet: Bytes<'a>, out: &mut Out<'_, '_, 'a>) -> Option<Bytes<'a>> {
    let first = packet.u8(0)?;
    let sources = usize::from(first & 0x0f);
    (0..sources).for_each(|index| out.layout(packet, &[Place::at(CSRC_ITEM, HEADER_BYTES + index * 4, 4)]));
    let mut at = HEADER_BYTES + sources * 4;
    if first & 0x10 != 0 {
        out.layout(packet, &[Place::at(EXT_PROFILE, at, 2), Place::at(EXT_LEN, at + 2, 2)]);
        at += 4 + packet.length(at + 2, 2)? * 4;
    }
    let body = packet.from(at);
    if first & 0x20 == 0 {
        return Some(body);
    }
    let padding = usize::from(*body.0.last()?);
    let kept = body.len().checked_sub(padding).filter(|_| padding > 0)?;
    out.bytes(PADDING_DATA, body.slice(kept, padding - 1).filter(|data| !data.is_empty()));
    out.count(PADDING_COUNT, padding);
    Some(body.part(0, kept))
}

/// Dialled digits (RFC 4733 2.3).
fn event<'a>(body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(EVENT, body.0);
    out.layout(
        body,
        &[
            Place::at(EVENT_ID, 0, 1),
            Place::bits(EVENT_END, 1, 1, 0x80),
            Place::bits(EVENT_RESERVED, 1, 1, 0x40),
            Place::bits(EVENT_VOLUME, 1, 1, 0x3f),
            Place::at(EVENT_DURATION, 2, 2),
        ],
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_on_over_the_end_of_sixteen_bits() {
        let mut flow = Flow::default();
        let mut next = |number| flow.extended(Way::Forth, 7, number);
        assert_eq!([next(6402), next(6403)], [71_938, 71_939]);
        let mut flow = Flow::default();
        let mut next = |number| flow.extended(Way::Forth, 7, number);
        assert_eq!([next(65_535), next(0), next(1)], [65_535, 65_536, 65_537]);
    }
}
