//! SMB2 (Server Message Block Protocol version 2).

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "smb2", protocol, "SMB2 (Server Message Block Protocol version 2)";
    PROTOCOL_ID: "smb2.protocol_id", x32, "ProtocolId";
    HEADER_LEN: "smb2.header_len", u16, "Header Length";
    CREDIT_CHARGE: "smb2.credit.charge", u16, "Credit Charge";
    CHANNEL_SEQUENCE: "smb2.channel_sequence", u16, "Channel Sequence";
    NT_STATUS: "smb2.nt_status", x32, "NT Status";
    CMD: "smb2.cmd", u16, "Command";
    CREDITS_REQUESTED: "smb2.credits.requested", u16, "Credits requested";
    CREDITS_GRANTED: "smb2.credits.granted", u16, "Credits granted";
    FLAGS: "smb2.flags", x32, "Flags";
    FLAGS_RESPONSE: "smb2.flags.response", boolean, "Response";
    FLAGS_ASYNC: "smb2.flags.async", boolean, "Async command";
    FLAGS_CHAINED: "smb2.flags.chained", boolean, "Chained";
    FLAGS_SIGNATURE: "smb2.flags.signature", boolean, "Signing";
    FLAGS_PRIORITY_MASK: "smb2.flags.priority_mask", boolean, "Priority";
    FLAGS_DFS: "smb2.flags.dfs", boolean, "DFS operation";
    FLAGS_REPLAY: "smb2.flags.replay", boolean, "Replay operation";
    CHAIN_OFFSET: "smb2.chain_offset", x32, "Chain Offset";
    MSG_ID: "smb2.msg_id", u64, "Message ID";
    PID: "smb2.pid", x32, "Process Id";
    AID: "smb2.aid", x64, "Async Id";
    TID: "smb2.tid", x32, "Tree Id";
    SESID: "smb2.sesid", x64, "Session Id";
    SIGNATURE: "smb2.signature", bytes, "Signature";
    TREE: "smb2.tree", text, "Tree";
    FILENAME: "smb2.filename", text, "Filename";
    FID: "smb2.fid", guid, "File Id";
    DIALECT: "smb2.dialect", x16, "Dialect";
    DIALECT_COUNT: "smb2.dialect_count", u16, "Dialect count";
    SEC_MODE: "smb2.sec_mode", x8, "Security mode";
    CLIENT_GUID: "smb2.client_guid", guid, "Client Guid";
    SERVER_GUID: "smb2.server_guid", guid, "Server Guid";
    SHARE_TYPE: "smb2.share_type", x8, "Share Type";
    ACCT: "smb2.acct", text, "Account";
    DOMAIN: "smb2.domain", text, "Domain";
    HOST: "smb2.host", text, "Host";
    READ_LENGTH: "smb2.read_length", u32, "Read Length";
    WRITE_LENGTH: "smb2.write_length", u32, "Write Length";
    FILE_OFFSET: "smb2.file_offset", u64, "File Offset";
    RESPONSE_TO: "smb2.response_to", frame_number, "Response to";
    RESPONSE_IN: "smb2.response_in", frame_number, "Response in";
    TIME: "smb2.time", span, "Time from request";
    BUFFER_CODE: "smb2.buffer_code", x16, "StructureSize";
    CREATE_DISPOSITION: "smb2.create.disposition", u32, "Disposition";
    IOCTL_FUNCTION: "smb2.ioctl.function", x32, "Function";
}
