//! Session Initiation Protocol.

use crate::declare::fields;
use crate::extract::lines::{lines, word};
use crate::extract::{Bytes, Context, Out};

fields! {
    level Applications;
    PROTOCOL: "sip", protocol, "Session Initiation Protocol";
    REQUEST_LINE: "sip.Request-Line", text, "Request-Line";
    METHOD: "sip.Method", text, "Method";
    R_URI: "sip.r-uri", text, "Request-URI";
    R_URI_HOST: "sip.r-uri.host", text, "Request-URI Host Part";
    STATUS_LINE: "sip.Status-Line", text, "Status-Line";
    STATUS_CODE: "sip.Status-Code", u32, "Status-Code";
    MSG_HDR: "sip.msg_hdr", text, "Message Header";
    FROM: "sip.From", text, "From";
    TO: "sip.To", text, "To";
    CALL_ID: "sip.Call-ID", text, "Call-ID";
    CSEQ: "sip.CSeq", text, "CSeq";
    CSEQ_METHOD: "sip.CSeq.method", text, "Method";
    VIA: "sip.Via", text, "Via";
    USER_AGENT: "sip.User-Agent", text, "User-Agent";
    CONTACT: "sip.Contact", text, "Contact";
    FROM_USER: "sip.from.user", text, "SIP from address User Part";
    TO_USER: "sip.to.user", text, "SIP to address User Part";
    SDP: "sdp", protocol, "Session Description Protocol";
    SDP_VERSION: "sdp.version", text, "Session Description Protocol Version (v)";
    SDP_OWNER: "sdp.owner", text, "Owner/Creator, Session Id (o)";
    SDP_CONNECTION_INFO: "sdp.connection_info", text, "Connection Information (c)";
    SDP_MEDIA: "sdp.media", text, "Media Description, name and address (m)";
}

/// The fields of the message that `message` is (RFC 3261 7).
pub(crate) fn extract<'a>(message: Bytes<'a>, _: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    let end = message.0.windows(4).position(|end| end == b"\r\n\r\n").map_or(message.len(), |at| at + 4);
    let head = message.part(0, end);
    let mut all = lines(head.0);
    let Some(first) = all.next() else { return };
    first_line(first, out);
    out.text(MSG_HDR, head.0.get(first.len() + 2..));
    all.for_each(|line| header(line, out));
    let body = message.from(end);
    if body.0.starts_with(b"v=0") {
        description(body, out);
    }
}

fn first_line<'a>(line: &'a [u8], out: &mut Out<'_, '_, 'a>) {
    let (first, rest) = word(line);
    if first.starts_with(b"SIP/") {
        out.text(STATUS_LINE, Some(line));
        let code = rest.and_then(|rest| std::str::from_utf8(word(rest).0).ok()?.parse::<u32>().ok());
        out.number(STATUS_CODE, code);
        return;
    }
    out.text(REQUEST_LINE, Some(line));
    out.text(METHOD, Some(first));
    let uri = rest.map(|rest| word(rest).0);
    out.text(R_URI, uri);
    out.text(R_URI_HOST, uri.and_then(host));
}

/// The host of `sip:user@host:port;parameters`.
fn host(uri: &[u8]) -> Option<&[u8]> {
    let after_scheme = uri.splitn(2, |byte| *byte == b':').nth(1)?;
    let after_user = after_scheme.rsplit(|byte| *byte == b'@').next()?;
    after_user.split(|byte| matches!(byte, b':' | b';' | b'>')).next()
}

/// The user of an address in angle brackets or bare.
fn user(address: &[u8]) -> Option<&[u8]> {
    let at = address.windows(4).position(|scheme| scheme == b"sip:")?;
    let rest = address.get(at + 4..)?;
    let end = rest.iter().position(|byte| *byte == b'@')?;
    rest.get(..end)
}

fn header<'a>(line: &'a [u8], out: &mut Out<'_, '_, 'a>) {
    let Some(colon) = line.iter().position(|byte| *byte == b':') else { return };
    let (name, value) = (line.get(..colon).unwrap_or_default(), line.get(colon + 1..).unwrap_or_default().trim_ascii());
    // Compact forms: RFC 3261 7.3.3.
    match name.to_ascii_lowercase().as_slice() {
        b"from" | b"f" => {
            out.text(FROM, Some(value));
            out.text(FROM_USER, user(value));
        }
        b"to" | b"t" => {
            out.text(TO, Some(value));
            out.text(TO_USER, user(value));
        }
        b"call-id" | b"i" => out.text(CALL_ID, Some(value)),
        b"cseq" => {
            out.text(CSEQ, Some(value));
            out.text(CSEQ_METHOD, word(value).1);
        }
        b"via" | b"v" => out.text(VIA, Some(value)),
        b"user-agent" => out.text(USER_AGENT, Some(value)),
        b"contact" | b"m" => out.text(CONTACT, Some(value)),
        _ => {}
    }
}

/// RFC 8866 5.
fn description<'a>(body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(SDP, body.0);
    for line in lines(body.0) {
        let id = match line.first() {
            Some(b'v') => SDP_VERSION,
            Some(b'o') => SDP_OWNER,
            Some(b'c') => SDP_CONNECTION_INFO,
            Some(b'm') => SDP_MEDIA,
            _ => continue,
        };
        out.text(id, line.get(2..));
    }
}
