//! WebSocket (RFC 6455).

use crate::declare::fields;
use std::borrow::Cow;

use crate::Value;
use crate::extract::{Bytes, Context, Length, Out, Place};

fields! {
    level Applications;
    PROTOCOL: "websocket", protocol, "WebSocket";
    FIN: "websocket.fin", boolean, "Fin";
    OPCODE: "websocket.opcode", u8, "Opcode" labels "websocket-opcode";
    MASK: "websocket.mask", boolean, "Mask";
    PAYLOAD_LENGTH: "websocket.payload_length", u8, "Payload length";
    MASKING_KEY: "websocket.masking_key", bytes, "Masking-Key";
    PAYLOAD: "websocket.payload", none, "Payload";
    PAYLOAD_TEXT: "websocket.payload.text", text, "Text";
}

const TEXT: u8 = 1;

/// Bytes of the header and of the payload (RFC 6455 5.2).
fn sizes(frame: Bytes<'_>) -> Option<(usize, usize)> {
    let second = frame.u8(1)?;
    let key = if second & 0x80 == 0 { 0 } else { 4 };
    let (at, payload) = match second & 0x7f {
        126 => (4, frame.length(2, 2)?),
        127 => (10, frame.length(2, 8)?),
        short => (2, short.into()),
    };
    Some((at + key, payload))
}

/// How long the frame is that `bytes` begins with.
pub(crate) fn length(bytes: &[u8]) -> Length {
    match sizes(Bytes(bytes)) {
        Some((header, payload)) => Length::Known(header.saturating_add(payload)),
        None => Length::OneMoreSegment,
    }
}

/// The fields of the frame that `frame` is.
pub(crate) fn extract<'a>(frame: Bytes<'a>, _: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, frame.0);
    out.layout(
        frame,
        &[
            Place::bits(FIN, 0, 1, 0x80),
            Place::bits(OPCODE, 0, 1, 0x0f),
            Place::bits(MASK, 1, 1, 0x80),
            Place::bits(PAYLOAD_LENGTH, 1, 1, 0x7f),
        ],
    );
    let Some((header, payload)) = sizes(frame) else { return };
    let is_masked = frame.u8(1).is_some_and(|second| second & 0x80 != 0);
    let key = frame.slice(header.saturating_sub(4), 4).filter(|_| is_masked);
    out.bytes(MASKING_KEY, key);
    let data = frame.part(header, payload).0;
    if payload == 0 {
        return;
    }
    out.present(PAYLOAD);
    if frame.u8(0).is_some_and(|first| first & 0x0f == TEXT) && out.wants(PAYLOAD_TEXT) {
        let key = key.unwrap_or(&[0; 4]).iter().cycle();
        let plain: Vec<u8> = data.iter().zip(key).map(|(byte, key)| byte ^ key).collect();
        let text = String::from_utf8_lossy(&plain).into_owned();
        out.put(PAYLOAD_TEXT, Some(Value::Text(Cow::Owned(text))));
    }
}
