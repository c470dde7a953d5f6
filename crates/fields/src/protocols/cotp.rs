//! ISO 8073/X.224 COTP Connection-Oriented Transport Protocol.

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "cotp", protocol, "ISO 8073/X.224 COTP Connection-Oriented Transport Protocol";
    LI: "cotp.li", u8, "Length";
    TYPE: "cotp.type", x8, "PDU Type";
    DESTREF: "cotp.destref", x16, "Destination reference";
    SRCREF: "cotp.srcref", x16, "Source reference";
    CLASS: "cotp.class", u8, "Class";
    EOT: "cotp.eot", boolean, "Last data unit";
}
