//! PKTAP packet header.

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "pktap", protocol, "PKTAP packet header";
    HDRLEN: "pktap.hdrlen", u32, "Header length";
    RECTYPE: "pktap.rectype", u32, "Record type";
    DLT: "pktap.dlt", u32, "DLT";
    IFNAME: "pktap.ifname", text, "Interface name";
    FLAGS: "pktap.flags", x32, "Flags";
    PFAMILY: "pktap.pfamily", u32, "Protocol family";
    LLHDRLEN: "pktap.llhdrlen", u32, "Link-layer header length";
    LLTRLRLEN: "pktap.lltrlrlen", u32, "Link-layer trailer length";
    PID: "pktap.pid", u32, "Process ID";
    CMDNAME: "pktap.cmdname", text, "Command name";
    SVC_CLASS: "pktap.svc_class", u32, "Service class";
    IFTYPE: "pktap.iftype", u16, "Interface type";
    IFUNIT: "pktap.ifunit", u16, "Interface unit";
    EPID: "pktap.epid", u32, "Effective process ID";
    ECMDNAME: "pktap.ecmdname", text, "Effective command name";
}

/// <https://www.tcpdump.org/linktypes.html>, `LINKTYPE_PKTAP`; least significant byte first.
const LAYOUT: &[Place] = &[
    Place::le(HDRLEN, 0, 4),
    Place::le(RECTYPE, 4, 4),
    Place::le(DLT, 8, 4),
    Place::le(FLAGS, 36, 4),
    Place::le(PFAMILY, 40, 4),
    Place::le(LLHDRLEN, 44, 4),
    Place::le(LLTRLRLEN, 48, 4),
    Place::le(PID, 52, 4),
    Place::le(SVC_CLASS, 76, 4),
    Place::le(IFTYPE, 80, 2),
    Place::le(IFUNIT, 82, 2),
    Place::le(EPID, 84, 4),
];

/// Texts: where they lie, and in how many bytes.
const TEXTS: [(crate::FieldId, usize, usize); 3] = [(IFNAME, 12, 24), (CMDNAME, 56, 20), (ECMDNAME, 88, 20)];

/// The fields of the header that `layer` begins with.
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    out.layout(layer, LAYOUT);
    for (field, at, bytes) in TEXTS {
        let text = layer.slice(at, bytes).and_then(|text| text.split(|byte| *byte == 0).next());
        out.text(field, text);
    }
}
