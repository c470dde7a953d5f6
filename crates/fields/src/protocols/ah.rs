//! IP Authentication Header (RFC 4302).

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL_VALUE: "ah", protocol, "Authentication Header";
    NEXT_HEADER: "ah.next_header", u8, "Next header";
    LENGTH: "ah.length", u8, "Length";
    SPI: "ah.spi", x32, "AH SPI";
    SEQUENCE: "ah.sequence", u32, "AH Sequence";
    ICV: "ah.icv", bytes, "AH ICV";
}
