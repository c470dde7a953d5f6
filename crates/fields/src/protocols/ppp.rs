//! Point-to-Point Protocol.

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "ppp", protocol, "Point-to-Point Protocol";
    PROTOCOL_VALUE: "ppp.protocol", x16, "Protocol" labels "ppp-protocol";
    ADDRESS: "ppp.address", x8, "Address";
    CONTROL: "ppp.control", x8, "Control";
    LCP: "lcp", protocol, "PPP Link Control Protocol";
    IPCP: "ipcp", protocol, "PPP IP Control Protocol";
    CHAP: "chap", protocol, "PPP Challenge Handshake Authentication Protocol";
    PAP: "pap", protocol, "PPP Password Authentication Protocol";
}

/// The fields of the header that `layer` begins with: address and control where they were not left out, and the protocol
/// in one or two bytes (RFC 1661 2, RFC 1662 3).
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    let mut at = 0;
    if layer.u16(0) == Some(0xff03) {
        out.layout(layer, &[Place::at(ADDRESS, 0, 1), Place::at(CONTROL, 1, 1)]);
        at = 2;
    }
    let is_short = layer.u8(at).is_some_and(|byte| byte & 1 != 0);
    let protocol = if is_short { layer.be(at, 1) } else { layer.be(at, 2) };
    out.number(PROTOCOL_VALUE, protocol);
}
