//! Trivial File Transfer Protocol.

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "tftp", protocol, "Trivial File Transfer Protocol";
    OPCODE: "tftp.opcode", u16, "Opcode" labels "tftp-opcode";
    SOURCE_FILE: "tftp.source_file", text, "Source File";
    DESTINATION_FILE: "tftp.destination_file", text, "Destination File";
    TYPE: "tftp.type", text, "Type";
    BLOCK: "tftp.block", u16, "Block";
    ERROR_CODE: "tftp.error.code", u16, "Error code" labels "tftp-error";
}

/// The fields of the packet that `packet` is (RFC 1350 5).
pub(crate) fn extract<'a>(packet: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, packet.0);
    out.layout(packet, &[Place::at(OPCODE, 0, 2)]);
    match packet.u16(0) {
        Some(kind @ (1 | 2)) => {
            let mut texts = packet.from(2).0.split(|byte| *byte == 0);
            out.text(if kind == 1 { SOURCE_FILE } else { DESTINATION_FILE }, texts.next());
            out.text(TYPE, texts.next());
        }
        Some(3 | 4) => out.layout(packet, &[Place::at(BLOCK, 2, 2)]),
        Some(5) => out.layout(packet, &[Place::at(ERROR_CODE, 2, 2)]),
        _ => {}
    }
}
