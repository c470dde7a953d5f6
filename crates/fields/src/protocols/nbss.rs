//! NetBIOS Session Service.

use crate::declare::fields;
use crate::extract::{Bytes, Context, Length, Out, Place, services};
use crate::protocols::{nbns, smb, smb2};

fields! {
    level Applications;
    PROTOCOL: "nbss", protocol, "NetBIOS Session Service";
    TYPE: "nbss.type", x8, "Message Type" labels "nbss-type";
    LENGTH: "nbss.length", u24, "Length";
    CALLED_NAME: "nbss.called_name", text, "Called name";
    CALLING_NAME: "nbss.calling_name", text, "Calling name";
}

/// Bytes of the header (RFC 1002 4.3.1).
const HEADER_BYTES: usize = 4;
/// The type of messages that carry something.
const SESSION_MESSAGE: u8 = 0;
const SESSION_REQUEST: u8 = 0x81;

/// How long the message is that `bytes` begins with.
pub(crate) fn length(bytes: &[u8]) -> Length {
    services::behind(bytes, 1, 3, HEADER_BYTES)
}

/// Whether a stream begins with SMB behind this header.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    matches!(bytes, [SESSION_MESSAGE, _, _, _, 0xfd..=0xff, b'S', b'M', b'B', ..])
}

/// The fields of the message that `message` is.
pub(crate) fn extract<'a>(message: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    out.layout(message, &[Place::at(TYPE, 0, 1), Place::at(LENGTH, 1, 3)]);
    match message.u8(0) {
        Some(SESSION_MESSAGE) => session(message.from(HEADER_BYTES), context, out),
        Some(SESSION_REQUEST) => {
            let name = |at| nbns::decoded(message.slice(at, 32)?);
            out.made_text(CALLED_NAME, || name(5));
            out.made_text(CALLING_NAME, || name(39));
        }
        _ => {}
    }
}

fn session<'a>(message: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    match message.slice(0, 4) {
        Some([0xff, b'S', b'M', b'B']) => smb::extract(message, out),
        Some([0xfc..=0xfe, b'S', b'M', b'B']) => smb2::extract(message, context, out),
        _ => {}
    }
}

/// A datagram of NetBIOS, which may carry SMB.
pub(crate) fn datagram<'a>(message: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    if let Some(carried) = nbns::datagram(message, out) {
        session(carried, context, out);
    }
}
