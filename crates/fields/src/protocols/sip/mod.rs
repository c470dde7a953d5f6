//! Session Initiation Protocol.

mod address;
mod description;

use crate::FieldId;
use crate::declare::fields;
use crate::extract::lines::word;
use crate::extract::{Bytes, Context, Out, services};

fields! {
    level Applications;
    PROTOCOL: "sip", protocol, "Session Initiation Protocol";
    REQUEST_LINE: "sip.Request-Line", text, "Request-Line";
    METHOD: "sip.Method", text, "Method";
    R_URI: "sip.r-uri", text, "Request-URI";
    R_URI_USER: "sip.r-uri.user", text, "Request-URI User Part";
    R_URI_HOST: "sip.r-uri.host", text, "Request-URI Host Part";
    R_URI_PORT: "sip.r-uri.port", text, "Request-URI Host Port";
    STATUS_LINE: "sip.Status-Line", text, "Status-Line";
    STATUS_CODE: "sip.Status-Code", u32, "Status-Code";
    MSG_HDR: "sip.msg_hdr", text, "Message Header";
    MSG_BODY: "sip.msg_body", none, "Message Body";
    FROM: "sip.From", text, "From";
    FROM_DISPLAY_INFO: "sip.from.display.info", text, "SIP from display info";
    FROM_ADDR: "sip.from.addr", text, "SIP from address";
    FROM_USER: "sip.from.user", text, "SIP from address User Part";
    FROM_HOST: "sip.from.host", text, "SIP from address Host Part";
    FROM_PORT: "sip.from.port", text, "SIP from address Host Port";
    FROM_TAG: "sip.from.tag", text, "SIP from tag";
    TO: "sip.To", text, "To";
    TO_DISPLAY_INFO: "sip.to.display.info", text, "SIP to display info";
    TO_ADDR: "sip.to.addr", text, "SIP to address";
    TO_USER: "sip.to.user", text, "SIP to address User Part";
    TO_HOST: "sip.to.host", text, "SIP to address Host Part";
    TO_PORT: "sip.to.port", text, "SIP to address Host Port";
    TO_TAG: "sip.to.tag", text, "SIP to tag";
    DISPLAY_INFO: "sip.display.info", text, "SIP Display info";
    TAG: "sip.tag", text, "SIP tag";
    CONTACT: "sip.Contact", text, "Contact";
    CONTACT_URI: "sip.contact.uri", text, "Contact URI";
    CONTACT_USER: "sip.contact.user", text, "Contact URI User Part";
    CONTACT_HOST: "sip.contact.host", text, "Contact URI Host Part";
    CONTACT_PORT: "sip.contact.port", text, "Contact URI Host Port";
    CONTACT_PARAM: "sip.contact.param", text, "Contact URI parameter";
    CONTACT_PARAMETER: "sip.contact.parameter", text, "Contact parameter";
    CALL_ID: "sip.Call-ID", text, "Call-ID";
    CSEQ: "sip.CSeq", text, "CSeq";
    CSEQ_SEQ: "sip.CSeq.seq", u32, "Sequence Number";
    CSEQ_METHOD: "sip.CSeq.method", text, "Method";
    VIA: "sip.Via", text, "Via";
    VIA_TRANSPORT: "sip.Via.transport", text, "Transport";
    VIA_SENT_BY_ADDRESS: "sip.Via.sent-by.address", text, "Sent-by Address";
    VIA_SENT_BY_PORT: "sip.Via.sent-by.port", u16, "Sent-by port";
    VIA_BRANCH: "sip.Via.branch", text, "Branch";
    VIA_RPORT: "sip.Via.rport", text, "RPort";
    VIA_RECEIVED: "sip.Via.received", text, "Received";
    USER_AGENT: "sip.User-Agent", text, "User-Agent";
    SERVER: "sip.Server", text, "Server";
    ACCEPT: "sip.Accept", text, "Accept";
    ALLOW: "sip.Allow", text, "Allow";
    SUPPORTED: "sip.Supported", text, "Supported";
    EVENT: "sip.Event", text, "Event";
    DATE: "sip.Date", text, "Date";
    CONTENT_TYPE: "sip.Content-Type", text, "Content-Type";
    CONTENT_LENGTH: "sip.Content-Length", u32, "Content-Length";
    EXPIRES: "sip.Expires", u32, "Expires";
    MAX_FORWARDS: "sip.Max-Forwards", u32, "Max-Forwards";
    AUTHORIZATION: "sip.Authorization", text, "Authorization";
    WWW_AUTHENTICATE: "sip.WWW-Authenticate", text, "WWW-Authenticate";
    PROXY_AUTHENTICATE: "sip.Proxy-Authenticate", text, "Proxy-Authenticate";
    PROXY_AUTHORIZATION: "sip.Proxy-Authorization", text, "Proxy-Authorization";
    AUTH: "sip.auth", text, "Authentication";
    AUTH_SCHEME: "sip.auth.scheme", text, "Authentication Scheme";
    AUTH_DIGEST_RESPONSE: "sip.auth.digest.response", text, "Digest Authentication Response";
    AUTH_USERNAME: "sip.auth.username", text, "Username";
    AUTH_REALM: "sip.auth.realm", text, "Realm";
    AUTH_NONCE: "sip.auth.nonce", text, "Nonce Value";
    AUTH_ALGORITHM: "sip.auth.algorithm", text, "Algorithm";
    AUTH_URI: "sip.auth.uri", text, "Authentication URI";
    SDP: "sdp", protocol, "Session Description Protocol";
    SDP_VERSION: "sdp.version", text, "Session Description Protocol Version (v)";
    SDP_OWNER: "sdp.owner", text, "Owner/Creator, Session Id (o)";
    SDP_OWNER_USERNAME: "sdp.owner.username", text, "Owner Username";
    SDP_OWNER_SESSIONID: "sdp.owner.sessionid", text, "Session ID";
    SDP_OWNER_VERSION: "sdp.owner.version", text, "Session Version";
    SDP_OWNER_NETWORK_TYPE: "sdp.owner.network_type", text, "Owner Network Type";
    SDP_OWNER_ADDRESS_TYPE: "sdp.owner.address_type", text, "Owner Address Type";
    SDP_OWNER_ADDRESS: "sdp.owner.address", text, "Owner Address";
    SDP_SESSION_NAME: "sdp.session_name", text, "Session Name (s)";
    SDP_CONNECTION_INFO: "sdp.connection_info", text, "Connection Information (c)";
    SDP_CONNECTION_NETWORK_TYPE: "sdp.connection_info.network_type", text, "Connection Network Type";
    SDP_CONNECTION_ADDRESS_TYPE: "sdp.connection_info.address_type", text, "Connection Address Type";
    SDP_CONNECTION_ADDRESS: "sdp.connection_info.address", text, "Connection Address";
    SDP_TIME: "sdp.time", text, "Time Description, active time (t)";
    SDP_TIME_START: "sdp.time.start", text, "Session Start Time";
    SDP_TIME_STOP: "sdp.time.stop", text, "Session Stop Time";
    SDP_MEDIA: "sdp.media", text, "Media Description, name and address (m)";
    SDP_MEDIA_MEDIA: "sdp.media.media", text, "Media Type";
    SDP_MEDIA_PORT: "sdp.media.port", u16, "Media Port";
    SDP_MEDIA_PROTO: "sdp.media.proto", text, "Media Protocol";
    SDP_MEDIA_FORMAT: "sdp.media.format", text, "Media Format";
    SDP_MIME_TYPE: "sdp.mime.type", text, "MIME Type";
    SDP_SAMPLE_RATE: "sdp.sample_rate", text, "Sample Rate";
    SDP_FMTP_PARAMETER: "sdp.fmtp.parameter", text, "Media format specific parameters";
    SDP_MEDIA_ATTR: "sdp.media_attr", text, "Media Attribute (a)";
    SDP_MEDIA_ATTRIBUTE_FIELD: "sdp.media_attribute.field", text, "Media Attribute Fieldname";
    SDP_MEDIA_ATTRIBUTE_VALUE: "sdp.media_attribute.value", text, "Media Attribute Value";
}

/// The fields of the message that `message` is (RFC 3261 7).
pub(crate) fn extract<'a>(message: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    let end = message.0.windows(4).position(|end| end == b"\r\n\r\n").map_or(message.len(), |at| at + 4);
    let mut all = message.part(0, end).0.split_inclusive(|byte| *byte == b'\n');
    let first = all.next().map(<[u8]>::trim_ascii_end).unwrap_or_default();
    // Clients send line ends alone to keep their way open (RFC 5626 4.4.1).
    if !is_first_line(first) {
        return services::unknown(message, out);
    }
    out.protocol(PROTOCOL, message.0);
    first_line(first, out);
    out.text(MSG_HDR, message.0.get(first.len() + 2..));
    all.for_each(|line| header(line, out));
    let body = message.from(end);
    if body.len() > 0 {
        out.present(MSG_BODY);
    }
    if body.0.starts_with(b"v=0") {
        description::extract(body, context, out);
    }
}

/// A request ends with the version, an answer begins with it.
fn is_first_line(line: &[u8]) -> bool {
    let last = line.rsplit(|byte| *byte == b' ').next().unwrap_or_default();
    line.starts_with(b"SIP/") || last.starts_with(b"SIP/")
}

fn first_line<'a>(line: &'a [u8], out: &mut Out<'_, '_, 'a>) {
    let (first, rest) = word(line);
    if first.starts_with(b"SIP/") {
        out.text(STATUS_LINE, Some(line));
        out.number(STATUS_CODE, rest.and_then(|rest| number(word(rest).0)));
        return;
    }
    out.text(REQUEST_LINE, Some(line));
    out.text(METHOD, Some(first));
    let Some(uri) = rest.map(|rest| word(rest).0) else { return };
    address::uri(uri, &[Some(R_URI), Some(R_URI_USER), Some(R_URI_HOST), Some(R_URI_PORT), None], out);
}

/// A decimal number at the beginning.
fn number(text: &[u8]) -> Option<u32> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// Headers whose text is all that is told of them; compact forms: RFC 3261 7.3.3.
const PLAIN: [(&[u8], FieldId); 9] = [
    (b"call-id", CALL_ID),
    (b"i", CALL_ID),
    (b"user-agent", USER_AGENT),
    (b"server", SERVER),
    (b"accept", ACCEPT),
    (b"allow", ALLOW),
    (b"date", DATE),
    (b"content-type", CONTENT_TYPE),
    (b"c", CONTENT_TYPE),
];
const PLAIN_LISTS: [(&[u8], FieldId); 4] =
    [(b"supported", SUPPORTED), (b"k", SUPPORTED), (b"event", EVENT), (b"o", EVENT)];
/// Headers that are numbers.
const NUMBERS: [(&[u8], FieldId); 4] = [
    (b"content-length", CONTENT_LENGTH),
    (b"l", CONTENT_LENGTH),
    (b"expires", EXPIRES),
    (b"max-forwards", MAX_FORWARDS),
];
/// Headers by which the ends prove who they are.
const PROOFS: [(&[u8], FieldId); 4] = [
    (b"authorization", AUTHORIZATION),
    (b"www-authenticate", WWW_AUTHENTICATE),
    (b"proxy-authenticate", PROXY_AUTHENTICATE),
    (b"proxy-authorization", PROXY_AUTHORIZATION),
];

fn header<'a>(line: &'a [u8], out: &mut Out<'_, '_, 'a>) {
    let Some(colon) = line.iter().position(|byte| *byte == b':') else { return };
    let (name, value) = (line.get(..colon).unwrap_or_default(), line.get(colon + 1..).unwrap_or_default().trim_ascii());
    let name = name.to_ascii_lowercase();
    let of = |table: &[(&[u8], FieldId)]| table.iter().find(|(known, _)| *known == name).map(|(_, id)| *id);
    if let Some(id) = of(&PLAIN).or_else(|| of(&PLAIN_LISTS)) {
        return out.text(id, Some(value));
    }
    if let Some(id) = of(&NUMBERS) {
        return out.number(id, number(value));
    }
    if let Some(id) = of(&PROOFS) {
        out.text(id, Some(value));
        out.text(AUTH, Some(line));
        return proof(value, out);
    }
    parts(&name, value, out);
}

fn parts<'a>(name: &[u8], value: &'a [u8], out: &mut Out<'_, '_, 'a>) {
    match name {
        b"from" | b"f" => {
            out.text(FROM, Some(value));
            address::party(value, &address::FROM, out);
        }
        b"to" | b"t" => {
            out.text(TO, Some(value));
            address::party(value, &address::TO, out);
        }
        b"contact" | b"m" => {
            out.text(CONTACT, Some(value));
            address::contact(value, out);
        }
        b"cseq" => {
            out.text(CSEQ, Some(value));
            let (count, method) = word(value);
            out.number(CSEQ_SEQ, number(count));
            out.text(CSEQ_METHOD, method);
        }
        b"via" | b"v" => {
            out.text(VIA, Some(value));
            address::via(value, out);
        }
        _ => {}
    }
}

/// RFC 7616 3.3, 3.4: the scheme, then parameters.
fn proof<'a>(value: &'a [u8], out: &mut Out<'_, '_, 'a>) {
    let (scheme, parameters) = word(value);
    out.text(AUTH_SCHEME, Some(scheme));
    for parameter in parameters.unwrap_or_default().split(|byte| *byte == b',') {
        let parameter = parameter.trim_ascii();
        let Some(equals) = parameter.iter().position(|byte| *byte == b'=') else { continue };
        let id = match parameter.get(..equals).unwrap_or_default() {
            b"username" => AUTH_USERNAME,
            b"realm" => AUTH_REALM,
            b"nonce" => AUTH_NONCE,
            b"uri" => AUTH_URI,
            b"response" => AUTH_DIGEST_RESPONSE,
            b"algorithm" => AUTH_ALGORITHM,
            _ => continue,
        };
        out.text(id, parameter.get(equals + 1..));
    }
}
