//! Datagram Transport Layer Security (RFC 6347, RFC 9147): the handshake of TLS in numbered pieces.

use std::collections::BTreeMap;

use whotalks_bytes::Cursor;
use whotalks_wire::app::tls::{DatagramHandshake, DatagramRecord, datagram_handshake, datagram_record};

use super::tls;
use crate::extract::{Bytes, Context, Out, Place, Renaming};

#[expect(dead_code, reason = "the handshake is read as that of TLS, whose fields are renamed to these")]
mod names {
    use crate::protocols::tls::handshake_fields;

    handshake_fields! {
        "dtls", u8;
        PROTOCOL: "dtls", protocol, "Datagram Transport Layer Security";
        RECORD: "dtls.record", none, "Record Layer";
        RECORD_CONTENT_TYPE: "dtls.record.content_type", u8, "Content Type" labels "tls-content-type";
        RECORD_VERSION: "dtls.record.version", x16, "Version" labels "tls-version";
        RECORD_EPOCH: "dtls.record.epoch", u16, "Epoch";
        RECORD_SEQUENCE_NUMBER: "dtls.record.sequence_number", u64, "Sequence Number";
        RECORD_LENGTH: "dtls.record.length", u16, "Length";
        APP_DATA: "dtls.app_data", bytes, "Encrypted Application Data";
        CHANGE_CIPHER_SPEC: "dtls.change_cipher_spec", none, "Change Cipher Spec Message";
        ALERT_MESSAGE: "dtls.alert_message", none, "Alert Message";
        ALERT_MESSAGE_LEVEL: "dtls.alert_message.level", u8, "Level" labels "tls-alert-level";
        ALERT_MESSAGE_DESC: "dtls.alert_message.desc", u8, "Description" labels "tls-alert";
        HANDSHAKE_MESSAGE_SEQ: "dtls.handshake.message_seq", u16, "Message Sequence";
        HANDSHAKE_FRAGMENT_OFFSET: "dtls.handshake.fragment_offset", u24, "Fragment Offset";
        HANDSHAKE_FRAGMENT_LENGTH: "dtls.handshake.fragment_length", u24, "Fragment Length";
        HANDSHAKE_COOKIE_LENGTH: "dtls.handshake.cookie_length", u8, "Cookie Length";
        HANDSHAKE_COOKIE: "dtls.handshake.cookie", bytes, "Cookie";
        FRAGMENTS: "dtls.fragments", none, "Message fragments";
        FRAGMENT: "dtls.fragment", frame_number, "Message fragment";
        FRAGMENT_COUNT: "dtls.fragment.count", u32, "Message fragment count";
        REASSEMBLED_LENGTH: "dtls.reassembled.length", u32, "Reassembled DTLS length";
        USE_SRTP_PROTECTION_PROFILES_LENGTH: "dtls.use_srtp.protection_profiles_length", u16, "SRTP Protection Profiles Length";
        USE_SRTP_PROTECTION_PROFILE: "dtls.use_srtp.protection_profile", x16, "SRTP Protection Profile" labels "srtp-profile";
        USE_SRTP_MKI_LENGTH: "dtls.use_srtp.mki_length", u8, "MKI Length";
        USE_SRTP_MKI: "dtls.use_srtp.mki", bytes, "MKI";
    }
}
pub(crate) use names::*;

/// The first byte of the versions of DTLS, which count downwards.
pub(crate) const MAJOR_VERSION: u8 = 0xfe;
/// Messages of one side that may wait for pieces; a flight has about six.
const MOST_WAITING: usize = 16;

/// The handshake of TLS under the names of DTLS.
const RENAMING: Renaming = Renaming {
    first: tls::HANDSHAKE.0,
    count: RESUMED.0 - HANDSHAKE.0 + 1,
    to: HANDSHAKE.0,
};

/// Messages of both sides that wait for pieces, by side and number.
#[derive(Debug, Default)]
pub(crate) struct Pieces {
    waiting: BTreeMap<(bool, u16), Message>,
}

/// A message of which pieces came.
#[derive(Debug, Default)]
struct Message {
    bytes: Vec<u8>,
    /// How many bytes from the beginning are there; pieces come in order or again.
    known_bytes: usize,
    frames: Vec<u32>,
}

/// Whether a datagram is a chain of records of DTLS.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    matches!(bytes, [tls::TYPE_CHANGE_CIPHER_SPEC..=24, MAJOR_VERSION, 0xff | 0xfd, ..])
        && datagram_record(&mut Cursor::new(bytes)).is_ok()
}

/// The fields of the records that a datagram holds.
pub(crate) fn extract<'a>(datagram: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, datagram.0);
    let mut cursor = Cursor::new(datagram.0);
    while let Ok(record) = datagram_record(&mut cursor) {
        self::record(&record, context, out);
    }
}

fn record<'a>(record: &DatagramRecord<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    let kind = record.content_type.0;
    out.present(RECORD);
    out.number(RECORD_CONTENT_TYPE, Some(kind));
    out.number(RECORD_VERSION, Some(record.version.0));
    out.number(RECORD_EPOCH, Some(record.epoch));
    out.number(RECORD_SEQUENCE_NUMBER, Some(record.sequence));
    out.count(RECORD_LENGTH, record.fragment.len());
    let body = Bytes(record.fragment);
    let is_encrypted = record.epoch > 0;
    match kind {
        tls::TYPE_CHANGE_CIPHER_SPEC => {
            out.present(CHANGE_CIPHER_SPEC);
            out.renamed(RENAMING, |out| context.change_cipher(out));
        }
        tls::TYPE_ALERT => {
            out.present(ALERT_MESSAGE);
            if !is_encrypted {
                out.layout(body, &[Place::at(ALERT_MESSAGE_LEVEL, 0, 1), Place::at(ALERT_MESSAGE_DESC, 1, 1)]);
            }
        }
        tls::TYPE_HANDSHAKE if is_encrypted => out.present(HANDSHAKE),
        tls::TYPE_HANDSHAKE => handshakes(record.fragment, context, out),
        tls::TYPE_APPLICATION_DATA => out.bytes(APP_DATA, Some(body.0)),
        _ => {}
    }
}

/// Pieces of messages, one after the other.
fn handshakes<'a>(fragment: &'a [u8], context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    let mut cursor = Cursor::new(fragment);
    while let Ok(piece) = datagram_handshake(&mut cursor) {
        self::piece(&piece, context, out);
    }
}

fn piece<'a>(piece: &DatagramHandshake<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    let kind = piece.kind.0;
    out.present(HANDSHAKE);
    out.number(HANDSHAKE_TYPE, Some(kind));
    out.number(HANDSHAKE_LENGTH, Some(piece.length));
    out.number(HANDSHAKE_MESSAGE_SEQ, Some(piece.message));
    out.number(HANDSHAKE_FRAGMENT_OFFSET, Some(piece.offset));
    out.count(HANDSHAKE_FRAGMENT_LENGTH, piece.fragment.len());
    if piece.offset == 0 && piece.fragment.len() == piece.length as usize {
        return content(kind, Bytes(piece.fragment), context, out);
    }
    let Some(message) = gathered(piece, context) else { return };
    out.present(FRAGMENTS);
    message.frames.iter().for_each(|frame| out.number(FRAGMENT, Some(*frame)));
    out.count(FRAGMENT_COUNT, message.frames.len());
    out.count(REASSEMBLED_LENGTH, message.bytes.len());
    out.owned(|out| content(kind, Bytes(&message.bytes), context, out));
}

/// What a whole message says.
fn content<'a>(kind: u8, body: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    const HELLO_VERIFY_REQUEST: u8 = 3;
    if kind == HELLO_VERIFY_REQUEST {
        out.layout(body, &[Place::at(HANDSHAKE_VERSION, 0, 2)]);
        cookie(body, 2, out);
        return;
    }
    out.renamed(RENAMING, |out| tls::content(kind, body, context, out));
}

/// The message that a piece completes.
fn gathered(piece: &DatagramHandshake<'_>, context: &mut Context<'_>) -> Option<Message> {
    let (length, offset) = (piece.length as usize, piece.offset as usize);
    let key = (context.is_to_server(), piece.message);
    let waiting = &mut context.talk.dtls.waiting;
    if length > tls::MOST_MESSAGE_BYTES || (waiting.len() >= MOST_WAITING && !waiting.contains_key(&key)) {
        return None;
    }
    let message = waiting.entry(key).or_default();
    message.bytes.resize(length, 0);
    let end = offset.checked_add(piece.fragment.len())?;
    message.bytes.get_mut(offset..end)?.copy_from_slice(piece.fragment);
    if offset <= message.known_bytes && end > message.known_bytes {
        message.known_bytes = end;
        message.frames.push(context.now.frame);
    }
    (message.known_bytes == length).then(|| waiting.remove(&key)).flatten()
}

/// The cookie that proves that a client gets answers (RFC 6347 4.2.1). Where it ends.
pub(crate) fn cookie<'a>(body: Bytes<'a>, at: usize, out: &mut Out<'_, '_, 'a>) -> Option<usize> {
    let length = body.length(at, 1)?;
    out.count(HANDSHAKE_COOKIE_LENGTH, length);
    out.bytes(HANDSHAKE_COOKIE, body.slice(at + 1, length).filter(|cookie| !cookie.is_empty()));
    Some(at + 1 + length)
}

/// How calls are to be encrypted with the keys of this handshake (RFC 5764 4.1.1).
pub(crate) fn use_srtp<'a>(data: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let Some(bytes) = data.length(0, 2) else { return };
    out.count(USE_SRTP_PROTECTION_PROFILES_LENGTH, bytes);
    (0..bytes.min(data.len()) / 2)
        .for_each(|index| out.layout(data, &[Place::at(USE_SRTP_PROTECTION_PROFILE, 2 + index * 2, 2)]));
    let Some(length) = data.length(2 + bytes, 1) else { return };
    out.count(USE_SRTP_MKI_LENGTH, length);
    out.bytes(USE_SRTP_MKI, data.slice(3 + bytes, length).filter(|mki| !mki.is_empty()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::info;

    #[test]
    fn the_handshake_has_the_same_fields_under_both_prefixes() {
        for place in 0..RENAMING.count {
            let name = |first: u16| info(crate::FieldId(first + place)).map(|field| (field.name, field.kind));
            let (ours, theirs) = (name(RENAMING.to).expect("a field"), name(RENAMING.first).expect("a field"));
            assert_eq!(ours.0.strip_prefix("dtls."), theirs.0.strip_prefix("tls."));
            assert_eq!(ours.1, theirs.1, "{}", ours.0);
        }
    }
}
