//! HTTP/2 (RFC 9113).

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "http2", protocol, "HyperText Transfer Protocol 2";
    MAGIC: "http2.magic", text, "Magic";
    STREAM: "http2.stream", none, "Stream";
    LENGTH: "http2.length", u24, "Length";
    TYPE: "http2.type", u8, "Type";
    FLAGS: "http2.flags", x8, "Flags";
    STREAMID: "http2.streamid", u32, "Stream Identifier";
    HEADERS: "http2.headers", bytes, "Header Block Fragment";
    HEADER: "http2.header", none, "Header";
    HEADER_NAME: "http2.header.name", text, "Name";
    HEADER_VALUE: "http2.header.value", text, "Value";
    HEADERS_METHOD: "http2.headers.method", text, ":method";
    HEADERS_PATH: "http2.headers.path", text, ":path";
    HEADERS_AUTHORITY: "http2.headers.authority", text, ":authority";
    HEADERS_SCHEME: "http2.headers.scheme", text, ":scheme";
    HEADERS_STATUS: "http2.headers.status", u16, ":status";
    HEADERS_USER_AGENT: "http2.headers.user_agent", text, "user-agent";
    HEADERS_CONTENT_TYPE: "http2.headers.content_type", text, "content-type";
    SETTINGS: "http2.settings", none, "Settings";
    SETTINGS_ID: "http2.settings.id", u16, "Settings Identifier";
    WINDOW_UPDATE_WINDOW_SIZE_INCREMENT: "http2.window_update.window_size_increment", u32, "Window Size Increment";
    RST_STREAM_ERROR: "http2.rst_stream.error", u32, "Error";
    GOAWAY_ERROR: "http2.goaway.error", u32, "Error";
    DATA_DATA: "http2.data.data", bytes, "Data";
    HTTP3: "http3", protocol, "Hypertext Transfer Protocol Version 3";
}
