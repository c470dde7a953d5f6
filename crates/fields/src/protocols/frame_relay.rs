//! Frame Relay.

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL_VALUE: "fr", protocol, "Frame Relay";
    DLCI: "fr.dlci", u32, "DLCI";
    CONTROL: "fr.control", x8, "Control Field";
    NLPID: "fr.nlpid", x8, "NLPID";
    EA: "fr.ea", boolean, "EA";
    CR: "fr.cr", boolean, "CR";
    FECN: "fr.fecn", boolean, "FECN";
    BECN: "fr.becn", boolean, "BECN";
    DE: "fr.de", boolean, "DE";
}
