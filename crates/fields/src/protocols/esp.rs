//! IP Encapsulating Security Payload (RFC 4303).

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL_VALUE: "esp", protocol, "Encapsulating Security Payload";
    SPI: "esp.spi", x32, "ESP SPI";
    SEQUENCE: "esp.sequence", u32, "ESP Sequence";
}
