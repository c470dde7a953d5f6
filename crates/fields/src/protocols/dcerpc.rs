//! Distributed Computing Environment / Remote Procedure Call (DCE/RPC).

use crate::declare::fields;

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
