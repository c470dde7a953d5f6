//! Trivial File Transfer Protocol.

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL: "tftp", protocol, "Trivial File Transfer Protocol";
    OPCODE: "tftp.opcode", u16, "Opcode";
    SOURCE_FILE: "tftp.source_file", text, "Source File";
    DESTINATION_FILE: "tftp.destination_file", text, "Destination File";
    TYPE: "tftp.type", text, "Type";
    BLOCK: "tftp.block", u16, "Block";
    ERROR_CODE: "tftp.error.code", u16, "Error code";
}
