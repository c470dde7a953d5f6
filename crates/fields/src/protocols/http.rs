//! HTTP/1 (RFC 9112).

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::Read as _;

use base64::Engine as _;
use whotalks_bytes::{CappedDecoder, Caps, Compression};
use whotalks_record::Timestamp;

use crate::declare::fields;
use crate::extract::{Bytes, Context, Length, Out};
use crate::protocols::data;
use crate::{FieldId, info};

fields! {
    level Applications;
    PROTOCOL: "http", protocol, "Hypertext Transfer Protocol";
    REQUEST: "http.request", boolean, "Request";
    REQUEST_METHOD: "http.request.method", text, "Request Method";
    REQUEST_URI: "http.request.uri", text, "Request URI";
    REQUEST_URI_PATH: "http.request.uri.path", text, "Request URI Path";
    REQUEST_URI_QUERY: "http.request.uri.query", text, "Request URI Query";
    REQUEST_URI_QUERY_PARAMETER: "http.request.uri.query.parameter", text, "Request URI Query Parameter";
    REQUEST_VERSION: "http.request.version", text, "Request Version";
    REQUEST_FULL_URI: "http.request.full_uri", text, "Full request URI";
    REQUEST_LINE: "http.request.line", text, "Request line";
    RESPONSE: "http.response", boolean, "Response";
    RESPONSE_VERSION: "http.response.version", text, "Response Version";
    RESPONSE_CODE: "http.response.code", u16, "Status Code" labels "http.response.code";
    RESPONSE_CODE_DESC: "http.response.code.desc", text, "Status Code Description";
    RESPONSE_PHRASE: "http.response.phrase", text, "Response Phrase";
    RESPONSE_LINE: "http.response.line", text, "Response line";
    RESPONSE_FOR_URI: "http.response_for.uri", text, "Request URI";
    HOST: "http.host", text, "Host";
    USER_AGENT: "http.user_agent", text, "User-Agent";
    REFERER: "http.referer", text, "Referer";
    COOKIE: "http.cookie", text, "Cookie";
    COOKIE_PAIR: "http.cookie_pair", text, "Cookie pair";
    SET_COOKIE: "http.set_cookie", text, "Set-Cookie";
    SERVER: "http.server", text, "Server";
    LOCATION: "http.location", text, "Location";
    CONTENT_TYPE: "http.content_type", text, "Content-Type";
    CONTENT_LENGTH: "http.content_length", u64, "Content length";
    CONTENT_LENGTH_HEADER: "http.content_length_header", text, "Content-Length";
    CONTENT_ENCODING: "http.content_encoding", text, "Content-Encoding";
    TRANSFER_ENCODING: "http.transfer_encoding", text, "Transfer-Encoding";
    CONNECTION: "http.connection", text, "Connection";
    UPGRADE: "http.upgrade", text, "Upgrade";
    ACCEPT: "http.accept", text, "Accept";
    ACCEPT_ENCODING: "http.accept_encoding", text, "Accept Encoding";
    ACCEPT_LANGUAGE: "http.accept_language", text, "Accept-Language";
    AUTHORIZATION: "http.authorization", text, "Authorization";
    AUTHBASIC: "http.authbasic", text, "Credentials";
    PROXY_AUTHORIZATION: "http.proxy_authorization", text, "Proxy-Authorization";
    PROXY_AUTHENTICATE: "http.proxy_authenticate", text, "Proxy-Authenticate";
    WWW_AUTHENTICATE: "http.www_authenticate", text, "WWW-Authenticate";
    PROXY_CONNECT_HOST: "http.proxy_connect_host", text, "Proxy-Connect-Hostname";
    PROXY_CONNECT_PORT: "http.proxy_connect_port", u16, "Proxy-Connect-Port";
    X_FORWARDED_FOR: "http.x_forwarded_for", text, "X-Forwarded-For";
    CACHE_CONTROL: "http.cache_control", text, "Cache-Control";
    DATE: "http.date", text, "Date";
    LAST_MODIFIED: "http.last_modified", text, "Last-Modified";
    FILE_DATA: "http.file_data", text, "File Data";
    CHUNK_SIZE: "http.chunk_size", u32, "Chunk size";
    CHUNK_DATA: "http.chunk_data", bytes, "Chunk data";
    CHUNK_BOUNDARY: "http.chunk_boundary", bytes, "Chunk boundary";
    REQUEST_IN: "http.request_in", frame_number, "Request in frame";
    PREV_REQUEST_IN: "http.prev_request_in", frame_number, "Prev request in frame";
    PREV_RESPONSE_IN: "http.prev_response_in", frame_number, "Prev response in frame";
    REQUEST_NUMBER: "http.request_number", u32, "Request number";
    RESPONSE_NUMBER: "http.response_number", u32, "Response number";
    TIME: "http.time", span, "Time since request";
}

/// Requests and responses of a connection so far.
#[derive(Debug, Default)]
pub(crate) struct History {
    waiting: VecDeque<Asked>,
    requests: u32,
    responses: u32,
    last_request: Option<u32>,
    last_response: Option<u32>,
    /// The far end of a tunnel that a proxy opened.
    pub(crate) tunnel: Option<(String, u16)>,
    /// Whether the connection was turned over to WebSocket.
    pub(crate) is_websocket: bool,
    /// Whether it was turned over to HTTP/2.
    pub(crate) is_http2: bool,
}

impl History {
    const fn has_begun(&self) -> bool {
        self.requests + self.responses > 0
    }
}

/// A request that waits for its response.
#[derive(Debug)]
struct Asked {
    frame: u32,
    time: Timestamp,
    target: Option<String>,
    method: String,
}

/// Requests that may wait at once; browsers send one after the other.
const MOST_WAITING: usize = 256;
/// The longest head that is waited for.
const MOST_HEAD_BYTES: usize = 1 << 20;

/// A head of lines and where the body begins.
struct Head<'a> {
    first: &'a [u8],
    lines: Vec<&'a [u8]>,
    bytes: usize,
}

impl<'a> Head<'a> {
    /// The head that `bytes` begins with; none where it is not complete.
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let mut lines = Vec::new();
        let mut at = 0;
        loop {
            let rest = bytes.get(at..)?;
            let end = rest.iter().position(|byte| *byte == b'\n')?;
            let line = rest.get(..=end)?;
            at += line.len();
            match (line.trim_ascii_end().is_empty(), lines.is_empty()) {
                (true, true) => return None,
                (true, false) => break,
                (false, _) => lines.push(line),
            }
        }
        let first = lines.remove(0).trim_ascii_end();
        Some(Self { first, lines, bytes: at })
    }

    /// The lines of a head of which the end is missing, as far as they are whole: a name that is cut would be another.
    fn of_beginning(bytes: &'a [u8]) -> Option<Self> {
        let mut lines: Vec<_> = bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n")).collect();
        if lines.is_empty() {
            return None;
        }
        let first = lines.remove(0).trim_ascii_end();
        Some(Self { first, lines, bytes: bytes.len() })
    }

    /// The value of a header line; names are compared without case.
    fn value(&self, name: &str) -> Option<&'a [u8]> {
        self.lines.iter().find_map(|line| {
            let (found, value) = split(line)?;
            found.eq_ignore_ascii_case(name.as_bytes()).then_some(value)
        })
    }

    fn is_response(&self) -> bool {
        self.first.starts_with(b"HTTP/")
    }

    fn status(&self) -> Option<u16> {
        std::str::from_utf8(self.first.split(|byte| *byte == b' ').nth(1)?).ok()?.parse().ok()
    }

    fn content_length(&self) -> Option<usize> {
        std::str::from_utf8(self.value("content-length")?).ok()?.parse().ok()
    }

    fn is_chunked(&self) -> bool {
        let encoding = self.value("transfer-encoding").unwrap_or_default();
        encoding.to_ascii_lowercase().starts_with(b"chunked")
    }
}

/// Name and value of a line.
fn split(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    Some((line.get(..colon)?, line.get(colon + 1..)?.trim_ascii()))
}

/// Whether bytes begin as a request or response does.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    let line = bytes.split(|byte| *byte == b'\r' || *byte == b'\n').next().unwrap_or_default();
    let mut words = line.split(|byte| *byte == b' ');
    let first = words.next().unwrap_or_default();
    first.starts_with(b"HTTP/1.") || (METHODS.contains(&first) && (words.next().is_some() || line.len() == bytes.len()))
}

/// RFC 9110, WebDAV (RFC 4918), UPnP and what Windows sends.
const METHODS: [&[u8]; 30] = [
    b"GET", b"POST", b"HEAD", b"PUT", b"DELETE", b"OPTIONS", b"CONNECT", b"TRACE", b"PATCH", b"PROPFIND", b"PROPPATCH",
    b"MKCOL", b"MOVE", b"COPY", b"LOCK", b"UNLOCK", b"REPORT", b"BITS_POST", b"CCM_POST", b"SEARCH", b"NOTIFY", b"SUBSCRIBE",
    b"UNSUBSCRIBE", b"M-SEARCH", b"POLL", b"BMOVE", b"BDELETE", b"BPROPFIND", b"RPC_IN_DATA", b"RPC_OUT_DATA",
];

/// How long the message is that `bytes` begins with.
pub(crate) fn length(bytes: &[u8], history: &History) -> Length {
    if !begins(bytes) {
        return Length::Unframed;
    }
    let Some(head) = Head::of(bytes) else {
        return if bytes.len() > MOST_HEAD_BYTES { Length::Unframed } else { Length::OneMoreSegment };
    };
    if head.is_chunked() {
        return match chunks_end(bytes.get(head.bytes..).unwrap_or_default()) {
            Some(end) => Length::Known(head.bytes + end),
            None => Length::OneMoreSegment,
        };
    }
    match head.content_length() {
        _ if has_no_body(&head, history) => Length::Known(head.bytes),
        Some(body) => Length::Known(head.bytes.saturating_add(body)),
        None if head.is_response() => Length::UntilEnd,
        None => Length::Known(head.bytes),
    }
}

/// RFC 9112 6.3.
fn has_no_body(head: &Head<'_>, history: &History) -> bool {
    let asked = history.waiting.front().map(|asked| asked.method.as_str());
    head.is_response()
        && (matches!(head.status(), Some(100..=199 | 204 | 304))
            || asked == Some("HEAD")
            || (asked == Some("CONNECT") && matches!(head.status(), Some(200..=299))))
}

/// Where the last of the chunks ends (RFC 9112 7.1).
fn chunks_end(body: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let (size, data_at) = chunk(body, at)?;
        if size == 0 {
            let trailer = body.get(data_at..)?;
            let end = trailer.windows(2).position(|pair| pair == b"\r\n")?;
            return Some(data_at + end + 2);
        }
        at = data_at.checked_add(size)?.checked_add(2)?;
        if at > body.len() {
            return None;
        }
    }
}

/// The size of the chunk at `at`, and where its data begins.
fn chunk(body: &[u8], at: usize) -> Option<(usize, usize)> {
    let rest = body.get(at..)?;
    let end = rest.iter().take(64).position(|byte| *byte == b'\n')?;
    let line = std::str::from_utf8(rest.get(..end)?.trim_ascii_end()).ok()?;
    let digits = line.split(';').next()?.trim();
    Some((usize::from_str_radix(digits, 16).ok()?, at + end + 1))
}

/// The fields of the message that `message` is.
pub(crate) fn extract<'a>(message: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    // Before the first message nothing on these ports is HTTP; after it everything is.
    if !begins(message.0) && !context.talk.http.has_begun() {
        return;
    }
    out.protocol(PROTOCOL, message.0);
    let head = begins(message.0)
        .then(|| Head::of(message.0).or_else(|| Head::of_beginning(message.0).filter(|_| context.is_cut)))
        .flatten();
    let Some(head) = head else {
        return without_head(message, context.is_cut, out);
    };
    if head.is_response() {
        response(&head, context, out);
    } else {
        request(&head, context, out);
    }
    body(&head, message.from(head.bytes), out);
}

/// The method of a request of which not even the first line was captured; anything else is data.
fn without_head<'a>(message: Bytes<'a>, is_cut: bool, out: &mut Out<'_, '_, 'a>) {
    match message.0.split(|byte| *byte == b' ').next().filter(|method| METHODS.contains(method)) {
        Some(method) if is_cut && begins(message.0) => {
            out.text(REQUEST_METHOD, Some(method));
            out.flag(REQUEST, Some(true));
        }
        _ => data::extract(message, out),
    }
}

/// HTTP within one datagram, as SSDP has it.
pub(crate) fn datagram<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let Some(head) = Head::of(message.0) else { return };
    if head.is_response() {
        status_line(&head, out);
        header_lines(&head, RESPONSE_LINE, out);
        out.flag(RESPONSE, Some(true));
    } else {
        request_line(&head, out);
        header_lines(&head, REQUEST_LINE, out);
        full_uri(&head).into_iter().for_each(|uri| out.made_text(REQUEST_FULL_URI, || Some(uri)));
        out.flag(REQUEST, Some(true));
    }
}

fn request<'a>(head: &Head<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    request_line(head, out);
    header_lines(head, REQUEST_LINE, out);
    let full = full_uri(head);
    out.made_text(REQUEST_FULL_URI, || full.clone());
    out.flag(REQUEST, Some(true));
    let (frame, time) = (context.now.frame, context.now.time);
    let history = &mut context.talk.http;
    history.requests += 1;
    out.number(REQUEST_NUMBER, Some(history.requests));
    out.number(PREV_REQUEST_IN, history.last_request);
    history.last_request = Some(frame);
    let mut words = head.first.split(|byte| *byte == b' ');
    let method = String::from_utf8_lossy(words.next().unwrap_or_default()).into_owned();
    let target = words.next().map(|target| String::from_utf8_lossy(target).into_owned());
    if history.waiting.len() < MOST_WAITING {
        history.waiting.push_back(Asked {
            frame,
            time,
            target: full.or(target),
            method,
        });
    }
}

fn request_line<'a>(head: &Head<'a>, out: &mut Out<'_, '_, 'a>) {
    let mut words = head.first.splitn(3, |byte| *byte == b' ');
    out.text(REQUEST_METHOD, words.next());
    let target = words.next();
    out.text(REQUEST_URI, target);
    out.text(REQUEST_VERSION, words.next());
    let Some((path, query)) = target.and_then(|target| split_once(target, b'?')) else { return };
    out.text(REQUEST_URI_PATH, Some(path));
    out.text(REQUEST_URI_QUERY, Some(query));
    query
        .split(|byte| *byte == b'&')
        .for_each(|parameter| out.text(REQUEST_URI_QUERY_PARAMETER, Some(parameter)));
}

fn split_once(bytes: &[u8], separator: u8) -> Option<(&[u8], &[u8])> {
    let at = bytes.iter().position(|byte| *byte == separator)?;
    Some((bytes.get(..at)?, bytes.get(at + 1..)?))
}

/// Scheme, host and target where the target is a path; a target that has them stands for itself.
fn full_uri(head: &Head<'_>) -> Option<String> {
    let target = String::from_utf8_lossy(head.first.split(|byte| *byte == b' ').nth(1)?);
    let host = String::from_utf8_lossy(head.value("host")?);
    Some(match target.as_ref() {
        "*" => format!("http://{host}"),
        path if path.starts_with('/') => format!("http://{host}{path}"),
        other => other.to_owned(),
    })
}

fn status_line<'a>(head: &Head<'a>, out: &mut Out<'_, '_, 'a>) {
    let mut words = head.first.splitn(3, |byte| *byte == b' ');
    out.text(RESPONSE_VERSION, words.next());
    out.number(RESPONSE_CODE, head.status());
    let labels = info(RESPONSE_CODE).map(|field| field.labels).unwrap_or_default();
    let description = head.status().and_then(|status| labels.name(status.into()));
    out.made_text(RESPONSE_CODE_DESC, || description.map(str::to_owned));
    words.next();
    out.text(RESPONSE_PHRASE, words.next());
}

fn response<'a>(head: &Head<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    status_line(head, out);
    header_lines(head, RESPONSE_LINE, out);
    out.flag(RESPONSE, Some(true));
    let (frame, time) = (context.now.frame, context.now.time);
    let history = &mut context.talk.http;
    history.responses += 1;
    out.number(RESPONSE_NUMBER, Some(history.responses));
    let is_interim = matches!(head.status(), Some(100));
    out.number(PREV_RESPONSE_IN, history.last_response);
    history.last_response = Some(frame);
    let Some(asked) = (if is_interim { None } else { history.waiting.pop_front() }) else { return };
    out.span(TIME, Some(time - asked.time));
    out.number(REQUEST_IN, Some(asked.frame));
    out.number(PREV_REQUEST_IN, history.last_request.filter(|last| *last != asked.frame));
    if asked.method == "CONNECT" && matches!(head.status(), Some(200..=299)) {
        let target = asked.target.as_deref().and_then(|target| target.rsplit_once(':'));
        history.tunnel = target.map(|(host, port)| (host.to_owned(), port.parse().unwrap_or_default()));
    }
    let turns_to = head.value("upgrade").filter(|_| head.status() == Some(101)).unwrap_or_default();
    history.is_websocket = turns_to.eq_ignore_ascii_case(b"websocket");
    history.is_http2 = turns_to.eq_ignore_ascii_case(b"h2c");
    out.made_text(RESPONSE_FOR_URI, || asked.target);
}

/// Headers with fields of their own.
const HEADERS: [(&str, FieldId); 24] = [
    ("host", HOST),
    ("user-agent", USER_AGENT),
    ("referer", REFERER),
    ("cookie", COOKIE),
    ("set-cookie", SET_COOKIE),
    ("server", SERVER),
    ("location", LOCATION),
    ("content-type", CONTENT_TYPE),
    ("content-length", CONTENT_LENGTH_HEADER),
    ("content-encoding", CONTENT_ENCODING),
    ("transfer-encoding", TRANSFER_ENCODING),
    ("connection", CONNECTION),
    ("upgrade", UPGRADE),
    ("accept", ACCEPT),
    ("accept-encoding", ACCEPT_ENCODING),
    ("accept-language", ACCEPT_LANGUAGE),
    ("authorization", AUTHORIZATION),
    ("proxy-authorization", PROXY_AUTHORIZATION),
    ("proxy-authenticate", PROXY_AUTHENTICATE),
    ("www-authenticate", WWW_AUTHENTICATE),
    ("x-forwarded-for", X_FORWARDED_FOR),
    ("cache-control", CACHE_CONTROL),
    ("date", DATE),
    ("last-modified", LAST_MODIFIED),
];

fn header_lines<'a>(head: &Head<'a>, line_field: FieldId, out: &mut Out<'_, '_, 'a>) {
    for line in &head.lines {
        out.text(line_field, Some(line));
        let Some((name, value)) = split(line) else { continue };
        let known = HEADERS.iter().find(|(known, _)| name.eq_ignore_ascii_case(known.as_bytes()));
        let Some((_, id)) = known else { continue };
        out.text(*id, Some(value));
        match *id {
            CONTENT_LENGTH_HEADER => {
                let number = std::str::from_utf8(value).ok().and_then(|text| text.parse::<u64>().ok());
                out.number(CONTENT_LENGTH, number);
            }
            COOKIE => cookies(value, out),
            AUTHORIZATION | PROXY_AUTHORIZATION => {
                credentials(value, out);
                negotiation(value, out);
            }
            WWW_AUTHENTICATE | PROXY_AUTHENTICATE => negotiation(value, out),
            _ => {}
        }
    }
}

fn cookies<'a>(value: &'a [u8], out: &mut Out<'_, '_, 'a>) {
    for pair in value.split(|byte| *byte == b';') {
        out.text(COOKIE_PAIR, Some(pair.trim_ascii_start()));
    }
}

/// Name and password of the Basic scheme (RFC 7617).
fn credentials(value: &[u8], out: &mut Out<'_, '_, '_>) {
    let Some(encoded) = value.strip_prefix(b"Basic ") else { return };
    let decoded = base64::prelude::BASE64_STANDARD.decode(encoded).ok();
    out.made_text(AUTHBASIC, || decoded.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()));
}

/// A token of GSS-API (RFC 4559).
fn negotiation(value: &[u8], out: &mut Out<'_, '_, '_>) {
    let schemes: [&[u8]; 2] = [b"Negotiate ", b"Kerberos "];
    let Some(encoded) = schemes.iter().find_map(|scheme| value.strip_prefix(*scheme)) else { return };
    if let Ok(token) = base64::prelude::BASE64_STANDARD.decode(encoded.trim_ascii()) {
        out.owned(|out| super::spnego::extract(Bytes(&token), out));
    }
}

/// What a message carries, without the encodings of its transfer and content.
fn body<'a>(head: &Head<'a>, body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    if body.len() == 0 {
        return;
    }
    let mut bytes = Cow::Borrowed(body.0);
    if head.is_chunked() {
        bytes = Cow::Owned(chunks(body, out));
    }
    let encoding = head.value("content-encoding").unwrap_or_default();
    if let Some(plain) = decompressed(encoding, &bytes) {
        bytes = Cow::Owned(plain);
    }
    if bytes.is_empty() {
        return;
    }
    let content_type = head.value("content-type").unwrap_or_default();
    match bytes {
        Cow::Borrowed(bytes) => content(content_type, Bytes(bytes), out),
        Cow::Owned(bytes) => out.owned(|out| content(content_type, Bytes(&bytes), out)),
    }
}

fn content<'a>(content_type: &[u8], bytes: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let text = bytes.0.split(|byte| *byte == 0).next();
    out.text(FILE_DATA, text);
    data::media(content_type, bytes, out);
}

/// Says what each chunk is; the data of all of them.
fn chunks<'a>(body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) -> Vec<u8> {
    let (mut all, mut at) = (Vec::new(), 0);
    while let Some((size, data_at)) = chunk(body.0, at) {
        out.count(CHUNK_SIZE, size);
        if size > 0 {
            let data = body.part(data_at, size).0;
            out.bytes(CHUNK_DATA, Some(data));
            all.extend_from_slice(data);
        }
        if size == 0 {
            break;
        }
        let boundary_at = data_at.saturating_add(size);
        out.bytes(CHUNK_BOUNDARY, body.slice(boundary_at, 2));
        at = boundary_at.saturating_add(2);
    }
    all
}

/// The most that a body may unpack to.
const MOST_BODY_BYTES: u64 = 8 << 20;

/// Deflate itself reaches about a thousand.
const MOST_RATIO: u64 = 1100;

fn decompressed(encoding: &[u8], bytes: &[u8]) -> Option<Vec<u8>> {
    let compression = match encoding {
        b"gzip" | b"x-gzip" => Compression::Gzip,
        b"deflate" => Compression::Zlib,
        _ => return None,
    };
    let caps = Caps {
        output_bytes: MOST_BODY_BYTES,
        ratio: MOST_RATIO,
    };
    let mut plain = Vec::new();
    let mut decoder = CappedDecoder::new(compression, bytes, caps).ok()?;
    decoder.read_to_end(&mut plain).ok()?;
    Some(plain)
}
