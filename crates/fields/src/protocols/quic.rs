//! QUIC (RFC 9000).

use whotalks_session::streams::Way;
use whotalks_wire::app::quic::{self, CryptoStream, InitialKeys, Sender};

use crate::declare::fields;
use crate::extract::{Bytes, Context, Out, Place};
use crate::protocols::tls;

fields! {
    level Applications;
    PROTOCOL: "quic", protocol, "QUIC IETF";
    PACKET_LENGTH: "quic.packet_length", u32, "Packet Length";
    HEADER_FORM: "quic.header_form", u8, "Header Form" labels "quic-header-form";
    FIXED_BIT: "quic.fixed_bit", boolean, "Fixed Bit";
    LONG_PACKET_TYPE: "quic.long.packet_type", u8, "Packet Type" labels "quic-long-type";
    LONG_PACKET_TYPE_V2: "quic.long.packet_type_v2", u8, "Packet Type" labels "quic-long-type-v2";
    LONG_RESERVED: "quic.long.reserved", u8, "Reserved";
    PACKET_NUMBER_LENGTH: "quic.packet_number_length", u8, "Packet Number Length";
    VERSION: "quic.version", x32, "Version";
    DCIL: "quic.dcil", u8, "Destination Connection ID Length";
    DCID: "quic.dcid", bytes, "Destination Connection ID";
    SCIL: "quic.scil", u8, "Source Connection ID Length";
    SCID: "quic.scid", bytes, "Source Connection ID";
    TOKEN_LENGTH: "quic.token_length", u64, "Token Length";
    TOKEN: "quic.token", bytes, "Token";
    LENGTH: "quic.length", u64, "Length";
    PACKET_NUMBER: "quic.packet_number", u64, "Packet Number";
    PAYLOAD: "quic.payload", bytes, "Payload";
    SHORT: "quic.short", none, "QUIC Short Header";
    SPIN_BIT: "quic.spin_bit", boolean, "Spin Bit";
    REMAINING_PAYLOAD: "quic.remaining_payload", bytes, "Remaining Payload";
    FRAME: "quic.frame", none, "Frame";
    FRAME_TYPE: "quic.frame_type", u64, "Frame Type";
    CRYPTO_OFFSET: "quic.crypto.offset", u64, "Offset";
    CRYPTO_LENGTH: "quic.crypto.length", u64, "Length";
    CRYPTO_CRYPTO_DATA: "quic.crypto.crypto_data", none, "Crypto Data";
    PADDING_LENGTH: "quic.padding_length", u32, "Padding Length";
    ACK_LARGEST_ACKNOWLEDGED: "quic.ack.largest_acknowledged", u64, "Largest Acknowledged";
    ACK_ACK_DELAY: "quic.ack.ack_delay", u64, "ACK Delay";
    ACK_ACK_RANGE_COUNT: "quic.ack.ack_range_count", u64, "ACK Range Count";
    ACK_FIRST_ACK_RANGE: "quic.ack.first_ack_range", u64, "First ACK Range";
    SUPPORTED_VERSION: "quic.supported_version", x32, "Supported Version";
    RETRY_TOKEN: "quic.retry_token", bytes, "Retry Token";
    RETRY_INTEGRITY_TAG: "quic.retry_integrity_tag", bytes, "Retry Integrity Tag";
}

/// What is known of a connection.
#[derive(Debug, Default)]
pub(crate) struct Connection {
    /// The identifier that the keys of Initial packets follow from, and who sent the packet that had it.
    origin: Option<(Vec<u8>, Way)>,
    /// The lengths of the identifiers that each side gave itself.
    own_identifier_bytes: [usize; 2],
    /// The handshake to the server and to the client, and how much of it was read.
    handshake: [(CryptoStream, usize); 2],
}

impl Connection {
    /// Whether a packet of it could be read.
    pub(crate) const fn is_open(&self) -> bool {
        self.origin.is_some()
    }
}

const IS_LONG: u8 = 0x80;
const IS_FIXED: u8 = 0x40;
const VERSION_2: u32 = 0x6b33_43cf;
/// Types of packets of version 1 (RFC 9000 17.2).
const INITIAL: u8 = 0;
const RETRY: u8 = 3;
const TAG_BYTES: usize = 16;

/// Whether a datagram begins with a packet of a version that is known.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    let bytes = Bytes(bytes);
    let is_long = bytes.u8(0).is_some_and(|first| first & (IS_LONG | IS_FIXED) == IS_LONG | IS_FIXED);
    let version = bytes.u32(1).unwrap_or_default();
    is_long && (matches!(version, 1 | VERSION_2) || (0xff00_0017..=0xff00_0022).contains(&version))
}

/// A number in the variable-length form of RFC 9000 16 and where it ends.
pub(crate) fn variable(bytes: Bytes<'_>, at: usize) -> Option<(u64, usize)> {
    let first = bytes.u8(at)?;
    let length = 1 << (first >> 6);
    let number = bytes.be(at, length)?;
    Some((number & (u64::MAX >> (66 - length * 8)), at + length))
}

/// The fields of the packets that `datagram` holds.
pub(crate) fn extract<'a>(datagram: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, datagram.0);
    let mut rest = datagram;
    while let Some(first) = rest.u8(0) {
        if first & IS_LONG == 0 {
            short(rest, context, out);
            return;
        }
        let Some(length) = long(rest, context, out) else { return };
        rest = rest.from(length);
    }
}

/// A packet of data: everything to the end of the datagram (RFC 9000 17.3).
fn short<'a>(packet: Bytes<'a>, context: &Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.count(PACKET_LENGTH, packet.len());
    out.present(SHORT);
    out.layout(
        packet,
        &[
            Place::bits(HEADER_FORM, 0, 1, IS_LONG as u64),
            Place::bits(FIXED_BIT, 0, 1, IS_FIXED as u64),
            Place::bits(SPIN_BIT, 0, 1, 0x20),
        ],
    );
    let [forth, back] = context.talk.quic.own_identifier_bytes;
    let length = if context.way == Way::Forth { back } else { forth };
    out.bytes(DCID, packet.slice(1, length).filter(|id| !id.is_empty()));
    out.bytes(REMAINING_PAYLOAD, Some(packet.from(1 + length).0));
}

/// A packet with a long header; how long it is.
fn long<'a>(packet: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) -> Option<usize> {
    let version = packet.u32(1)?;
    let (destination_at, destination) = (6, packet.length(5, 1)?);
    let source_at = destination_at + destination + 1;
    let source = packet.length(source_at - 1, 1)?;
    let at = source_at + source;
    let own = &mut context.talk.quic.own_identifier_bytes;
    let [forth, back] = own;
    *(if context.way == Way::Forth { forth } else { back }) = source;
    // Version 2 counts the types from one further on (RFC 9369 3.2).
    let written = packet.u8(0)? >> 4 & 3;
    let kind = if version == VERSION_2 { (written + 3) % 4 } else { written };
    let lengths = match (version, kind) {
        (0, _) | (_, RETRY) => None,
        (_, INITIAL) => {
            let (token, after) = variable(packet, at)?;
            let token_bytes = usize::try_from(token).ok()?;
            let (length, end) = variable(packet, after.checked_add(token_bytes)?)?;
            Some((Some((token, after, token_bytes)), length, end))
        }
        _ => variable(packet, at).map(|(length, end)| (None, length, end)),
    };
    let bytes = match lengths {
        Some((_, length, end)) => end.checked_add(usize::try_from(length).ok()?)?.min(packet.len()),
        None => packet.len(),
    };
    let packet = packet.part(0, bytes);
    header(packet, version, out);
    out.bytes(DCID, packet.slice(destination_at, destination).filter(|id| !id.is_empty()));
    out.count(SCIL, source);
    out.bytes(SCID, packet.slice(source_at, source).filter(|id| !id.is_empty()));
    if let Some((token, length, end)) = lengths {
        if let Some((token, at, token_bytes)) = token {
            out.number(TOKEN_LENGTH, Some(token));
            out.bytes(TOKEN, packet.slice(at, token_bytes).filter(|token| !token.is_empty()));
        }
        out.number(LENGTH, Some(length));
        opened(packet, end, kind, context, out);
    } else {
        unprotected(packet, version, at, out);
    }
    Some(bytes)
}

fn header<'a>(packet: Bytes<'a>, version: u32, out: &mut Out<'_, '_, 'a>) {
    out.count(PACKET_LENGTH, packet.len());
    out.layout(
        packet,
        &[
            Place::bits(HEADER_FORM, 0, 1, IS_LONG as u64),
            Place::bits(FIXED_BIT, 0, 1, IS_FIXED as u64),
            Place::at(VERSION, 1, 4),
            Place::at(DCIL, 5, 1),
        ],
    );
    let kind = match version {
        0 => return,
        VERSION_2 => LONG_PACKET_TYPE_V2,
        _ => LONG_PACKET_TYPE,
    };
    out.layout(packet, &[Place::bits(kind, 0, 1, 0x30)]);
}

/// Version negotiation and Retry are not encrypted.
fn unprotected<'a>(packet: Bytes<'a>, version: u32, at: usize, out: &mut Out<'_, '_, 'a>) {
    if version == 0 {
        (at..packet.len()).step_by(4).for_each(|at| out.layout(packet, &[Place::at(SUPPORTED_VERSION, at, 4)]));
        return;
    }
    let Some(token) = packet.len().checked_sub(at + TAG_BYTES) else { return };
    out.bytes(RETRY_TOKEN, packet.slice(at, token));
    out.bytes(RETRY_INTEGRITY_TAG, packet.slice(at + token, TAG_BYTES));
}

/// What is behind the header: readable in Initial packets, whose keys follow from an identifier.
fn opened<'a>(packet: Bytes<'a>, at: usize, kind: u8, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    let plain = (kind == INITIAL).then(|| open(packet, context)).flatten();
    let Some((plain, number_bytes)) = plain else {
        out.bytes(REMAINING_PAYLOAD, Some(packet.from(at).0));
        return;
    };
    out.number(LONG_RESERVED, Some(0_u8));
    out.count(PACKET_NUMBER_LENGTH, number_bytes - 1);
    out.number(PACKET_NUMBER, Some(plain.number));
    let body = packet.from(at + number_bytes);
    out.bytes(PAYLOAD, body.slice(0, body.len().saturating_sub(TAG_BYTES)));
    out.owned(|out| frames(Bytes(&plain.payload), context, out));
}

/// The opened packet and how many bytes its number has.
fn open(packet: Bytes<'_>, context: &mut Context<'_>) -> Option<(quic::Plaintext, usize)> {
    let quic::Packet::Initial(initial) = quic::packets(packet.0).next()? else { return None };
    let header = initial.header;
    let connection = &mut context.talk.quic;
    let mut attempts = Vec::new();
    if let Some((origin, way)) = &connection.origin {
        let sender = if *way == context.way { Sender::Client } else { Sender::Server };
        attempts.push((origin.clone(), sender));
    }
    attempts.push((header.destination.to_vec(), Sender::Client));
    for (origin, sender) in attempts {
        let opened = InitialKeys::derive(header.version, &origin, sender).and_then(|keys| initial.open(&keys));
        if let Some(plain) = opened {
            if sender == Sender::Client {
                connection.origin = Some((origin, context.way));
            }
            // Number and payload and tag fill what the header said.
            let number_bytes = variable_rest(packet)?.checked_sub(plain.payload.len() + TAG_BYTES)?;
            return Some((plain, number_bytes));
        }
    }
    None
}

/// Bytes of an Initial packet behind its header.
fn variable_rest(packet: Bytes<'_>) -> Option<usize> {
    let source_at = 7 + packet.length(5, 1)?;
    let at = source_at + packet.length(source_at - 1, 1)?;
    let (token, after) = variable(packet, at)?;
    let (_, end) = variable(packet, after.checked_add(usize::try_from(token).ok()?)?)?;
    packet.len().checked_sub(end)
}

/// Types of frames (RFC 9000 19).
const PADDING: u64 = 0;
const PING: u64 = 1;
const ACKNOWLEDGMENT: u64 = 2;
const ACKNOWLEDGMENT_WITH_COUNTS: u64 = 3;
const CRYPTO: u64 = 6;

fn frames<'a>(payload: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    let mut at = 0;
    while let Some((kind, after)) = variable(payload, at) {
        out.present(FRAME);
        out.number(FRAME_TYPE, Some(kind));
        let end = match kind {
            PADDING => {
                let bytes = payload.from(at).0.iter().take_while(|byte| **byte == 0).count();
                out.count(PADDING_LENGTH, bytes);
                Some(at + bytes)
            }
            PING => Some(after),
            ACKNOWLEDGMENT | ACKNOWLEDGMENT_WITH_COUNTS => acknowledgment(payload, kind, after, out),
            CRYPTO => crypto(payload, after, context, out),
            _ => None,
        };
        let Some(end) = end else { return };
        at = end;
    }
}

/// RFC 9000 19.3; where it ends.
fn acknowledgment<'a>(payload: Bytes<'a>, kind: u64, mut at: usize, out: &mut Out<'_, '_, 'a>) -> Option<usize> {
    let mut ranges = 0;
    for id in [ACK_LARGEST_ACKNOWLEDGED, ACK_ACK_DELAY, ACK_ACK_RANGE_COUNT, ACK_FIRST_ACK_RANGE] {
        let (number, after) = variable(payload, at)?;
        out.number(id, Some(number));
        if id == ACK_ACK_RANGE_COUNT {
            ranges = number;
        }
        at = after;
    }
    let counts = if kind == ACKNOWLEDGMENT_WITH_COUNTS { 3 } else { 0 };
    for _ in 0..ranges.saturating_mul(2).saturating_add(counts) {
        at = variable(payload, at)?.1;
    }
    Some(at)
}

/// A piece of the handshake (RFC 9000 19.6), and the messages that it completes; where it ends.
fn crypto<'a>(payload: Bytes<'a>, at: usize, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) -> Option<usize> {
    let (offset, after) = variable(payload, at)?;
    let (length, data_at) = variable(payload, after)?;
    out.number(CRYPTO_OFFSET, Some(offset));
    out.number(CRYPTO_LENGTH, Some(length));
    out.present(CRYPTO_CRYPTO_DATA);
    // A piece of the handshake counts as TLS, whole or not.
    out.protocol(tls::PROTOCOL, payload.slice(data_at, usize::try_from(length).ok()?).unwrap_or_default());
    let (offset, length) = (usize::try_from(offset).ok()?, usize::try_from(length).ok()?);
    let data = payload.slice(data_at, length)?;
    let place = usize::from(context.way == Way::Back);
    let (stream, read) = context.talk.quic.handshake.get_mut(place)?;
    let (mut stream, read_before) = (std::mem::take(stream), *read);
    stream.insert(offset, data);
    let mut rest = Bytes(stream.contiguous()).from(read_before);
    let mut read_now = read_before;
    while let (Some(kind), Some(bytes)) = (rest.u8(0), rest.length(1, 3)) {
        let Some(body) = rest.slice(4, bytes) else { break };
        out.owned(|out| tls::message(kind, Bytes(body), context, out));
        rest = rest.from(4 + bytes);
        read_now += 4 + bytes;
    }
    if let Some(place) = context.talk.quic.handshake.get_mut(place) {
        *place = (stream, read_now);
    }
    data_at.checked_add(length)
}
