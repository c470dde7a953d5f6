//! Distributed Computing Environment / Remote Procedure Call (DCE/RPC).

mod bind;
mod calls;
mod datagram;

use crate::declare::fields;
use crate::extract::{Bytes, Context, Length, Out, Place};

pub(crate) use calls::Calls;
pub(crate) use datagram::{begins_datagram, datagram};

fields! {
    level Applications;
    PROTOCOL: "dcerpc", protocol, "Distributed Computing Environment / Remote Procedure Call (DCE/RPC)";
    VER: "dcerpc.ver", u8, "Version";
    VER_MINOR: "dcerpc.ver_minor", u8, "Version (minor)";
    PKT_TYPE: "dcerpc.pkt_type", u8, "Packet type" labels "dcerpc-pkt-type";
    CN_FLAGS: "dcerpc.cn_flags", x8, "Packet Flags";
    CN_FLAGS_FIRST_FRAG: "dcerpc.cn_flags.first_frag", boolean, "First Frag" labels "set";
    CN_FLAGS_LAST_FRAG: "dcerpc.cn_flags.last_frag", boolean, "Last Frag" labels "set";
    CN_FLAGS_CANCEL_PENDING: "dcerpc.cn_flags.cancel_pending", boolean, "Cancel Pending" labels "set";
    CN_FLAGS_RESERVED: "dcerpc.cn_flags.reserved", boolean, "Reserved" labels "set";
    CN_FLAGS_MPX: "dcerpc.cn_flags.mpx", boolean, "Multiplex" labels "set";
    CN_FLAGS_DNE: "dcerpc.cn_flags.dne", boolean, "Did Not Execute" labels "set";
    CN_FLAGS_MAYBE: "dcerpc.cn_flags.maybe", boolean, "Maybe" labels "set";
    CN_FLAGS_OBJECT: "dcerpc.cn_flags.object", boolean, "Object" labels "set";
    DREP: "dcerpc.drep", bytes, "Data Representation";
    DREP_BYTEORDER: "dcerpc.drep.byteorder", u8, "Byte order" labels "dcerpc-byteorder";
    DREP_CHARACTER: "dcerpc.drep.character", u8, "Character" labels "dcerpc-character";
    DREP_FP: "dcerpc.drep.fp", u8, "Floating-point" labels "dcerpc-fp";
    CN_FRAG_LEN: "dcerpc.cn_frag_len", u16, "Frag Length";
    CN_AUTH_LEN: "dcerpc.cn_auth_len", u16, "Auth Length";
    CN_CALL_ID: "dcerpc.cn_call_id", u32, "Call ID";
    CN_MAX_XMIT: "dcerpc.cn_max_xmit", u16, "Max Xmit Frag";
    CN_MAX_RECV: "dcerpc.cn_max_recv", u16, "Max Recv Frag";
    CN_ASSOC_GROUP: "dcerpc.cn_assoc_group", x32, "Assoc Group";
    CN_NUM_CTX_ITEMS: "dcerpc.cn_num_ctx_items", u8, "Num Ctx Items";
    CN_CTX_ITEM: "dcerpc.cn_ctx_item", none, "Ctx Item";
    CN_CTX_ID: "dcerpc.cn_ctx_id", u16, "Context ID";
    CN_NUM_TRANS_ITEMS: "dcerpc.cn_num_trans_items", u8, "Num Trans Items";
    CN_BIND_ABSTRACT_SYNTAX: "dcerpc.cn_bind_abstract_syntax", none, "Abstract Syntax";
    CN_BIND_TO_UUID: "dcerpc.cn_bind_to_uuid", guid, "Interface UUID";
    CN_BIND_IF_VER: "dcerpc.cn_bind_if_ver", u16, "Interface Ver";
    CN_BIND_IF_VER_MINOR: "dcerpc.cn_bind_if_ver_minor", u16, "Interface Ver Minor";
    CN_BIND_TRANS: "dcerpc.cn_bind_trans", none, "Transfer Syntax";
    CN_BIND_TRANS_ID: "dcerpc.cn_bind_trans_id", guid, "ID";
    CN_BIND_TRANS_VER: "dcerpc.cn_bind_trans_ver", u32, "ver";
    CN_BIND_TRANS_BTFN: "dcerpc.cn_bind_trans_btfn", x16, "Bind Time Features";
    CN_BIND_TRANS_BTFN_01: "dcerpc.cn_bind_trans_btfn.01", boolean, "Security Context Multiplexing Supported";
    CN_BIND_TRANS_BTFN_02: "dcerpc.cn_bind_trans_btfn.02", boolean, "Keep Connection On Orphan Supported";
    CN_SEC_ADDR_LEN: "dcerpc.cn_sec_addr_len", u16, "Scndry Addr len";
    CN_SEC_ADDR: "dcerpc.cn_sec_addr", text, "Scndry Addr";
    CN_NUM_RESULTS: "dcerpc.cn_num_results", u8, "Num results";
    CN_ACK_RESULT: "dcerpc.cn_ack_result", u16, "Ack result" labels "dcerpc-ack-result";
    CN_ACK_REASON: "dcerpc.cn_ack_reason", u16, "Ack reason" labels "dcerpc-ack-reason";
    CN_ACK_TRANS_ID: "dcerpc.cn_ack_trans_id", guid, "Transfer Syntax";
    CN_ACK_TRANS_VER: "dcerpc.cn_ack_trans_ver", u32, "Syntax ver";
    CN_REJECT_REASON: "dcerpc.cn_reject_reason", u16, "Reject reason" labels "dcerpc-reject-reason";
    CN_ALLOC_HINT: "dcerpc.cn_alloc_hint", u32, "Alloc hint";
    CN_CANCEL_COUNT: "dcerpc.cn_cancel_count", u8, "Cancel count";
    CN_FAULT_FLAGS: "dcerpc.cn_fault_flags", x8, "Fault flags";
    CN_FAULT_FLAGS_EXTENDED_ERROR: "dcerpc.cn_fault_flags.extended_error", boolean, "Extended error information present" labels "set";
    OPNUM: "dcerpc.opnum", u16, "Opnum";
    CN_STATUS: "dcerpc.cn_status", x32, "Status" labels "dcerpc-status";
    RESERVED: "dcerpc.reserved", bytes, "Reserved";
    REQUEST_IN: "dcerpc.request_in", frame_number, "Request in frame";
    TIME: "dcerpc.time", span, "Time from request";
    AUTH_INFO: "dcerpc.auth_info", none, "Auth Info";
    AUTH_TYPE: "dcerpc.auth_type", u8, "Auth type" labels "dcerpc-auth-type";
    AUTH_LEVEL: "dcerpc.auth_level", u8, "Auth level" labels "dcerpc-auth-level";
    AUTH_PAD_LEN: "dcerpc.auth_pad_len", u8, "Auth pad len";
    AUTH_RSRVD: "dcerpc.auth_rsrvd", u8, "Auth Rsrvd";
    AUTH_CTX_ID: "dcerpc.auth_ctx_id", u32, "Auth Context ID";
    OBJ_ID: "dcerpc.obj_id", guid, "Object";
    DG_FLAGS1: "dcerpc.dg_flags1", x8, "Flags1";
    DG_FLAGS1_LAST_FRAG: "dcerpc.dg_flags1_last_frag", boolean, "Last Fragment" labels "set";
    DG_FLAGS1_FRAG: "dcerpc.dg_flags1_frag", boolean, "Fragment" labels "set";
    DG_FLAGS1_NOFACK: "dcerpc.dg_flags1_nofack", boolean, "No Fack" labels "set";
    DG_FLAGS1_MAYBE: "dcerpc.dg_flags1_maybe", boolean, "Maybe" labels "set";
    DG_FLAGS1_IDEMPOTENT: "dcerpc.dg_flags1_idempotent", boolean, "Idempotent" labels "set";
    DG_FLAGS1_BROADCAST: "dcerpc.dg_flags1_broadcast", boolean, "Broadcast" labels "set";
    DG_FLAGS2: "dcerpc.dg_flags2", x8, "Flags2";
    DG_FLAGS2_CANCEL_PENDING: "dcerpc.dg_flags2_cancel_pending", boolean, "Cancel Pending" labels "set";
    DG_SERIAL_HI: "dcerpc.dg_serial_hi", x8, "Serial High";
    DG_SERIAL_LO: "dcerpc.dg_serial_lo", x8, "Serial Low";
    DG_IF_ID: "dcerpc.dg_if_id", guid, "Interface";
    DG_ACT_ID: "dcerpc.dg_act_id", guid, "Activity";
    DG_SERVER_BOOT: "dcerpc.dg_server_boot", time, "Server boot time";
    DG_IF_VER: "dcerpc.dg_if_ver", u32, "Interface Ver";
    DG_SEQNUM: "dcerpc.dg_seqnum", u32, "Sequence num";
    DG_IHINT: "dcerpc.dg_ihint", x16, "Interface Hint";
    DG_AHINT: "dcerpc.dg_ahint", x16, "Activity Hint";
    DG_FRAG_LEN: "dcerpc.dg_frag_len", u16, "Fragment len";
    DG_FRAG_NUM: "dcerpc.dg_frag_num", u16, "Fragment num";
    DG_AUTH_PROTO: "dcerpc.dg_auth_proto", u8, "Auth proto" labels "dcerpc-auth-type";
    EPM: "epm", protocol, "DCE/RPC Endpoint Mapper";
    EPM_OPNUM: "epm.opnum", u16, "Operation" labels "epm-opnum";
    SVCCTL: "svcctl", protocol, "Microsoft Service Control";
    SVCCTL_OPNUM: "svcctl.opnum", u16, "Operation";
    SAMR: "samr", protocol, "SAMR (pidl)";
    SAMR_OPNUM: "samr.opnum", u16, "Operation";
    LSARPC: "lsarpc", protocol, "Local Security Authority";
    LSARPC_OPNUM: "lsarpc.opnum", u16, "Operation";
    SRVSVC: "srvsvc", protocol, "Server Service";
    SRVSVC_OPNUM: "srvsvc.opnum", u16, "Operation";
    WKSSVC: "wkssvc", protocol, "Workstation Service";
    WKSSVC_OPNUM: "wkssvc.opnum", u16, "Operation";
    RPC_NETLOGON: "rpc_netlogon", protocol, "Microsoft Network Logon";
    NETLOGON_OPNUM: "netlogon.opnum", u16, "Operation";
    WINREG: "winreg", protocol, "Remote Registry Service";
    WINREG_OPNUM: "winreg.opnum", u16, "Operation";
    DRSUAPI: "drsuapi", protocol, "DRSUAPI";
    DRSUAPI_OPNUM: "drsuapi.opnum", u16, "Operation";
    ATSVC: "atsvc", protocol, "Microsoft AT-Scheduler Service";
    ATSVC_OPNUM: "atsvc.opnum", u16, "Operation";
}

/// The common header of connection-oriented calls (C706 12.6.3.1), numbers in the byte order that byte 4 states.
const HEADER_BYTES: usize = 16;
const REQUEST: u8 = 0;
const RESPONSE: u8 = 2;
const FAULT: u8 = 3;
const BIND: u8 = 11;
const BIND_ACK: u8 = 12;
const BIND_NAK: u8 = 13;
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

/// A number of the call, in its byte order.
fn place(message: Bytes<'_>, id: crate::FieldId, at: usize, length: usize) -> Place {
    if is_little_endian(message) { Place::le(id, at, length) } else { Place::at(id, at, length) }
}

/// Whether a stream or pipe begins with a call.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    matches!(bytes, [5, 0 | 1, kind, _, 0x10 | 0, 0, 0, 0, ..] if *kind <= 19 && bytes.len() >= HEADER_BYTES)
}

/// What goes through a pipe, if it is a call.
pub(crate) fn piped<'a>(data: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    if begins(data.0) {
        extract(data, context, out);
    }
}

/// The fields of the call that `message` is.
pub(crate) fn extract<'a>(message: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    header(message, out);
    let number = |id, at, length| place(message, id, at, length);
    match message.u8(2) {
        Some(REQUEST) => {
            out.layout(message, &[number(CN_ALLOC_HINT, 16, 4), number(CN_CTX_ID, 20, 2), number(OPNUM, 22, 2)]);
            if message.u8(3).is_some_and(|flags| flags & 0x80 != 0) {
                out.layout(message, &[number(OBJ_ID, 24, 16)]);
            }
        }
        Some(RESPONSE) => out.layout(
            message,
            &[number(CN_ALLOC_HINT, 16, 4), number(CN_CTX_ID, 20, 2), Place::at(CN_CANCEL_COUNT, 22, 1)],
        ),
        Some(FAULT) => fault(message, out),
        Some(BIND | ALTER_CONTEXT) => bind::asked(message, out),
        Some(BIND_ACK | ALTER_CONTEXT_RESPONSE) => bind::accepted(message, out),
        Some(BIND_NAK) => out.layout(message, &[number(CN_REJECT_REASON, 16, 2)]),
        _ => {}
    }
    authentication(message, out);
    calls::follow(message, context, out);
}

fn header<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let flag = |id, mask| Place::bits(id, 3, 1, mask);
    out.layout(
        message,
        &[
            Place::at(VER, 0, 1),
            Place::at(VER_MINOR, 1, 1),
            Place::at(PKT_TYPE, 2, 1),
            Place::at(CN_FLAGS, 3, 1),
            flag(CN_FLAGS_FIRST_FRAG, 0x01),
            flag(CN_FLAGS_LAST_FRAG, 0x02),
            flag(CN_FLAGS_CANCEL_PENDING, 0x04),
            flag(CN_FLAGS_RESERVED, 0x08),
            flag(CN_FLAGS_MPX, 0x10),
            flag(CN_FLAGS_DNE, 0x20),
            flag(CN_FLAGS_MAYBE, 0x40),
            flag(CN_FLAGS_OBJECT, 0x80),
            Place::at(DREP, 4, 4),
            place(message, CN_FRAG_LEN, 8, 2),
            place(message, CN_AUTH_LEN, 10, 2),
            place(message, CN_CALL_ID, 12, 4),
        ],
    );
    representation(message, 4, out);
}

/// How numbers and letters are written (C706 14.1).
fn representation<'a>(message: Bytes<'a>, at: usize, out: &mut Out<'_, '_, 'a>) {
    out.layout(
        message,
        &[
            Place::bits(DREP_BYTEORDER, at, 1, 0xf0),
            Place::bits(DREP_CHARACTER, at, 1, 0x0f),
            Place::at(DREP_FP, at + 1, 1),
        ],
    );
}

/// C706 12.6.4.7, MS-RPCE 2.2.2.11.
fn fault<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(
        message,
        &[
            place(message, CN_ALLOC_HINT, 16, 4),
            place(message, CN_CTX_ID, 20, 2),
            Place::at(CN_CANCEL_COUNT, 22, 1),
            Place::at(CN_FAULT_FLAGS, 23, 1),
            Place::bits(CN_FAULT_FLAGS_EXTENDED_ERROR, 23, 1, 0x01),
            place(message, CN_STATUS, 24, 4),
            Place::at(RESERVED, 28, 4),
        ],
    );
}

/// What stands behind a call and proves who made it (C706 13.2.6).
fn authentication<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    const TRAILER_BYTES: usize = 8;
    let number = |at| if is_little_endian(message) { message.length_le(at, 2) } else { message.length(at, 2) };
    let (Some(whole), Some(proof)) = (number(8), number(10)) else { return };
    let Some(at) = whole.checked_sub(proof.saturating_add(TRAILER_BYTES)).filter(|_| proof > 0) else { return };
    out.present(AUTH_INFO);
    out.layout(
        message,
        &[
            Place::at(AUTH_TYPE, at, 1),
            Place::at(AUTH_LEVEL, at + 1, 1),
            Place::at(AUTH_PAD_LEN, at + 2, 1),
            Place::at(AUTH_RSRVD, at + 3, 1),
            place(message, AUTH_CTX_ID, at + 4, 4),
        ],
    );
}
