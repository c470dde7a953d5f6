//! Ethernet (IEEE 802.3).

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL_VALUE: "eth", protocol, "Ethernet";
    DST: "eth.dst", ethernet, "Destination";
    SRC: "eth.src", ethernet, "Source";
    ADDR: "eth.addr", ethernet, "Address";
    TYPE: "eth.type", x16, "Type";
    LEN: "eth.len", u16, "Length";
    LG: "eth.lg", boolean, "LG bit";
    IG: "eth.ig", boolean, "IG bit";
    DST_LG: "eth.dst.lg", boolean, "LG bit";
    DST_IG: "eth.dst.ig", boolean, "IG bit";
    SRC_LG: "eth.src.lg", boolean, "LG bit";
    SRC_IG: "eth.src.ig", boolean, "IG bit";
    DST_OUI: "eth.dst.oui", u24, "Destination OUI";
    SRC_OUI: "eth.src.oui", u24, "Source OUI";
    ADDR_OUI: "eth.addr.oui", u24, "Address OUI";
    PADDING: "eth.padding", bytes, "Padding";
    TRAILER: "eth.trailer", bytes, "Trailer";
    FCS: "eth.fcs", x32, "Frame check sequence";
}
