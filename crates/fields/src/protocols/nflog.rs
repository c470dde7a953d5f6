//! Linux Netfilter NFLOG.

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "nflog", protocol, "Linux Netfilter NFLOG";
    FAMILY: "nflog.family", u8, "Family";
    VERSION: "nflog.version", u8, "Version";
}

/// <https://www.tcpdump.org/linktypes/LINKTYPE_NFLOG.html>
const LAYOUT: &[Place] = &[Place::at(FAMILY, 0, 1), Place::at(VERSION, 1, 1)];

/// The fields of the header that `layer` begins with.
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    out.layout(layer, LAYOUT);
}
