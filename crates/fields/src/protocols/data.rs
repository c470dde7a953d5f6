//! What no protocol claims, and the media types of bodies.

use crate::declare::fields;
use crate::extract::{Bytes, Out};

fields! {
    level Applications;
    PROTOCOL: "data", protocol, "Data";
    DATA: "data.data", bytes, "Data";
    LEN: "data.len", i32, "Length";
    TEXT: "data.text", text, "Text";
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
    JSON_KEY: "json.key", text, "Key";
    JSON_VALUE_STRING: "json.value.string", text, "String value";
    OCSP: "ocsp", protocol, "Online Certificate Status Protocol";
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
