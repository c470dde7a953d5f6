//! Tabular Data Stream.

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "tds", protocol, "Tabular Data Stream";
    TYPE: "tds.type", u8, "Type";
    STATUS: "tds.status", x8, "Status";
    LENGTH: "tds.length", u16, "Length";
    CHANNEL: "tds.channel", u16, "Channel";
    PACKET_NUMBER: "tds.packet_number", u8, "Packet Number";
    WINDOW: "tds.window", u8, "Window";
}
