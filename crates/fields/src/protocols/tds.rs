//! Tabular Data Stream.

use whotalks_wire::app::database::tds::bytes_before_handshake;

use super::tls;
use crate::declare::fields;
use crate::extract::{Bytes, Context, Length, Out, Place};

fields! {
    level Applications;
    PROTOCOL: "tds", protocol, "Tabular Data Stream";
    TYPE: "tds.type", u8, "Type" labels "tds-type";
    STATUS: "tds.status", x8, "Status";
    LENGTH: "tds.length", u16, "Length";
    CHANNEL: "tds.channel", u16, "Channel";
    PACKET_NUMBER: "tds.packet_number", u8, "Packet Number";
    WINDOW: "tds.window", u8, "Window";
}

/// MS-TDS 2.2.3.1.
const LAYOUT: &[Place] = &[
    Place::at(TYPE, 0, 1),
    Place::at(STATUS, 1, 1),
    Place::at(LENGTH, 2, 2),
    Place::at(CHANNEL, 4, 2),
    Place::at(PACKET_NUMBER, 6, 1),
    Place::at(WINDOW, 7, 1),
];

/// How long the packet is that `bytes` begins with.
pub(crate) fn length(bytes: &[u8]) -> Length {
    match Bytes(bytes).length(2, 2) {
        Some(length) if length < 8 => Length::Unframed,
        Some(length) => Length::Known(length),
        None => Length::OneMoreSegment,
    }
}

/// The fields of the packet that `packet` is.
pub(crate) fn extract<'a>(packet: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, packet.0);
    out.layout(packet, LAYOUT);
    if let Some(header_bytes) = bytes_before_handshake(packet.0) {
        tls::extract(packet.from(header_bytes), context, out);
    }
}
