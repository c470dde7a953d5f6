//! Transport Layer Security (RFC 5246, RFC 8446).

mod extension;
mod fields;
mod handshake;
mod keys;
mod parameters;

use crate::extract::{Bytes, Context, Length, Out, Place, services};

pub(crate) use fields::handshake_fields;
pub(crate) use handshake::message;
pub(crate) use handshake::content;
pub(crate) use keys::{signed_times, wants_signed_times};

handshake_fields! {
    "tls", u16;
    PROTOCOL: "tls", protocol, "Transport Layer Security";
    RECORD: "tls.record", none, "Record Layer";
    RECORD_CONTENT_TYPE: "tls.record.content_type", u8, "Content Type" labels "tls-content-type";
    RECORD_OPAQUE_TYPE: "tls.record.opaque_type", u8, "Opaque Type" labels "tls-content-type";
    RECORD_VERSION: "tls.record.version", x16, "Version" labels "tls-version";
    RECORD_LENGTH: "tls.record.length", u16, "Length";
    APP_DATA: "tls.app_data", bytes, "Encrypted Application Data";
    APP_DATA_PROTO: "tls.app_data_proto", text, "Application Data Protocol";
    CHANGE_CIPHER_SPEC: "tls.change_cipher_spec", none, "Change Cipher Spec Message";
    ALERT_MESSAGE: "tls.alert_message", none, "Alert Message";
    ALERT_MESSAGE_LEVEL: "tls.alert_message.level", u8, "Level" labels "tls-alert-level";
    ALERT_MESSAGE_DESC: "tls.alert_message.desc", u8, "Description" labels "tls-alert";
    HANDSHAKE_FRAGMENTS: "tls.handshake.fragments", none, "Reassembled Handshake Fragments";
    HANDSHAKE_FRAGMENT: "tls.handshake.fragment", frame_number, "Handshake Fragment";
    HANDSHAKE_FRAGMENT_COUNT: "tls.handshake.fragment.count", u32, "Handshake Fragment count";
}

/// What was agreed on so far, and handshake messages that are not complete yet.
#[derive(Debug, Default)]
pub(crate) struct Agreed {
    pub(crate) version: u16,
    pub(crate) cipher_suite: u16,
    /// The application protocol the server chose.
    pub(crate) application: Option<Vec<u8>>,
    /// Messages that go on in the next record, to the server and to the client.
    unfinished: [Unfinished; 2],
    /// Whether that side encrypts.
    encrypts: [bool; 2],
}

/// The beginning of a handshake message, and the frame of each record that it came in.
#[derive(Debug, Default)]
struct Unfinished {
    bytes: Vec<u8>,
    frames: Vec<u32>,
}

/// Bytes of a handshake message that are waited for; certificates chains stay far below it.
pub(crate) const MOST_MESSAGE_BYTES: usize = 1 << 18;
const RECORD_HEADER_BYTES: usize = 5;
pub(crate) const TLS_1_3: u16 = 0x0304;

/// Types of records (RFC 8446 5.1).
pub(crate) const TYPE_CHANGE_CIPHER_SPEC: u8 = 20;
pub(crate) const TYPE_ALERT: u8 = 21;
pub(crate) const TYPE_HANDSHAKE: u8 = 22;
pub(crate) const TYPE_APPLICATION_DATA: u8 = 23;

/// The fields of the records that `records` holds.
pub(crate) fn extract<'a>(records: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, records.0);
    let mut rest = records;
    while let Some(length) = rest.length(3, 2).filter(|_| is_record(rest.0)) {
        record(rest.part(0, RECORD_HEADER_BYTES + length), context, out);
        rest = rest.from(RECORD_HEADER_BYTES + length);
    }
}

fn record<'a>(record: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    let Some(kind) = record.u8(0) else { return };
    let body = record.from(RECORD_HEADER_BYTES);
    let is_opaque = kind == TYPE_APPLICATION_DATA && context.talk.tls.version == TLS_1_3;
    out.present(RECORD);
    out.number(if is_opaque { RECORD_OPAQUE_TYPE } else { RECORD_CONTENT_TYPE }, Some(kind));
    out.layout(record, &[Place::at(RECORD_VERSION, 1, 2), Place::at(RECORD_LENGTH, 3, 2)]);
    match kind {
        TYPE_CHANGE_CIPHER_SPEC => {
            out.present(CHANGE_CIPHER_SPEC);
            context.change_cipher(out);
        }
        TYPE_ALERT => alert(body, out),
        TYPE_HANDSHAKE => handshake_record(body, context, out),
        TYPE_APPLICATION_DATA => {
            out.bytes(APP_DATA, Some(body.0));
            let name = application_name(context);
            out.made_text(APP_DATA_PROTO, || name);
        }
        _ => {}
    }
}

fn alert<'a>(body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.present(ALERT_MESSAGE);
    // An encrypted one is longer.
    if body.len() == 2 {
        out.layout(body, &[Place::at(ALERT_MESSAGE_LEVEL, 0, 1), Place::at(ALERT_MESSAGE_DESC, 1, 1)]);
    }
}

/// What is inside, as Wireshark names it: by the protocol that was agreed on, else by the port.
fn application_name(context: &Context<'_>) -> Option<String> {
    let name = match context.talk.tls.application.as_deref() {
        Some(b"h2") => "HyperText Transfer Protocol 2",
        Some(b"http/1.1" | b"http/1.0") => "Hypertext Transfer Protocol",
        _ => PORTS.iter().find(|(port, _)| context.has_port(*port))?.1,
    };
    Some(name.to_owned())
}

/// What Wireshark expects inside TLS on these ports.
const PORTS: [(u16, &str); 13] = [
    (21, "File Transfer Protocol (FTP)"),
    (25, "Simple Mail Transfer Protocol"),
    (110, "Post Office Protocol"),
    (143, "Internet Message Access Protocol"),
    (3306, "MySQL Protocol"),
    (443, "Hypertext Transfer Protocol"),
    (465, "Simple Mail Transfer Protocol"),
    (636, "Lightweight Directory Access Protocol"),
    (853, "Domain Name System"),
    (993, "Internet Message Access Protocol"),
    (995, "Post Office Protocol"),
    (5061, "Session Initiation Protocol"),
    (8883, "MQ Telemetry Transport Protocol"),
];

impl Context<'_> {
    /// Whether the side that sends encrypts.
    pub(crate) fn encrypts(&mut self) -> &mut bool {
        let to_server = self.is_to_server();
        let [server, client] = &mut self.talk.tls.encrypts;
        if to_server { server } else { client }
    }

    fn unfinished(&mut self) -> &mut Unfinished {
        let to_server = self.is_to_server();
        let [server, client] = &mut self.talk.tls.unfinished;
        if to_server { server } else { client }
    }

    /// The sender says that it encrypts from now on. A server that says so first uses keys of an earlier session again.
    pub(crate) fn change_cipher(&mut self, out: &mut Out<'_, '_, '_>) {
        // In TLS 1.3 it means nothing (RFC 8446 5): a second ClientHello may follow.
        if self.talk.tls.version == TLS_1_3 {
            *self.encrypts() = false;
            return;
        }
        let [to_server, _] = self.talk.tls.encrypts;
        if !self.is_to_server() && !to_server && self.talk.tls.version != 0 {
            out.present(RESUMED);
        }
        *self.encrypts() = true;
    }
}

/// Messages that fill records, or go on in the next ones.
fn handshake_record<'a>(body: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    if *context.encrypts() {
        out.present(HANDSHAKE);
        return;
    }
    let frame = context.now.frame;
    let mut earlier = std::mem::take(context.unfinished());
    let left = if earlier.bytes.is_empty() {
        handshake::messages(body, context, out)
    } else {
        earlier.bytes.extend_from_slice(body.0);
        earlier.frames.push(frame);
        completed(&earlier, context, out)
    };
    if left > 0 && left <= MOST_MESSAGE_BYTES {
        let goes_on = left == earlier.bytes.len();
        let all = if earlier.bytes.is_empty() { body.0 } else { &earlier.bytes };
        *context.unfinished() = Unfinished {
            bytes: all.get(all.len() - left..).unwrap_or_default().to_vec(),
            frames: if goes_on { earlier.frames } else { vec![frame] },
        };
    }
}

/// Reads messages that began in earlier records; how many bytes are left over.
fn completed(earlier: &Unfinished, context: &mut Context<'_>, out: &mut Out<'_, '_, '_>) -> usize {
    let mut left = 0;
    out.owned(|out| left = handshake::messages(Bytes(&earlier.bytes), context, out));
    if left < earlier.bytes.len() {
        out.present(HANDSHAKE_FRAGMENTS);
        earlier.frames.iter().for_each(|frame| out.number(HANDSHAKE_FRAGMENT, Some(*frame)));
        out.count(HANDSHAKE_FRAGMENT_COUNT, earlier.frames.len());
    }
    left
}

fn is_record(bytes: &[u8]) -> bool {
    bytes.first().is_none_or(|kind| (TYPE_CHANGE_CIPHER_SPEC..=24).contains(kind))
        && bytes.get(1).is_none_or(|version| *version == 3)
}

/// How long the record is that `bytes` begins with.
pub(crate) fn length(bytes: &[u8]) -> Length {
    if is_record(bytes) { services::behind(bytes, 3, 2, RECORD_HEADER_BYTES) } else { Length::Unframed }
}

/// Whether a stream begins with a record.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    matches!(bytes, [TYPE_CHANGE_CIPHER_SPEC..=TYPE_APPLICATION_DATA, 3, 0..=4, high, ..] if *high < 0x48)
}
