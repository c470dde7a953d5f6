//! Internet Security Association and Key Management Protocol.

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "isakmp", protocol, "Internet Security Association and Key Management Protocol";
    ISPI: "isakmp.ispi", bytes, "Initiator SPI";
    RSPI: "isakmp.rspi", bytes, "Responder SPI";
    EXCHANGETYPE: "isakmp.exchangetype", u8, "Exchange type";
    VERSION: "isakmp.version", x8, "Version";
    MESSAGEID: "isakmp.messageid", x32, "Message ID";
    LENGTH: "isakmp.length", u32, "Length";
    TYPEPAYLOAD: "isakmp.typepayload", u8, "Payload";
    UDPENCAP: "udpencap", protocol, "UDP Encapsulation of IPsec Packets";
}
