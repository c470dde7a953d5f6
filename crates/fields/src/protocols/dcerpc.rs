//! Distributed Computing Environment / Remote Procedure Call (DCE/RPC).

use std::collections::HashMap;

use crate::declare::fields;
use crate::extract::{Bytes, Context, Length, Out, Place};

fields! {
    level Applications;
    PROTOCOL: "dcerpc", protocol, "Distributed Computing Environment / Remote Procedure Call (DCE/RPC)";
    VER: "dcerpc.ver", u8, "Version";
    VER_MINOR: "dcerpc.ver_minor", u8, "Version (minor)";
    PKT_TYPE: "dcerpc.pkt_type", u8, "Packet type";
    CN_FLAGS: "dcerpc.cn_flags", x8, "Packet Flags";
    CN_FLAGS_FIRST_FRAG: "dcerpc.cn_flags.first_frag", boolean, "First Frag" labels "set";
    CN_FLAGS_LAST_FRAG: "dcerpc.cn_flags.last_frag", boolean, "Last Frag" labels "set";
    CN_FRAG_LEN: "dcerpc.cn_frag_len", u16, "Frag Length";
    CN_AUTH_LEN: "dcerpc.cn_auth_len", u16, "Auth Length";
    CN_CALL_ID: "dcerpc.cn_call_id", u32, "Call ID";
    CN_MAX_XMIT: "dcerpc.cn_max_xmit", u16, "Max Xmit Frag";
    CN_MAX_RECV: "dcerpc.cn_max_recv", u16, "Max Recv Frag";
    CN_ASSOC_GROUP: "dcerpc.cn_assoc_group", x32, "Assoc Group";
    CN_NUM_CTX_ITEMS: "dcerpc.cn_num_ctx_items", u8, "Num Ctx Items";
    CN_CTX_ID: "dcerpc.cn_ctx_id", u16, "Context ID";
    CN_BIND_TO_UUID: "dcerpc.cn_bind_to_uuid", guid, "Interface UUID";
    CN_BIND_IF_VER: "dcerpc.cn_bind_if_ver", u16, "Interface Ver";
    CN_BIND_IF_VER_MINOR: "dcerpc.cn_bind_if_ver_minor", u16, "Interface Ver Minor";
    CN_ACK_RESULT: "dcerpc.cn_ack_result", u16, "Ack result";
    CN_ALLOC_HINT: "dcerpc.cn_alloc_hint", u32, "Alloc hint";
    OPNUM: "dcerpc.opnum", u16, "Opnum";
    CN_STATUS: "dcerpc.cn_status", x32, "Status";
    EPM: "epm", protocol, "DCE/RPC Endpoint Mapper";
    SVCCTL: "svcctl", protocol, "Microsoft Service Control";
    SAMR: "samr", protocol, "SAMR (pidl)";
    LSARPC: "lsarpc", protocol, "Local Security Authority";
    SRVSVC: "srvsvc", protocol, "Server Service";
    WKSSVC: "wkssvc", protocol, "Workstation Service";
    RPC_NETLOGON: "rpc_netlogon", protocol, "Microsoft Network Logon";
    WINREG: "winreg", protocol, "Remote Registry Service";
    DRSUAPI: "drsuapi", protocol, "DRSUAPI";
    ATSVC: "atsvc", protocol, "Microsoft AT-Scheduler Service";
}

/// The common header of connection-oriented calls (C706 12.6.3.1), numbers in the byte order that byte 4 states.
const HEADER_BYTES: usize = 16;
const REQUEST: u8 = 0;
const RESPONSE: u8 = 2;
const FAULT: u8 = 3;
const BIND: u8 = 11;
const BIND_ACK: u8 = 12;
const ALTER_CONTEXT: u8 = 14;
const ALTER_CONTEXT_RESPONSE: u8 = 15;

/// How long the call is that `bytes` begins with.
pub(crate) fn length(bytes: &[u8]) -> Length {
    let bytes = Bytes(bytes);
    let stated = if is_little_endian(bytes) { bytes.length_le(8, 2) } else { bytes.length(8, 2) };
    match stated {
        Some(stated) if stated < HEADER_BYTES => Length::Unframed,
        Some(stated) => Length::Known(stated),
        None => Length::OneMoreSegment,
    }
}

fn is_little_endian(bytes: Bytes<'_>) -> bool {
    bytes.u8(4).is_some_and(|representation| representation & 0x10 != 0)
}

/// Whether a stream or pipe begins with a call.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    matches!(bytes, [5, 0 | 1, kind, _, 0x10 | 0, 0, 0, 0, ..] if *kind <= 19 && bytes.len() >= HEADER_BYTES)
}

/// Whether a datagram is a call without connection.
pub(crate) fn begins_datagram(bytes: &[u8]) -> bool {
    matches!(bytes, [4, kind, _, flags, 0x10 | 0, 0, 0, ..] if *kind <= 10 && flags & 0xfc == 0 && bytes.len() >= 80)
}

/// A call without connection.
pub(crate) fn datagram<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    out.layout(message, &[Place::at(VER, 0, 1), Place::at(PKT_TYPE, 1, 1)]);
    let opnum = if message.u8(4) == Some(0x10) { Place::le(OPNUM, 68, 2) } else { Place::at(OPNUM, 68, 2) };
    out.layout(message, &[opnum]);
}

/// What goes through a pipe, if it is a call.
pub(crate) fn piped<'a>(data: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    if begins(data.0) {
        extract(data, context, out);
    }
}

/// The fields of the call that `message` is.
pub(crate) fn extract<'a>(message: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    call(message, out);
    if !is_little_endian(message) {
        return;
    }
    let calls = &mut context.talk.calls;
    match message.u8(2) {
        Some(BIND | ALTER_CONTEXT) => calls.bind(message),
        Some(REQUEST) => calls.request(message, out),
        Some(RESPONSE) => calls.response(message, out),
        _ => {}
    }
}

/// Interfaces and calls of a connection.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    interfaces: HashMap<u64, &'static Interface>,
    waiting: HashMap<u64, (Option<&'static Interface>, u64)>,
}

/// An interface and the field of its protocol.
type Interface = ([u8; 16], crate::FieldId);

/// Calls that may wait for their response.
const MOST_WAITING: usize = 1024;

/// Interfaces with a protocol of their own, in the byte order of the wire (MS-* "Standards Assignments").
static INTERFACES: [Interface; 10] = [
    (*b"\x08\x83\xaf\xe1\x1f\x5d\xc9\x11\x91\xa4\x08\x00\x2b\x14\xa0\xfa", EPM),
    (*b"\x81\xbb\x7a\x36\x44\x98\xf1\x35\xad\x32\x98\xf0\x38\x00\x10\x03", SVCCTL),
    (*b"\x78\x57\x34\x12\x34\x12\xcd\xab\xef\x00\x01\x23\x45\x67\x89\xac", SAMR),
    (*b"\x78\x57\x34\x12\x34\x12\xcd\xab\xef\x00\x01\x23\x45\x67\x89\xab", LSARPC),
    (*b"\xc8\x4f\x32\x4b\x70\x16\xd3\x01\x12\x78\x5a\x47\xbf\x6e\xe1\x88", SRVSVC),
    (*b"\x98\xd0\xff\x6b\x12\xa1\x10\x36\x98\x33\x46\xc3\xf8\x7e\x34\x5a", WKSSVC),
    (*b"\x78\x56\x34\x12\x34\x12\xcd\xab\xef\x00\x01\x23\x45\x67\xcf\xfb", RPC_NETLOGON),
    (*b"\x01\xd0\x8c\x33\x44\x22\xf1\x31\xaa\xaa\x90\x00\x38\x00\x10\x03", WINREG),
    (*b"\x35\x42\x51\xe3\x06\x4b\xd1\x11\xab\x04\x00\xc0\x4f\xc2\xdc\xd2", DRSUAPI),
    (*b"\x82\x06\xf7\x1f\x51\x0a\xe8\x30\x07\x6d\x74\x0b\xe8\xce\xe9\x8b", ATSVC),
];

impl Calls {
    fn bind(&mut self, message: Bytes<'_>) {
        let mut item = message.from(28);
        for _ in 0..message.u8(24).unwrap_or_default() {
            let (Some(number), Some(identifier)) = (item.le(0, 2), item.slice(4, 16)) else { return };
            match INTERFACES.iter().find(|(known, _)| known == identifier) {
                Some(interface) => _ = self.interfaces.insert(number, interface),
                None => _ = self.interfaces.remove(&number),
            }
            item = item.from(24 + usize::from(item.u8(2).unwrap_or_default()) * 20);
        }
    }

    fn request<'a>(&mut self, message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
        let (Some(call), Some(number), Some(operation)) = (message.le(12, 4), message.le(20, 2), message.le(22, 2)) else {
            return;
        };
        let interface = self.interfaces.get(&number).copied();
        if self.waiting.len() >= MOST_WAITING {
            self.waiting.clear();
        }
        self.waiting.insert(call, (interface, operation));
        present(interface, message, out);
    }

    fn response<'a>(&self, message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
        let Some((interface, operation)) = message.le(12, 4).and_then(|call| self.waiting.get(&call)) else { return };
        out.number(OPNUM, Some(*operation));
        present(*interface, message, out);
    }
}

fn present<'a>(interface: Option<&Interface>, message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    if let Some((_, id)) = interface {
        out.protocol(*id, message.from(24).0);
    }
}

fn call<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    let number = |id, at, length| {
        if is_little_endian(message) { Place::le(id, at, length) } else { Place::at(id, at, length) }
    };
    out.layout(
        message,
        &[
            Place::at(VER, 0, 1),
            Place::at(VER_MINOR, 1, 1),
            Place::at(PKT_TYPE, 2, 1),
            Place::at(CN_FLAGS, 3, 1),
            Place::bits(CN_FLAGS_FIRST_FRAG, 3, 1, 0x01),
            Place::bits(CN_FLAGS_LAST_FRAG, 3, 1, 0x02),
            number(CN_FRAG_LEN, 8, 2),
            number(CN_AUTH_LEN, 10, 2),
            number(CN_CALL_ID, 12, 4),
        ],
    );
    match message.u8(2) {
        Some(REQUEST) => out.layout(message, &[number(CN_ALLOC_HINT, 16, 4), number(CN_CTX_ID, 20, 2), number(OPNUM, 22, 2)]),
        Some(RESPONSE) => out.layout(message, &[number(CN_ALLOC_HINT, 16, 4), number(CN_CTX_ID, 20, 2)]),
        Some(FAULT) => out.layout(
            message,
            &[number(CN_ALLOC_HINT, 16, 4), number(CN_CTX_ID, 20, 2), number(CN_STATUS, 24, 4)],
        ),
        Some(BIND | ALTER_CONTEXT) => bind(message, out),
        Some(BIND_ACK | ALTER_CONTEXT_RESPONSE) => accepted(message, out),
        _ => {}
    }
}

/// C706 12.6.4.3: interfaces that are asked for.
fn bind<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    limits(message, out);
    out.layout(message, &[Place::at(CN_NUM_CTX_ITEMS, 24, 1)]);
    let mut item = message.from(28);
    for _ in 0..message.u8(24).unwrap_or_default() {
        if item.len() < 24 {
            return;
        }
        out.layout(
            item,
            &[
                Place::le(CN_CTX_ID, 0, 2),
                Place::le(CN_BIND_TO_UUID, 4, 16),
                Place::le(CN_BIND_IF_VER, 20, 2),
                Place::le(CN_BIND_IF_VER_MINOR, 22, 2),
            ],
        );
        let transfers = usize::from(item.u8(2).unwrap_or_default());
        item = item.from(24 + transfers * 20);
    }
}

fn limits<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(
        message,
        &[
            Place::le(CN_MAX_XMIT, 16, 2),
            Place::le(CN_MAX_RECV, 18, 2),
            Place::le(CN_ASSOC_GROUP, 20, 4),
        ],
    );
}

/// C706 12.6.4.4: which of them were accepted.
fn accepted<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    limits(message, out);
    let address = message.length_le(24, 2).unwrap_or_default();
    let at = (26 + address).next_multiple_of(4);
    let results = usize::from(message.u8(at).unwrap_or_default());
    (0..results).for_each(|index| out.layout(message, &[Place::le(CN_ACK_RESULT, at + 4 + index * 24, 2)]));
}
