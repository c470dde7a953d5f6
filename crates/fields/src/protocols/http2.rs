//! HTTP/2 in the clear (RFC 9113).

use std::collections::HashMap;

use whotalks_wire::app::http2::{FRAME_HEADER_BYTES, Frame, FrameType, Header, HeaderDecoder, PREFACE, frame};

use crate::declare::fields;
use crate::extract::{Bytes, Context, Length, Out, Place, services};
use crate::protocols::data;
use crate::{FieldId, FieldKind, info};

fields! {
    level Applications;
    PROTOCOL: "http2", protocol, "HyperText Transfer Protocol 2";
    STREAM: "http2.stream", none, "Stream";
    MAGIC: "http2.magic", text, "Magic";
    LENGTH: "http2.length", u24, "Length";
    TYPE: "http2.type", u8, "Type" labels "http2-type";
    FLAGS: "http2.flags", x8, "Flags";
    FLAGS_END_STREAM: "http2.flags.end_stream", boolean, "End Stream";
    FLAGS_EH: "http2.flags.eh", boolean, "End Headers";
    FLAGS_PADDED: "http2.flags.padded", boolean, "Padded";
    FLAGS_PRIORITY: "http2.flags.priority", boolean, "Priority";
    FLAGS_ACK_SETTINGS: "http2.flags.ack.settings", boolean, "ACK";
    FLAGS_ACK_PING: "http2.flags.ack.ping", boolean, "ACK";
    R: "http2.r", x32, "Reserved";
    STREAMID: "http2.streamid", u32, "Stream Identifier";
    PAD_LENGTH: "http2.pad_length", u16, "Pad Length";
    EXCLUSIVE: "http2.exclusive", boolean, "Exclusive";
    STREAM_DEPENDENCY: "http2.stream_dependency", u32, "Stream Dependency";
    HEADERS_WEIGHT: "http2.headers.weight", u8, "Weight";
    HEADERS_WEIGHT_REAL: "http2.headers.weight_real", u8, "Weight real";
    DATA: "http2.data.data", bytes, "Data";
    BODY_FRAGMENTS: "http2.body.fragments", none, "Body fragments";
    BODY_FRAGMENT: "http2.body.fragment", frame_number, "Body fragment";
    BODY_FRAGMENT_COUNT: "http2.body.fragment.count", u32, "Body fragment count";
    BODY_REASSEMBLED_LENGTH: "http2.body.reassembled.length", u32, "Reassembled body length";
    HEADERS: "http2.headers", bytes, "Header Block Fragment";
    HEADER: "http2.header", none, "Header";
    HEADER_LENGTH: "http2.header.length", u32, "Header Length";
    HEADER_COUNT: "http2.header.count", u32, "Header Count";
    HEADER_NAME_LENGTH: "http2.header.name.length", u32, "Name Length";
    HEADER_NAME: "http2.header.name", text, "Name";
    HEADER_VALUE_LENGTH: "http2.header.value.length", u32, "Value Length";
    HEADER_VALUE: "http2.header.value", text, "Value";
    HEADER_UNESCAPED: "http2.header.unescaped", text, "Unescaped";
    REQUEST_FULL_URI: "http2.request.full_uri", text, "Full request URI";
    RST_STREAM_ERROR: "http2.rst_stream.error", u32, "Error" labels "http2-error";
    SETTINGS: "http2.settings", none, "Settings";
    SETTINGS_ID: "http2.settings.id", u16, "Settings Identifier" labels "http2-settings";
    SETTINGS_HEADER_TABLE_SIZE: "http2.settings.header_table_size", u32, "Header table size";
    SETTINGS_ENABLE_PUSH: "http2.settings.enable_push", u32, "Enable PUSH";
    SETTINGS_MAX_CONCURRENT_STREAMS: "http2.settings.max_concurrent_streams", u32, "Max concurrent streams";
    SETTINGS_INITIAL_WINDOW_SIZE: "http2.settings.initial_window_size", u32, "Initial Windows size";
    SETTINGS_MAX_FRAME_SIZE: "http2.settings.max_frame_size", u32, "Max frame size";
    SETTINGS_MAX_HEADER_LIST_SIZE: "http2.settings.max_header_list_size", u32, "Max header list size";
    SETTINGS_EXTENDED_CONNECT: "http2.settings.extended_connect", u32, "Extended CONNECT";
    SETTINGS_UNKNOWN: "http2.settings.unknown", u32, "Unknown Settings";
    PUSH_PROMISE_PROMISED_STREAM_ID: "http2.push_promise.promised_stream_id", u32, "Promised-Stream-ID";
    PING: "http2.ping", bytes, "Ping";
    PONG: "http2.pong", bytes, "Pong";
    GOAWAY_LAST_STREAM_ID: "http2.goaway.last_stream_id", u32, "Promised-Stream-ID";
    GOAWAY_ERROR: "http2.goaway.error", u32, "Error" labels "http2-error";
    GOAWAY_ADDATA: "http2.goaway.addata", bytes, "Additional Debug Data";
    WINDOW_UPDATE_R: "http2.window_update.r", x32, "Reserved";
    WINDOW_UPDATE_WINDOW_SIZE_INCREMENT: "http2.window_update.window_size_increment", u32, "Window Size Increment";
    HEADERS_AUTHORITY: "http2.headers.authority", text, ":authority";
    HEADERS_STATUS: "http2.headers.status", u16, ":status" labels "http.response.code";
    HEADERS_PATH: "http2.headers.path", text, ":path";
    HEADERS_METHOD: "http2.headers.method", text, ":method";
    HEADERS_SCHEME: "http2.headers.scheme", text, ":scheme";
    HEADERS_ACCEPT: "http2.headers.accept", text, "accept";
    HEADERS_ACCEPT_CHARSET: "http2.headers.accept_charset", text, "accept-charset";
    HEADERS_ACCEPT_ENCODING: "http2.headers.accept_encoding", text, "accept-encoding";
    HEADERS_ACCEPT_LANGUAGE: "http2.headers.accept_language", text, "accept-language";
    HEADERS_ACCEPT_RANGES: "http2.headers.accept_ranges", text, "accept-ranges";
    HEADERS_ACCESS_CONTROL_ALLOW_ORIGIN: "http2.headers.access_control_allow_origin", text, "access-control-allow-origin";
    HEADERS_AGE: "http2.headers.age", u64, "age";
    HEADERS_ALLOW: "http2.headers.allow", text, "allow";
    HEADERS_AUTHORIZATION: "http2.headers.authorization", text, "authorization";
    HEADERS_CACHE_CONTROL: "http2.headers.cache_control", text, "cache-control";
    HEADERS_CONTENT_DISPOSITION: "http2.headers.content_disposition", text, "content-disposition";
    HEADERS_CONTENT_ENCODING: "http2.headers.content_encoding", text, "content-encoding";
    HEADERS_CONTENT_LANGUAGE: "http2.headers.content_language", text, "content-language";
    HEADERS_CONTENT_LENGTH: "http2.headers.content_length", u64, "content-length";
    HEADERS_CONTENT_LOCATION: "http2.headers.content_location", text, "content-location";
    HEADERS_CONTENT_RANGE: "http2.headers.content_range", text, "content-range";
    HEADERS_CONTENT_TYPE: "http2.headers.content_type", text, "content-type";
    HEADERS_COOKIE: "http2.headers.cookie", text, "cookie";
    HEADERS_DATE: "http2.headers.date", text, "date";
    HEADERS_ETAG: "http2.headers.etag", text, "etag";
    HEADERS_EXPECT: "http2.headers.expect", text, "expect";
    HEADERS_EXPIRES: "http2.headers.expires", text, "expires";
    HEADERS_FROM: "http2.headers.from", text, "from";
    HEADERS_IF_MATCH: "http2.headers.if_match", text, "if-match";
    HEADERS_IF_MODIFIED_SINCE: "http2.headers.if_modified_since", text, "if-modified-since";
    HEADERS_IF_NONE_MATCH: "http2.headers.if_none_match", text, "if-none-match";
    HEADERS_IF_RANGE: "http2.headers.if_range", text, "if-range";
    HEADERS_IF_UNMODIFIED_SINCE: "http2.headers.if_unmodified_since", text, "if-unmodified-since";
    HEADERS_LAST_MODIFIED: "http2.headers.last_modified", text, "last-modified";
    HEADERS_LINK: "http2.headers.link", text, "link";
    HEADERS_LOCATION: "http2.headers.location", text, "location";
    HEADERS_MAX_FORWARDS: "http2.headers.max_forwards", u64, "max-forwards";
    HEADERS_PROXY_AUTHENTICATE: "http2.headers.proxy_authenticate", text, "proxy-authenticate";
    HEADERS_PROXY_AUTHORIZATION: "http2.headers.proxy_authorization", text, "proxy-authorization";
    HEADERS_RANGE: "http2.headers.range", text, "range";
    HEADERS_REFERER: "http2.headers.referer", text, "referer";
    HEADERS_REFRESH: "http2.headers.refresh", text, "refresh";
    HEADERS_RETRY_AFTER: "http2.headers.retry_after", text, "retry-after";
    HEADERS_SERVER: "http2.headers.server", text, "server";
    HEADERS_SET_COOKIE: "http2.headers.set_cookie", text, "set-cookie";
    HEADERS_STRICT_TRANSPORT_SECURITY: "http2.headers.strict_transport_security", text, "strict-transport-security";
    HEADERS_USER_AGENT: "http2.headers.user_agent", text, "user-agent";
    HEADERS_VARY: "http2.headers.vary", text, "vary";
    HEADERS_VIA: "http2.headers.via", text, "via";
    HEADERS_WWW_AUTHENTICATE: "http2.headers.www_authenticate", text, "www-authenticate";
}

/// Headers with a field of their own.
const NAMED: [(&str, FieldId); 50] = [
    (":authority", HEADERS_AUTHORITY),
    (":status", HEADERS_STATUS),
    (":path", HEADERS_PATH),
    (":method", HEADERS_METHOD),
    (":scheme", HEADERS_SCHEME),
    ("accept", HEADERS_ACCEPT),
    ("accept-charset", HEADERS_ACCEPT_CHARSET),
    ("accept-encoding", HEADERS_ACCEPT_ENCODING),
    ("accept-language", HEADERS_ACCEPT_LANGUAGE),
    ("accept-ranges", HEADERS_ACCEPT_RANGES),
    ("access-control-allow-origin", HEADERS_ACCESS_CONTROL_ALLOW_ORIGIN),
    ("age", HEADERS_AGE),
    ("allow", HEADERS_ALLOW),
    ("authorization", HEADERS_AUTHORIZATION),
    ("cache-control", HEADERS_CACHE_CONTROL),
    ("content-disposition", HEADERS_CONTENT_DISPOSITION),
    ("content-encoding", HEADERS_CONTENT_ENCODING),
    ("content-language", HEADERS_CONTENT_LANGUAGE),
    ("content-length", HEADERS_CONTENT_LENGTH),
    ("content-location", HEADERS_CONTENT_LOCATION),
    ("content-range", HEADERS_CONTENT_RANGE),
    ("content-type", HEADERS_CONTENT_TYPE),
    ("cookie", HEADERS_COOKIE),
    ("date", HEADERS_DATE),
    ("etag", HEADERS_ETAG),
    ("expect", HEADERS_EXPECT),
    ("expires", HEADERS_EXPIRES),
    ("from", HEADERS_FROM),
    ("if-match", HEADERS_IF_MATCH),
    ("if-modified-since", HEADERS_IF_MODIFIED_SINCE),
    ("if-none-match", HEADERS_IF_NONE_MATCH),
    ("if-range", HEADERS_IF_RANGE),
    ("if-unmodified-since", HEADERS_IF_UNMODIFIED_SINCE),
    ("last-modified", HEADERS_LAST_MODIFIED),
    ("link", HEADERS_LINK),
    ("location", HEADERS_LOCATION),
    ("max-forwards", HEADERS_MAX_FORWARDS),
    ("proxy-authenticate", HEADERS_PROXY_AUTHENTICATE),
    ("proxy-authorization", HEADERS_PROXY_AUTHORIZATION),
    ("range", HEADERS_RANGE),
    ("referer", HEADERS_REFERER),
    ("refresh", HEADERS_REFRESH),
    ("retry-after", HEADERS_RETRY_AFTER),
    ("server", HEADERS_SERVER),
    ("set-cookie", HEADERS_SET_COOKIE),
    ("strict-transport-security", HEADERS_STRICT_TRANSPORT_SECURITY),
    ("user-agent", HEADERS_USER_AGENT),
    ("vary", HEADERS_VARY),
    ("via", HEADERS_VIA),
    ("www-authenticate", HEADERS_WWW_AUTHENTICATE),
];

/// Flags (RFC 9113 6).
const END_STREAM: u8 = 0x01;
const PADDED: u8 = 0x08;
const PRIORITY: u8 = 0x20;

/// What is known of a connection.
#[derive(Debug, Default)]
pub(crate) struct Connection {
    /// The tables of both sides, and headers that go on in the next frame: to the server and to the client.
    sides: [Side; 2],
}

#[derive(Debug, Default)]
struct Side {
    headers: Decoder,
    /// The beginning of a block of headers.
    block: Vec<u8>,
    /// The media types of bodies that have not ended, by stream.
    bodies: HashMap<u32, Body>,
}

/// A decoder, whose tables nobody wants to see.
#[derive(Default)]
struct Decoder(HeaderDecoder);

impl std::fmt::Debug for Decoder {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Decoder").finish_non_exhaustive()
    }
}

/// A body as far as it came.
#[derive(Debug, Default)]
struct Body {
    content_type: Vec<u8>,
    bytes: Vec<u8>,
    /// The frame of the capture that each piece came in.
    frames: Vec<u32>,
}

/// Bytes of a block of headers that are waited for; servers refuse more.
const MOST_BLOCK_BYTES: usize = 1 << 18;
/// Streams of one side whose bodies are followed; servers allow a hundred or so at a time.
const MOST_BODIES: usize = 512;
/// Bytes of a body that are kept until it ends.
const MOST_BODY_BYTES: usize = 1 << 20;

/// Whether a stream begins as a client does.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(PREFACE)
}

/// How long the frame is that `bytes` begins with; the preface counts as one.
pub(crate) fn length(bytes: &[u8]) -> Length {
    if begins(bytes) {
        return Length::Known(PREFACE.len());
    }
    services::behind(bytes, 0, 3, FRAME_HEADER_BYTES)
}

/// The fields of the frames that `frames` holds.
pub(crate) fn extract<'a>(frames: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    // Wireshark comes here by way of HTTP.
    out.layer("http");
    out.layer("http2");
    let mut rest = frames;
    if begins(rest.0) {
        context.talk.to_server = Some(context.way);
        let preface = rest.part(0, PREFACE.len());
        out.part(PROTOCOL, preface.0);
        out.present(STREAM);
        out.text(MAGIC, Some(preface.0));
        rest = rest.from(PREFACE.len());
    }
    while let Ok(frame) = frame(rest.0) {
        out.part(PROTOCOL, rest.part(0, frame.bytes()).0);
        header(rest, &frame, out);
        content(&frame, context, out);
        rest = rest.from(frame.bytes());
    }
}

/// RFC 9113 4.1.
fn header<'a>(bytes: Bytes<'a>, frame: &Frame<'a>, out: &mut Out<'_, '_, 'a>) {
    out.present(STREAM);
    out.layout(bytes, &[Place::at(LENGTH, 0, 3), Place::at(TYPE, 3, 1), Place::at(FLAGS, 4, 1)]);
    let flag = |id, mask| Place::bits(id, 4, 1, mask);
    let end = flag(FLAGS_END_STREAM, 0x01);
    let (headers, padded) = (flag(FLAGS_EH, 0x04), flag(FLAGS_PADDED, 0x08));
    match frame.kind.0 {
        0 => out.layout(bytes, &[padded, end]),
        1 => out.layout(bytes, &[flag(FLAGS_PRIORITY, 0x20), padded, headers, end]),
        4 => out.layout(bytes, &[flag(FLAGS_ACK_SETTINGS, 0x01)]),
        5 => out.layout(bytes, &[padded, headers]),
        6 => out.layout(bytes, &[flag(FLAGS_ACK_PING, 0x01)]),
        9 => out.layout(bytes, &[headers]),
        _ => {}
    }
    out.layout(bytes, &[Place::bits(R, 5, 4, 0x8000_0000), Place::bits(STREAMID, 5, 4, 0x7fff_ffff)]);
}

fn content<'a>(frame: &Frame<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    let payload = Bytes(frame.payload);
    match frame.kind.0 {
        0 => body(frame, context, out),
        1 | 9 => headers(frame, context, out),
        2 => priority(payload, out),
        3 => out.layout(payload, &[Place::at(RST_STREAM_ERROR, 0, 4)]),
        4 => settings(payload, out),
        5 => promise(frame, context, out),
        6 => out.bytes(if frame.flags & END_STREAM == 0 { PING } else { PONG }, Some(payload.0)),
        7 => {
            out.layout(payload, &[Place::bits(GOAWAY_LAST_STREAM_ID, 0, 4, 0x7fff_ffff), Place::at(GOAWAY_ERROR, 4, 4)]);
            out.bytes(GOAWAY_ADDATA, payload.0.get(8..).filter(|data| !data.is_empty()));
        }
        8 => out.layout(
            payload,
            &[
                Place::bits(WINDOW_UPDATE_R, 0, 4, 0x8000_0000),
                Place::bits(WINDOW_UPDATE_WINDOW_SIZE_INCREMENT, 0, 4, 0x7fff_ffff),
            ],
        ),
        _ => {}
    }
}

/// What is left of a frame without its padding, which it states to be zero long where it has none.
fn unpadded<'a>(frame: &Frame<'a>, out: &mut Out<'_, '_, 'a>) -> Bytes<'a> {
    let payload = Bytes(frame.payload);
    if frame.flags & PADDED == 0 {
        out.count(PAD_LENGTH, 0);
        return payload;
    }
    out.layout(payload, &[Place::at(PAD_LENGTH, 0, 1)]);
    let padding = payload.length(0, 1).unwrap_or_default();
    payload.part(1, payload.len().saturating_sub(1 + padding))
}

fn priority<'a>(payload: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(
        payload,
        &[
            Place::bits(EXCLUSIVE, 0, 4, 0x8000_0000),
            Place::bits(STREAM_DEPENDENCY, 0, 4, 0x7fff_ffff),
            Place::at(HEADERS_WEIGHT, 4, 1),
        ],
    );
    out.number(HEADERS_WEIGHT_REAL, payload.u8(4).map(|weight| weight.wrapping_add(1)));
}

/// RFC 9113 6.5.1.
fn settings<'a>(payload: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    for at in (0..payload.len()).step_by(6) {
        let Some(number) = payload.u16(at) else { return };
        out.present(SETTINGS);
        out.number(SETTINGS_ID, Some(number));
        let id = match number {
            1 => SETTINGS_HEADER_TABLE_SIZE,
            2 => SETTINGS_ENABLE_PUSH,
            3 => SETTINGS_MAX_CONCURRENT_STREAMS,
            4 => SETTINGS_INITIAL_WINDOW_SIZE,
            5 => SETTINGS_MAX_FRAME_SIZE,
            6 => SETTINGS_MAX_HEADER_LIST_SIZE,
            8 => SETTINGS_EXTENDED_CONNECT,
            _ => SETTINGS_UNKNOWN,
        };
        out.layout(payload, &[Place::at(id, at + 2, 4)]);
    }
}

impl Context<'_> {
    fn http2(&mut self) -> &mut Side {
        let to_server = self.is_to_server();
        let [server, client] = &mut self.talk.http2.get_or_insert_default().sides;
        if to_server { server } else { client }
    }
}

/// HEADERS and CONTINUATION (RFC 9113 6.2, 6.10).
fn headers<'a>(frame: &Frame<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    if frame.kind == FrameType::HEADERS {
        let mut payload = unpadded(frame, out);
        if frame.flags & PRIORITY != 0 {
            priority(payload, out);
            payload = payload.from(5);
        }
        out.bytes(HEADERS, Some(payload.0));
    }
    let Some(piece) = frame.header_block() else { return };
    block(piece, frame, context, out);
}

/// PUSH_PROMISE (RFC 9113 6.6).
fn promise<'a>(frame: &Frame<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    let payload = unpadded(frame, out);
    out.layout(payload, &[Place::bits(PUSH_PROMISE_PROMISED_STREAM_ID, 0, 4, 0x7fff_ffff)]);
    block(payload.from(4).0, frame, context, out);
}

/// A piece of a block of headers, and all of them once it is whole.
fn block<'a>(piece: &'a [u8], frame: &Frame<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    let side = context.http2();
    if side.block.len().saturating_add(piece.len()) <= MOST_BLOCK_BYTES {
        side.block.extend_from_slice(piece);
    }
    if !frame.ends_headers() {
        return;
    }
    let block = std::mem::take(&mut side.block);
    let all = side.headers.0.decode(&block);
    told(&all, out);
    let content_type = all.into_iter().find(|header| header.name == b"content-type");
    if let Some(header) = content_type
        && frame.flags & END_STREAM == 0
        && side.bodies.len() < MOST_BODIES
    {
        let body = side.bodies.entry(frame.stream).or_default();
        body.content_type = header.value;
    }
}

/// The fields of headers.
fn told(all: &[Header], out: &mut Out<'_, '_, '_>) {
    /// Wireshark counts the lengths of name and value with each header.
    const LENGTH_BYTES: usize = 4;
    let bytes = all.iter().map(|header| header.name.len() + header.value.len() + 2 * LENGTH_BYTES).sum();
    out.count(HEADER_LENGTH, bytes);
    out.count(HEADER_COUNT, all.len());
    all.iter().for_each(|header| single(header, out));
    out.made_text(REQUEST_FULL_URI, || {
        let value = |name: &[u8]| {
            let found = all.iter().find(|header| header.name == name)?;
            Some(String::from_utf8_lossy(&found.value).into_owned())
        };
        Some(format!("{}://{}{}", value(b":scheme")?, value(b":authority")?, value(b":path")?))
    });
}

fn single(header: &Header, out: &mut Out<'_, '_, '_>) {
    let (name, value) = (String::from_utf8_lossy(&header.name), String::from_utf8_lossy(&header.value));
    out.present(HEADER);
    out.count(HEADER_NAME_LENGTH, header.name.len());
    out.made_text(HEADER_NAME, || Some(name.clone().into_owned()));
    out.count(HEADER_VALUE_LENGTH, header.value.len());
    out.made_text(HEADER_VALUE, || Some(value.clone().into_owned()));
    let field = NAMED.iter().find(|(known, _)| known.as_bytes() == header.name).map(|(_, id)| *id);
    if let Some(id) = field {
        match info(id).map(|field| field.kind) {
            Some(FieldKind::Unsigned) => out.number(id, value.parse::<u64>().ok()),
            _ => out.made_text(id, || Some(value.clone().into_owned())),
        }
    }
    out.made_text(HEADER_UNESCAPED, || Some(unescaped(&header.value)));
}

/// Text with `%20` and its like as what it stands for.
fn unescaped(value: &[u8]) -> String {
    let mut plain = Vec::with_capacity(value.len());
    let mut rest = value;
    while let [first, after @ ..] = rest {
        let escaped = (*first == b'%').then(|| after.get(..2)).flatten();
        let byte = escaped.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        plain.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&plain).into_owned()
}

/// DATA (RFC 9113 6.1); the last piece shows all of the body, and what it is.
fn body<'a>(frame: &Frame<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    let piece = unpadded(frame, out);
    let now = context.now.frame;
    let side = context.http2();
    let Some(body) = side.bodies.get_mut(&frame.stream) else {
        return out.bytes(DATA, Some(piece.0));
    };
    if body.bytes.len().saturating_add(piece.len()) <= MOST_BODY_BYTES {
        body.bytes.extend_from_slice(piece.0);
        body.frames.push(now);
    }
    if frame.flags & END_STREAM == 0 {
        return out.bytes(DATA, Some(piece.0));
    }
    if let Some(body) = side.bodies.remove(&frame.stream) {
        whole(&body, out);
    }
}

fn whole(body: &Body, out: &mut Out<'_, '_, '_>) {
    if body.frames.len() > 1 {
        out.present(BODY_FRAGMENTS);
        body.frames.iter().for_each(|frame| out.number(BODY_FRAGMENT, Some(*frame)));
        out.count(BODY_FRAGMENT_COUNT, body.frames.len());
        out.count(BODY_REASSEMBLED_LENGTH, body.bytes.len());
    }
    out.owned(|out| {
        out.bytes(DATA, Some(&body.bytes));
        if !body.bytes.is_empty() {
            data::media(&body.content_type, Bytes(&body.bytes), out);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_stand_for_their_byte_and_stray_signs_for_themselves() {
        assert_eq!(unescaped(b"/a%20b%"), "/a b%");
        assert_eq!(unescaped(b"%zz%4"), "%zz%4");
        assert_eq!(unescaped("%C3%A9".as_bytes()), "\u{e9}");
    }

    #[test]
    fn the_preface_is_a_message_of_its_own() {
        assert_eq!(length(PREFACE), Length::Known(24));
        assert_eq!(length(&[0, 0, 4, 8, 0, 0, 0, 0, 0]), Length::Known(13));
        assert_eq!(length(&[0]), Length::OneMoreSegment);
    }
}
