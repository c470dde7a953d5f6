//! RTP Control Protocol (RFC 3550 6), where a call announced it.

use crate::declare::fields;
use crate::extract::{Bytes, Context, Out, Place};
use crate::protocols::ntp;

fields! {
    level Applications;
    PROTOCOL: "rtcp", protocol, "Real-time Transport Control Protocol";
    SETUP: "rtcp.setup", text, "Stream setup";
    SETUP_FRAME: "rtcp.setup-frame", frame_number, "Setup frame";
    SETUP_METHOD: "rtcp.setup-method", text, "Setup Method";
    VERSION: "rtcp.version", u8, "Version";
    PADDING: "rtcp.padding", boolean, "Padding";
    RC: "rtcp.rc", u8, "Reception report count";
    SC: "rtcp.sc", u8, "Source count";
    PT: "rtcp.pt", u8, "Packet type";
    LENGTH: "rtcp.length", u16, "Length";
    SENDERSSRC: "rtcp.senderssrc", x32, "Sender SSRC";
    TIMESTAMP_NTP_MSW: "rtcp.timestamp.ntp.msw", u32, "Timestamp, MSW";
    TIMESTAMP_NTP_LSW: "rtcp.timestamp.ntp.lsw", u32, "Timestamp, LSW";
    TIMESTAMP_NTP: "rtcp.timestamp.ntp", time, "MSW and LSW as NTP timestamp";
    TIMESTAMP_RTP: "rtcp.timestamp.rtp", u32, "RTP timestamp";
    SENDER_PACKETCOUNT: "rtcp.sender.packetcount", u32, "Sender's packet count";
    SENDER_OCTETCOUNT: "rtcp.sender.octetcount", u32, "Sender's octet count";
    SSRC_IDENTIFIER: "rtcp.ssrc.identifier", x32, "Identifier";
    SSRC_FRACTION: "rtcp.ssrc.fraction", u8, "Fraction lost";
    SSRC_CUM_NR: "rtcp.ssrc.cum_nr", i24, "Cumulative number of packets lost";
    SSRC_EXT_HIGH: "rtcp.ssrc.ext_high", u32, "Extended highest sequence number received";
    SSRC_HIGH_CYCLES: "rtcp.ssrc.high_cycles", u16, "Sequence number cycles count";
    SSRC_HIGH_SEQ: "rtcp.ssrc.high_seq", u16, "Highest sequence number received";
    SSRC_JITTER: "rtcp.ssrc.jitter", u32, "Interarrival jitter";
    SSRC_LSR: "rtcp.ssrc.lsr", u32, "Last SR timestamp";
    SSRC_DLSR: "rtcp.ssrc.dlsr", u32, "Delay since last SR timestamp";
    SDES_TYPE: "rtcp.sdes.type", u8, "Type";
    SDES_LENGTH: "rtcp.sdes.length", u32, "Length";
    SDES_TEXT: "rtcp.sdes.text", text, "Text";
    SDES_PREFIX_LENGTH: "rtcp.sdes.prefix.length", u8, "Prefix length";
    SDES_PREFIX_STRING: "rtcp.sdes.prefix.string", text, "Prefix string";
    LENGTH_CHECK: "rtcp.length_check", boolean, "RTCP frame length check";
}

/// Kinds of packets (RFC 3550 12.1).
const SENDER_REPORT: u8 = 200;
const RECEIVER_REPORT: u8 = 201;
const SOURCE_DESCRIPTION: u8 = 202;
const GOODBYE: u8 = 203;
/// Bytes of the part of a header that all packets share, and of a report on a source.
const HEADER_BYTES: usize = 4;
const REPORT_BYTES: usize = 24;

/// The fields of the packets that a datagram holds.
pub(crate) fn extract<'a>(datagram: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    let mut rest = datagram;
    let mut is_first = true;
    while let Some(words) = rest.length(2, 2).filter(|_| is_packet(rest)) {
        let bytes = (words + 1) * 4;
        let packet = rest.part(0, bytes);
        if is_first {
            out.layer("rtcp");
        }
        out.part(PROTOCOL, packet.0);
        setup(context, out);
        self::packet(packet, out);
        if rest.len() <= bytes {
            // Only a datagram of several packets can be checked (RFC 3550 6.1).
            if !is_first {
                out.flag(LENGTH_CHECK, Some(rest.len() == bytes));
            }
            return;
        }
        is_first = false;
        rest = rest.from(bytes);
    }
}

fn is_packet(bytes: Bytes<'_>) -> bool {
    const KINDS: std::ops::RangeInclusive<u8> = 192..=213;
    bytes.u8(0).is_some_and(|first| first >> 6 == 2) && bytes.u8(1).is_some_and(|kind| KINDS.contains(&kind))
}

fn setup(context: &Context<'_>, out: &mut Out<'_, '_, '_>) {
    let Some(announcement) = context.talk.media.announcement else { return };
    out.made_text(SETUP, || Some(String::new()));
    out.number(SETUP_FRAME, Some(announcement.frame));
    out.text(SETUP_METHOD, Some(b"SDP"));
}

fn packet<'a>(packet: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let Some(kind) = packet.u8(1) else { return };
    let is_report = matches!(kind, SENDER_REPORT | RECEIVER_REPORT);
    let count = if is_report { RC } else { SC };
    out.layout(packet, &[Place::bits(VERSION, 0, 1, 0xc0), Place::bits(PADDING, 0, 1, 0x20)]);
    if is_report || matches!(kind, SOURCE_DESCRIPTION | GOODBYE) {
        out.layout(packet, &[Place::bits(count, 0, 1, 0x1f)]);
    }
    out.layout(packet, &[Place::at(PT, 1, 1), Place::at(LENGTH, 2, 2)]);
    let sources = usize::from(packet.u8(0).unwrap_or_default() & 0x1f);
    match kind {
        SENDER_REPORT => {
            sender(packet, out);
            reports(packet.from(28), sources, out);
        }
        RECEIVER_REPORT => {
            out.layout(packet, &[Place::at(SENDERSSRC, 4, 4)]);
            reports(packet.from(8), sources, out);
        }
        SOURCE_DESCRIPTION => descriptions(packet.from(HEADER_BYTES), sources, out),
        GOODBYE => (0..sources).for_each(|index| out.layout(packet, &[Place::at(SSRC_IDENTIFIER, HEADER_BYTES + index * 4, 4)])),
        _ => {}
    }
}

/// RFC 3550 6.4.1.
fn sender<'a>(packet: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(
        packet,
        &[
            Place::at(SENDERSSRC, 4, 4),
            Place::at(TIMESTAMP_NTP_MSW, 8, 4),
            Place::at(TIMESTAMP_NTP_LSW, 12, 4),
            Place::at(TIMESTAMP_RTP, 16, 4),
            Place::at(SENDER_PACKETCOUNT, 20, 4),
            Place::at(SENDER_OCTETCOUNT, 24, 4),
        ],
    );
    out.time(TIMESTAMP_NTP, ntp::time(packet, 8));
}

fn reports<'a>(list: Bytes<'a>, count: usize, out: &mut Out<'_, '_, 'a>) {
    for index in 0..count {
        let report = list.part(index * REPORT_BYTES, REPORT_BYTES);
        out.layout(
            report,
            &[
                Place::at(SSRC_IDENTIFIER, 0, 4),
                Place::at(SSRC_FRACTION, 4, 1),
                Place::at(SSRC_CUM_NR, 5, 3),
                Place::at(SSRC_EXT_HIGH, 8, 4),
                Place::at(SSRC_HIGH_CYCLES, 8, 2),
                Place::at(SSRC_HIGH_SEQ, 10, 2),
                Place::at(SSRC_JITTER, 12, 4),
                Place::at(SSRC_LSR, 16, 4),
                Place::at(SSRC_DLSR, 20, 4),
            ],
        );
    }
}

/// RFC 3550 6.5: for each source its items, up to an empty one, padded to four bytes.
fn descriptions<'a>(list: Bytes<'a>, count: usize, out: &mut Out<'_, '_, 'a>) {
    const PRIVATE: u8 = 8;
    let mut rest = list;
    for _ in 0..count {
        out.layout(rest, &[Place::at(SSRC_IDENTIFIER, 0, 4)]);
        let mut at = 4;
        while let Some(kind) = rest.u8(at) {
            out.number(SDES_TYPE, Some(kind));
            if kind == 0 {
                break;
            }
            let Some(length) = rest.length(at + 1, 1) else { return };
            out.count(SDES_LENGTH, length);
            let mut text = rest.part(at + 2, length);
            if kind == PRIVATE {
                let Some(prefix) = text.length(0, 1) else { return };
                out.count(SDES_PREFIX_LENGTH, prefix);
                out.text(SDES_PREFIX_STRING, text.slice(1, prefix));
                text = text.from(1 + prefix);
            }
            out.text(SDES_TEXT, Some(text.0));
            at += 2 + length;
        }
        rest = rest.from((at + 1).next_multiple_of(4));
    }
}
