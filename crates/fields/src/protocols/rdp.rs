//! Remote Desktop Protocol.

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "rdp", protocol, "Remote Desktop Protocol";
    RT_COOKIE: "rdp.rt_cookie", text, "Routing Token/Cookie";
    NEG_TYPE: "rdp.neg_type", x8, "Type";
    NEG_LENGTH: "rdp.neg_length", u16, "Length";
    NEG_REQ_REQUESTED_PROTOCOLS: "rdp.negReq.requestedProtocols", x32, "requestedProtocols";
    NEG_REQ_SELECTED_PROTOCOL: "rdp.negReq.selectedProtocol", x32, "selectedProtocol";
    NEG_RSP_FLAGS: "rdp.negRsp.flags", x8, "Flags";
    CLIENT_NAME: "rdp.client.name", text, "clientName";
    CLIENT_BUILD: "rdp.client.build", u32, "clientBuild";
    DESKTOP_WIDTH: "rdp.desktop.width", u16, "desktopWidth";
    DESKTOP_HEIGHT: "rdp.desktop.height", u16, "desktopHeight";
    RDPUDP: "rdpudp", protocol, "UDP Remote Desktop Protocol";
    T125: "t125", protocol, "MULTIPOINT-COMMUNICATION-SERVICE T.125";
}
