//! Internet Security Association and Key Management Protocol.

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Applications;
    PROTOCOL: "isakmp", protocol, "Internet Security Association and Key Management Protocol";
    ISPI: "isakmp.ispi", bytes, "Initiator SPI";
    RSPI: "isakmp.rspi", bytes, "Responder SPI";
    EXCHANGETYPE: "isakmp.exchangetype", u8, "Exchange type" labels "isakmp-exchange";
    VERSION: "isakmp.version", x8, "Version";
    MESSAGEID: "isakmp.messageid", x32, "Message ID";
    LENGTH: "isakmp.length", u32, "Length";
}

/// RFC 7296 3.1.
const LAYOUT: &[Place] = &[
    Place::at(ISPI, 0, 8),
    Place::at(RSPI, 8, 8),
    Place::at(VERSION, 17, 1),
    Place::at(EXCHANGETYPE, 18, 1),
    Place::at(MESSAGEID, 20, 4),
    Place::at(LENGTH, 24, 4),
];

/// The fields of the message that `message` is.
pub(crate) fn extract<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    out.layout(message, LAYOUT);
}
