//! Point-to-Point Protocol.

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL_VALUE: "ppp", protocol, "Point-to-Point Protocol";
    PROTOCOLVALUE: "ppp.protocol", x16, "Protocol";
    DIRECTION: "ppp.direction", u8, "Direction";
    ADDRESS: "ppp.address", x8, "Address";
    CONTROL: "ppp.control", x8, "Control";
    LCP: "lcp", protocol, "PPP Link Control Protocol";
    IPCP: "ipcp", protocol, "PPP IP Control Protocol";
    CHAP: "chap", protocol, "PPP Challenge Handshake Authentication Protocol";
    PAP: "pap", protocol, "PPP Password Authentication Protocol";
    PPTP: "pptp", protocol, "Point-to-Point Tunnelling Protocol";
}
