//! What no protocol claims, and the media types of bodies.

use crate::declare::fields;
use crate::extract::{Bytes, Out};
use crate::protocols::ocsp;

fields! {
    level Applications;
    PROTOCOL: "data", protocol, "Data";
    DATA: "data.data", bytes, "Data";
    LEN: "data.len", i32, "Length";
    DATA_TEXT_LINES: "data-text-lines", protocol, "Line-based text data";
    JSON: "json", protocol, "JavaScript Object Notation";
    XML: "xml", protocol, "eXtensible Markup Language";
    MEDIA: "media", protocol, "Media Type";
    URLENCODED_FORM: "urlencoded-form", protocol, "HTML Form URL Encoded";
    URLENCODED_FORM_KEY: "urlencoded-form.key", text, "Key";
    URLENCODED_FORM_VALUE: "urlencoded-form.value", text, "Value";
    IMAGE_GIF: "image-gif", protocol, "Compuserve GIF";
    IMAGE_JFIF: "image-jfif", protocol, "JPEG File Interchange Format";
    PNG: "png", protocol, "Portable Network Graphics";
    MIME_MULTIPART: "mime_multipart", protocol, "MIME Multipart Media Encapsulation";
}

/// Bytes that no protocol claims.
pub(crate) fn extract<'a>(bytes: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    if bytes.len() == 0 {
        return;
    }
    out.protocol(PROTOCOL, bytes.0);
    out.bytes(DATA, Some(bytes.0));
    out.count(LEN, bytes.len());
}

/// The body of a message of that media type, as Wireshark gives it to a dissector.
pub(crate) fn media<'a>(content_type: &[u8], bytes: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let essence = content_type.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
    let essence = essence.to_ascii_lowercase();
    let known = MEDIA_TYPES.iter().find(|(name, _)| essence == name.as_bytes());
    match (known, essence.as_slice()) {
        (Some((_, id)), _) => out.protocol(*id, bytes.0),
        (None, []) => extract(bytes, out),
        (None, b"application/ocsp-request") => ocsp::request(bytes, out),
        (None, b"application/ocsp-response") => ocsp::response(bytes, out),
        (None, other) if other.starts_with(b"multipart/") => out.protocol(MIME_MULTIPART, bytes.0),
        (None, other) if other.starts_with(b"text/") => out.protocol(DATA_TEXT_LINES, bytes.0),
        (None, other) if other.ends_with(b"+xml") => out.protocol(XML, bytes.0),
        (None, _) => out.protocol(MEDIA, bytes.0),
    }
    if essence == b"application/x-www-form-urlencoded" {
        form(bytes, out);
    }
}

/// Types with a protocol of their own.
const MEDIA_TYPES: [(&str, crate::FieldId); 17] = [
    ("text/html", DATA_TEXT_LINES),
    ("text/plain", DATA_TEXT_LINES),
    ("text/css", DATA_TEXT_LINES),
    ("text/javascript", DATA_TEXT_LINES),
    ("application/javascript", DATA_TEXT_LINES),
    ("application/x-javascript", DATA_TEXT_LINES),
    ("application/x-ns-proxy-autoconfig", DATA_TEXT_LINES),
    ("text/xml", XML),
    ("application/xml", XML),
    ("application/soap+xml", XML),
    ("application/xhtml+xml", XML),
    ("application/json", JSON),
    ("image/gif", IMAGE_GIF),
    ("image/jpeg", IMAGE_JFIF),
    ("image/jpg", IMAGE_JFIF),
    ("image/png", PNG),
    ("application/x-www-form-urlencoded", URLENCODED_FORM),
];

fn form<'a>(bytes: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    for pair in bytes.0.split(|byte| *byte == b'&') {
        let mut parts = pair.splitn(2, |byte| *byte == b'=');
        out.text(URLENCODED_FORM_KEY, parts.next());
        out.text(URLENCODED_FORM_VALUE, parts.next());
    }
}
