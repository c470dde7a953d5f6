//! Remote Desktop Protocol.

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};
use crate::protocols::smb2::utf_16;

fields! {
    level Applications;
    PROTOCOL: "rdp", protocol, "Remote Desktop Protocol";
    RT_COOKIE: "rdp.rt_cookie", text, "Routing Token/Cookie";
    NEG_TYPE: "rdp.neg_type", x8, "Type" labels "rdp-neg-type";
    NEG_LENGTH: "rdp.neg_length", u16, "Length";
    NEG_REQ_REQUESTED_PROTOCOLS: "rdp.negReq.requestedProtocols", x32, "requestedProtocols";
    NEG_REQ_SELECTED_PROTOCOL: "rdp.negReq.selectedProtocol", x32, "selectedProtocol" labels "rdp-protocol";
    NEG_RSP_FLAGS: "rdp.negRsp.flags", x8, "Flags";
    CLIENT_NAME: "rdp.client.name", text, "clientName";
    CLIENT_BUILD: "rdp.client.build", u32, "clientBuild";
    DESKTOP_WIDTH: "rdp.desktop.width", u16, "desktopWidth";
    DESKTOP_HEIGHT: "rdp.desktop.height", u16, "desktopHeight";
    T125: "t125", protocol, "MULTIPOINT-COMMUNICATION-SERVICE T.125";
}

/// Kinds of the negotiation (MS-RDPBCGR 2.2.1.1.1, 2.2.1.2.1, 2.2.1.2.2).
const REQUEST: u8 = 1;
const RESPONSE: u8 = 2;

/// Whether a stream begins with a connection request of RDP: TPKT, X.224, and a cookie or a negotiation.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    matches!(bytes, [3, 0, _, _, _, 0xe0, _, _, _, _, _, rest @ ..] if rest.starts_with(b"Cookie: ") || rest.starts_with(&[1, 0, 8, 0]))
}

/// Routing token or cookie, and the negotiation, in a connection request or confirm.
pub(crate) fn negotiation<'a>(data: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let cookie = data.0.windows(2).position(|pair| pair == b"\r\n").filter(|_| data.0.starts_with(b"Cookie"));
    let rest = data.from(cookie.map_or(0, |end| end + 2));
    let is_negotiation = rest.len() >= 8 && matches!(rest.u8(0), Some(1..=3)) && rest.u8(2) == Some(8);
    if cookie.is_none() && !is_negotiation {
        return;
    }
    out.protocol(PROTOCOL, data.0);
    out.text(RT_COOKIE, cookie.and_then(|end| data.slice(0, end)));
    if !is_negotiation {
        return;
    }
    out.layout(rest, &[Place::at(NEG_TYPE, 0, 1), Place::le(NEG_LENGTH, 2, 2)]);
    match rest.u8(0) {
        Some(REQUEST) => out.layout(rest, &[Place::le(NEG_REQ_REQUESTED_PROTOCOLS, 4, 4)]),
        Some(RESPONSE) => out.layout(
            rest,
            &[Place::at(NEG_RSP_FLAGS, 1, 1), Place::le(NEG_REQ_SELECTED_PROTOCOL, 4, 4)],
        ),
        _ => {}
    }
}

/// A fast-path packet, which TPKT does not wrap.
pub(crate) fn fast_path<'a>(packet: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, packet.0);
}

/// What T.125 carries; the client's first message says who it is (MS-RDPBCGR 2.2.1.3.2).
pub(crate) fn conference<'a>(data: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(T125, data.0);
    const CLIENT_CORE: [u8; 2] = [0x01, 0xc0];
    const CONNECT_INITIAL: u16 = 0x7f65;
    if data.u16(0) != Some(CONNECT_INITIAL) {
        return;
    }
    let Some(at) = data.0.windows(2).position(|pair| pair == CLIENT_CORE) else { return };
    out.protocol(PROTOCOL, data.from(at).0);
    let core = data.from(at);
    out.layout(
        core,
        &[
            Place::le(DESKTOP_WIDTH, 8, 2),
            Place::le(DESKTOP_HEIGHT, 10, 2),
            Place::le(CLIENT_BUILD, 20, 4),
        ],
    );
    out.made_text(CLIENT_NAME, || {
        let name = utf_16(core.slice(24, 32)?);
        name.split('\0').next().map(str::to_owned)
    });
}
