//! SMB2 (Server Message Block Protocol version 2).

mod commands;

use std::collections::HashMap;

use crate::declare::fields;
use crate::extract::{Bytes, Context, Out, Place};
use crate::protocols::{dcerpc, spnego};

fields! {
    level Applications;
    PROTOCOL: "smb2", protocol, "SMB2 (Server Message Block Protocol version 2)";
    PROTOCOL_ID: "smb2.protocol_id", x32, "ProtocolId";
    HEADER_LEN: "smb2.header_len", u16, "Header Length";
    CREDIT_CHARGE: "smb2.credit.charge", u16, "Credit Charge";
    CHANNEL_SEQUENCE: "smb2.channel_sequence", u16, "Channel Sequence";
    NT_STATUS: "smb2.nt_status", x32, "NT Status";
    CMD: "smb2.cmd", u16, "Command" labels "smb2-command";
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
    DIALECT: "smb2.dialect", x16, "Dialect" labels "smb2-dialect";
    DIALECT_COUNT: "smb2.dialect_count", u16, "Dialect count";
    SEC_MODE: "smb2.sec_mode", x8, "Security mode";
    CLIENT_GUID: "smb2.client_guid", guid, "Client Guid";
    SERVER_GUID: "smb2.server_guid", guid, "Server Guid";
    SHARE_TYPE: "smb2.share_type", x8, "Share Type" labels "smb2-share-type";
    ACCT: "smb2.acct", text, "Account";
    DOMAIN: "smb2.domain", text, "Domain";
    HOST: "smb2.host", text, "Host";
    READ_LENGTH: "smb2.read_length", u32, "Read Length";
    WRITE_LENGTH: "smb2.write_length", u32, "Write Length";
    FILE_OFFSET: "smb2.file_offset", u64, "File Offset";
    RESPONSE_TO: "smb2.response_to", frame_number, "Response to";
    TIME: "smb2.time", span, "Time from request";
    BUFFER_CODE: "smb2.buffer_code", x16, "StructureSize";
    CREATE_DISPOSITION: "smb2.create.disposition", u32, "Disposition";
    IOCTL_FUNCTION: "smb2.ioctl.function", x32, "Function" labels "smb2-ioctl";
    BUFFER_CODE_LENGTH: "smb2.buffer_code.length", u16, "Fixed Part Length";
    BUFFER_CODE_DYNAMIC: "smb2.buffer_code.dynamic", boolean, "Dynamic Part";
    AUTH_FRAME: "smb2.auth_frame", u32, "Authenticated in Frame";
    TCON_FRAME: "smb2.tcon_frame", u32, "Connected in Frame";
    SEC_MODE_SIGN_REQUIRED: "smb2.sec_mode.sign_required", boolean, "Signing required";
    SEC_MODE_SIGN_ENABLED: "smb2.sec_mode.sign_enabled", boolean, "Signing enabled";
    CAPABILITIES: "smb2.capabilities", x32, "Capabilities";
    CAPABILITIES_DFS: "smb2.capabilities.dfs", boolean, "DFS";
    CAPABILITIES_LEASING: "smb2.capabilities.leasing", boolean, "LEASING";
    CAPABILITIES_LARGE_MTU: "smb2.capabilities.large_mtu", boolean, "LARGE MTU";
    CAPABILITIES_MULTI_CHANNEL: "smb2.capabilities.multi_channel", boolean, "MULTI CHANNEL";
    CAPABILITIES_PERSISTENT_HANDLES: "smb2.capabilities.persistent_handles", boolean, "PERSISTENT HANDLES";
    CAPABILITIES_DIRECTORY_LEASING: "smb2.capabilities.directory_leasing", boolean, "DIRECTORY LEASING";
    CAPABILITIES_ENCRYPTION: "smb2.capabilities.encryption", boolean, "ENCRYPTION";
    MAX_TRANS_SIZE: "smb2.max_trans_size", u32, "Max Transaction Size";
    MAX_READ_SIZE: "smb2.max_read_size", u32, "Max Read Size";
    MAX_WRITE_SIZE: "smb2.max_write_size", u32, "Max Write Size";
    CURRENT_TIME: "smb2.current_time", time, "Current Time";
    BOOT_TIME: "smb2.boot_time", time, "Boot Time";
    SES_REQ_FLAGS: "smb2.ses_req_flags", u8, "Flags";
    SES_REQ_FLAGS_SESSION_BINDING: "smb2.ses_req_flags.session_binding", boolean, "Session Binding Request";
    SESSION_FLAGS: "smb2.session_flags", x16, "Session Flags";
    SES_FLAGS_GUEST: "smb2.ses_flags.guest", boolean, "Guest";
    SES_FLAGS_NULL: "smb2.ses_flags.null", boolean, "Null";
    SES_FLAGS_ENCRYPT: "smb2.ses_flags.encrypt", boolean, "Encrypt";
    CHANNEL: "smb2.channel", x32, "Channel";
    PREVIOUS_SESID: "smb2.previous_sesid", x64, "Previous Session Id";
    TC_FLAGS: "smb2.tc.flags", x16, "Flags";
    TC_CLUSTER_RECONNECT: "smb2.tc.cluster_reconnect", boolean, "Cluster Reconnect";
    TC_REDIRECT_TO_OWNER: "smb2.tc.redirect_to_owner", boolean, "Redirect To Owner";
    TC_EXTENSION_PRESENT: "smb2.tc.extension_present", boolean, "Extension Present";
    SHARE_FLAGS: "smb2.share_flags", x32, "Share flags";
    SHARE_FLAGS_DFS: "smb2.share_flags.dfs", boolean, "DFS";
    SHARE_FLAGS_DFS_ROOT: "smb2.share_flags.dfs_root", boolean, "DFS root";
    SHARE_FLAGS_ENCRYPT_DATA: "smb2.share_flags.encrypt_data", boolean, "Encrypted data required";
    SHARE_FLAGS_COMPRESS_DATA: "smb2.share_flags.compress_data", boolean, "Compressed IO";
    SHARE_CAPS: "smb2.share_caps", x32, "Share Capabilities";
    SHARE_CAPS_DFS: "smb2.share_caps.dfs", boolean, "DFS";
    SHARE_CAPS_CONTINUOUS_AVAILABILITY: "smb2.share_caps.continuous_availability", boolean, "CONTINUOUS AVAILABILITY";
    SHARE_CAPS_SCALEOUT: "smb2.share_caps.scaleout", boolean, "SCALEOUT";
    SHARE_CAPS_CLUSTER: "smb2.share_caps.cluster", boolean, "CLUSTER";
    CREATE_OPLOCK: "smb2.create.oplock", x8, "Oplock" labels "smb2-oplock";
    IMPERSONATION_LEVEL: "smb2.impersonation.level", u32, "Impersonation level" labels "smb2-impersonation";
    CREATE_FLAGS: "smb2.create_flags", x64, "Create Flags";
    CREATE_ACTION: "smb2.create.action", u32, "Create Action" labels "smb2-create-action";
    CREATE_REP_FLAGS: "smb2.create.rep_flags", x8, "Response Flags";
    CREATE_REP_FLAGS_REPARSE_POINT: "smb2.create.rep_flags.reparse_point", boolean, "ReparsePoint";
    FILE_ATTRIBUTE: "smb2.file_attribute", x32, "File Attributes";
    CREATE_TIME: "smb2.create.time", time, "Create";
    LAST_ACCESS_TIME: "smb2.last_access.time", time, "Last Access";
    LAST_WRITE_TIME: "smb2.last_write.time", time, "Last Write";
    LAST_CHANGE_TIME: "smb2.last_change.time", time, "Last Change";
    ALLOCATION_SIZE: "smb2.allocation_size", u64, "Allocation Size";
    EOF: "smb2.eof", u64, "End Of File";
    CLOSE_FLAGS: "smb2.close.flags", x16, "Close Flags";
    READ_PADDING: "smb2.read_padding", x8, "Padding";
    READ_FLAGS: "smb2.read_flags", x8, "Flags";
    READ_FLAGS_UNBUFFERED: "smb2.read_flags.unbuffered", boolean, "Unbuffered";
    READ_FLAGS_COMPRESSED: "smb2.read_flags.compressed", boolean, "Compressed";
    MIN_COUNT: "smb2.min_count", u32, "Min Count";
    READ_REMAINING: "smb2.read_remaining", u32, "Read Remaining";
    DATA_OFFSET: "smb2.data_offset", x16, "Data Offset";
    WRITE_FLAGS: "smb2.write.flags", x32, "Write Flags";
    WRITE_FLAGS_WRITE_THROUGH: "smb2.write.flags.write_through", boolean, "Write through";
    WRITE_FLAGS_UNBUFFERED: "smb2.write.flags.unbuffered", boolean, "Unbuffered";
    WRITE_COUNT: "smb2.write.count", u32, "Write Count";
    WRITE_REMAINING: "smb2.write.remaining", u32, "Write Remaining";
    CLASS: "smb2.class", x8, "Class" labels "smb2-class";
    FILE_INFO_INFOLEVEL: "smb2.file_info.infolevel", x8, "InfoLevel";
    FS_INFO_INFOLEVEL: "smb2.fs_info.infolevel", x8, "InfoLevel";
    SEC_INFO_INFOLEVEL: "smb2.sec_info.infolevel", x8, "InfoLevel";
    MAX_RESPONSE_SIZE: "smb2.max_response_size", u32, "Max Response Size";
    GETINFO_INPUT_SIZE: "smb2.getinfo_input_size", u32, "Getinfo Input Size";
    GETINFO_INPUT_OFFSET: "smb2.getinfo_input_offset", x16, "Getinfo Input Offset";
    GETSETINFO_ADDITIONAL: "smb2.getsetinfo_additional", x32, "Additional Info";
    GETINFO_FLAGS: "smb2.getinfo_flags", x32, "Flags";
    IOCTL_FUNCTION_DEVICE: "smb2.ioctl.function.device", x32, "Device";
    IOCTL_FUNCTION_ACCESS: "smb2.ioctl.function.access", x32, "Access";
    IOCTL_FUNCTION_FUNCTION: "smb2.ioctl.function.function", x32, "Function";
    IOCTL_FUNCTION_METHOD: "smb2.ioctl.function.method", x32, "Method";
    MAX_IOCTL_IN_SIZE: "smb2.max_ioctl_in_size", u32, "Max Ioctl In Size";
    MAX_IOCTL_OUT_SIZE: "smb2.max_ioctl_out_size", u32, "Max Ioctl Out Size";
    IOCTL_FLAGS: "smb2.ioctl.flags", x32, "Flags";
    FIND_PATTERN: "smb2.find.pattern", text, "Search Pattern";
    FILE_ATTRIBUTE_READ_ONLY: "smb2.file_attribute.read_only", boolean, "Read Only";
    FILE_ATTRIBUTE_HIDDEN: "smb2.file_attribute.hidden", boolean, "Hidden";
    FILE_ATTRIBUTE_SYSTEM: "smb2.file_attribute.system", boolean, "System";
    FILE_ATTRIBUTE_DIRECTORY: "smb2.file_attribute.directory", boolean, "Directory";
    FILE_ATTRIBUTE_ARCHIVE: "smb2.file_attribute.archive", boolean, "Requires archived";
    FILE_ATTRIBUTE_NORMAL: "smb2.file_attribute.normal", boolean, "Normal";
    FILE_ATTRIBUTE_TEMPORARY: "smb2.file_attribute.temporary", boolean, "Temporary";
    FILE_ATTRIBUTE_SPARSE: "smb2.file_attribute.sparse", boolean, "Sparse";
    FILE_ATTRIBUTE_REPARSE: "smb2.file_attribute.reparse", boolean, "Reparse Point";
    FILE_ATTRIBUTE_COMPRESSED: "smb2.file_attribute.compressed", boolean, "Compressed";
    FILE_ATTRIBUTE_OFFLINE: "smb2.file_attribute.offline", boolean, "Offline";
    FILE_ATTRIBUTE_NOT_CONTENT_INDEXED: "smb2.file_attribute.not_content_indexed", boolean, "Not Content Indexed";
    FILE_ATTRIBUTE_ENCRYPTED: "smb2.file_attribute.encrypted", boolean, "Encrypted";
    FILE_ATTRIBUTE_INTEGRITY_STREAM: "smb2.file_attribute.integrity_stream", boolean, "Integrity Stream";
    FILE_ATTRIBUTE_NO_SCRUB_DATA: "smb2.file_attribute.no_scrub_data", boolean, "No Scrub Data";
}

/// MS-SMB2 2.2.1.2.
const LAYOUT: &[Place] = &[
    Place::at(PROTOCOL_ID, 0, 4),
    Place::le(HEADER_LEN, 4, 2),
    Place::le(CREDIT_CHARGE, 6, 2),
    Place::le(CMD, 12, 2),
    Place::le(FLAGS, 16, 4),
    Place::le_bits(FLAGS_RESPONSE, 16, 4, 0x0000_0001),
    Place::le_bits(FLAGS_ASYNC, 16, 4, 0x0000_0002),
    Place::le_bits(FLAGS_CHAINED, 16, 4, 0x0000_0004),
    Place::le_bits(FLAGS_SIGNATURE, 16, 4, 0x0000_0008),
    Place::le_bits(FLAGS_PRIORITY_MASK, 16, 4, 0x0000_0070),
    Place::le_bits(FLAGS_DFS, 16, 4, 0x1000_0000),
    Place::le_bits(FLAGS_REPLAY, 16, 4, 0x2000_0000),
    Place::le(CHAIN_OFFSET, 20, 4),
    Place::le(MSG_ID, 24, 8),
    Place::le(SESID, 40, 8),
    Place::at(SIGNATURE, 48, 16),
    Place::le(BUFFER_CODE, 64, 2),
    Place::le_bits(BUFFER_CODE_LENGTH, 64, 2, 0xfffe),
    Place::le_bits(BUFFER_CODE_DYNAMIC, 64, 2, 0x0001),
];

const REQUEST_LAYOUT: &[Place] = &[Place::le(CHANNEL_SEQUENCE, 8, 2), Place::le(CREDITS_REQUESTED, 14, 2)];
const RESPONSE_LAYOUT: &[Place] = &[Place::le(NT_STATUS, 8, 4), Place::le(CREDITS_GRANTED, 14, 2)];
const HEADER_BYTES: usize = 64;

/// Commands (MS-SMB2 2.2.1.2).
const NEGOTIATE: u64 = 0;
const SESSION_SETUP: u64 = 1;
const TREE_CONNECT: u64 = 3;
const CREATE: u64 = 5;
const READ: u64 = 8;
const WRITE: u64 = 9;
const IOCTL: u64 = 11;

/// The fields of the messages that `message` holds, one after the other.
pub(crate) fn extract<'a>(message: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    let mut rest = message;
    // Only messages of the plain form can be read; others are encrypted or compressed.
    while let Some([0xfe, ..]) = rest.slice(0, HEADER_BYTES) {
        let next = rest.length_le(20, 4).unwrap_or_default();
        let single = if next == 0 { rest } else { rest.part(0, next) };
        self::message(single, context, out);
        if next == 0 {
            return;
        }
        rest = rest.from(next);
    }
    if let Some([0xfd | 0xfc, ..]) = rest.slice(0, 4) {
        out.layout(rest, &[Place::at(PROTOCOL_ID, 0, 4)]);
    }
}

fn message<'a>(message: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.layout(message, LAYOUT);
    let flags = message.le(16, 4).unwrap_or_default();
    let is_response = flags & 1 != 0;
    out.layout(message, if is_response { RESPONSE_LAYOUT } else { REQUEST_LAYOUT });
    if flags & 2 != 0 {
        out.layout(message, &[Place::le(AID, 32, 8)]);
    } else {
        out.layout(message, &[Place::le(PID, 32, 4), Place::le(TID, 36, 4)]);
    }
    let command = message.le(12, 2).unwrap_or(u64::MAX);
    if command != TREE_CONNECT {
        context.talk.shares.tell(message, flags & 2 != 0, out);
    } else {
        context.talk.shares.tell_session(message, out);
    }
    pairing(message, is_response, flags, context, out);
    let body = message.from(HEADER_BYTES);
    if is_response {
        if message.le(8, 4) == Some(0) || body.le(0, 2) != Some(9) {
            commands::response(command, body, out);
            response(command, message, body, context, out);
        }
    } else {
        commands::request(command, body, out);
        request(command, message, body, context, out);
    }
}

fn pairing(message: Bytes<'_>, is_response: bool, flags: u64, context: &mut Context<'_>, out: &mut Out<'_, '_, '_>) {
    /// A response that says that the real one comes later.
    const PENDING: u64 = 0x103;
    let Some(id) = message.le(24, 8).filter(|id| *id != u64::MAX) else { return };
    if !is_response {
        context.ask(id);
        return;
    }
    let is_pending = flags & 2 != 0 && message.le(8, 4) == Some(PENDING);
    let question = if is_pending { context.asked(id) } else { context.answer(id) };
    if let Some(question) = question {
        out.number(RESPONSE_TO, Some(question.frame));
        out.span(TIME, context.since(question.time));
    }
}

fn request<'a>(command: u64, message: Bytes<'a>, body: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    match command {
        NEGOTIATE => {
            out.layout(
                body,
                &[
                    Place::le(DIALECT_COUNT, 2, 2),
                    Place::at(SEC_MODE, 4, 1),
                ],
            );
            out.layout(body, &[Place::le(CLIENT_GUID, 12, 16)]);
            let count = body.length_le(2, 2).unwrap_or_default().min(body.len() / 2);
            (0..count).for_each(|index| out.layout(body, &[Place::le(DIALECT, 36 + index * 2, 2)]));
        }
        TREE_CONNECT => {
            let path = body.length_le(4, 2).zip(body.length_le(6, 2));
            let path = path.and_then(|(at, length)| message.slice(at, length)).map(utf_16);
            let id = message.le(24, 8).unwrap_or_default();
            out.made_text(TREE, || path.clone());
            context.talk.shares.ask(id, path);
        }
        SESSION_SETUP => {
            let session = message.le(40, 8).unwrap_or_default();
            let frame = context.now.frame;
            context.talk.shares.authenticate(session, frame, body);
            token(message, body, 12, out);
        }
        CREATE => {
            out.layout(body, &[Place::le(CREATE_DISPOSITION, 36, 4)]);
            wide(FILENAME, message, (body.length_le(44, 2), body.length_le(46, 2)), out);
        }
        READ => {
            out.layout(body, &[Place::le(READ_LENGTH, 4, 4), Place::le(FILE_OFFSET, 8, 8)]);
            out.layout(body, &[Place::le(FID, 16, 16)]);
        }
        WRITE => {
            out.layout(body, &[Place::le(WRITE_LENGTH, 4, 4), Place::le(FILE_OFFSET, 8, 8)]);
            out.layout(body, &[Place::le(FID, 16, 16)]);
            pipe(message, body.length_le(2, 2), body.length_le(4, 4), context, out);
        }
        IOCTL => {
            out.layout(body, &[Place::le(IOCTL_FUNCTION, 4, 4)]);
            out.layout(body, &[Place::le(FID, 8, 16)]);
            pipe(message, body.length_le(24, 4), body.length_le(28, 4), context, out);
        }
        _ => file(command, body, out),
    }
}

/// Commands whose request holds nothing but the number of the file.
fn file<'a>(command: u64, body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let at = match command {
        6 | 7 | 14 => 8,
        16 => 24,
        17 => 16,
        _ => return,
    };
    out.layout(body, &[Place::le(FID, at, 16)]);
}

fn response<'a>(
    command: u64,
    message: Bytes<'a>,
    body: Bytes<'a>,
    context: &mut Context<'_>,
    out: &mut Out<'_, '_, 'a>,
) {
    match command {
        NEGOTIATE => {
            out.layout(body, &[Place::at(SEC_MODE, 2, 1), Place::le(DIALECT, 4, 2)]);
            out.layout(body, &[Place::le(SERVER_GUID, 8, 16)]);
            token(message, body, 56, out);
        }
        SESSION_SETUP => token(message, body, 4, out),
        TREE_CONNECT => {
            let id = message.le(24, 8).unwrap_or_default();
            let tree = message.le(36, 4).unwrap_or_default();
            let frame = context.now.frame;
            context.talk.shares.connect(id, (tree, frame), body.u8(2));
            context.talk.shares.tell_path(tree, out);
            out.layout(body, &[Place::at(SHARE_TYPE, 2, 1)]);
        }
        CREATE => out.layout(body, &[Place::le(FID, 64, 16)]),
        READ => {
            out.layout(body, &[Place::le(READ_LENGTH, 4, 4)]);
            let data = body.length_le(2, 1).map(|at| message.from(at)).unwrap_or_default();
            dcerpc::piped(data, context, out);
        }
        WRITE => out.layout(body, &[Place::le(WRITE_LENGTH, 4, 4)]),
        IOCTL => {
            out.layout(body, &[Place::le(IOCTL_FUNCTION, 4, 4)]);
            out.layout(body, &[Place::le(FID, 8, 16)]);
            let data = body.length_le(32, 4).map(|at| message.from(at)).unwrap_or_default();
            dcerpc::piped(data, context, out);
        }
        _ => {}
    }
}

/// What is written to a pipe may be a remote procedure call.
fn pipe<'a>(
    message: Bytes<'a>,
    at: Option<usize>,
    length: Option<usize>,
    context: &mut Context<'_>,
    out: &mut Out<'_, '_, 'a>,
) {
    if let (Some(at), Some(length)) = (at, length) {
        dcerpc::piped(message.part(at, length), context, out);
    }
}

/// By whom and how a session is opened; `at` is where the place of it stands.
fn token<'a>(message: Bytes<'a>, body: Bytes<'a>, at: usize, out: &mut Out<'_, '_, 'a>) {
    if let (Some(start), Some(length)) = (body.length_le(at, 2), body.length_le(at + 2, 2)) {
        spnego::extract(message.part(start, length), out);
    }
}

/// UTF-16 text at an offset from the header.
fn wide(id: crate::FieldId, message: Bytes<'_>, place: (Option<usize>, Option<usize>), out: &mut Out<'_, '_, '_>) {
    let (Some(at), Some(length)) = place else { return };
    out.made_text(id, || message.slice(at, length).map(utf_16));
}

/// UTF-16 with the least significant byte first, as Windows writes text.
pub(crate) fn utf_16(bytes: &[u8]) -> String {
    let (pairs, _) = bytes.as_chunks::<2>();
    let units: Vec<_> = pairs.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
    String::from_utf16_lossy(&units)
}

/// Trees and sessions of a connection.
#[derive(Debug, Default)]
pub(crate) struct Shares {
    asked: HashMap<u64, String>,
    /// Path and type of each tree, and the frame that connected it.
    trees: HashMap<u64, (String, u8, u32)>,
    /// Name, domain and host of each session, and the frame that said so.
    sessions: HashMap<u64, ([String; 3], u32)>,
}

/// Trees and sessions that are kept; servers allow a few hundred.
const MOST_KEPT: usize = 4096;

impl Shares {
    fn ask(&mut self, message: u64, path: Option<String>) {
        if let Some(path) = path.filter(|_| self.asked.len() < MOST_KEPT) {
            self.asked.insert(message, path);
        }
    }

    fn connect(&mut self, message: u64, (tree, frame): (u64, u32), kind: Option<u8>) {
        if let (Some(path), Some(kind), true) = (self.asked.remove(&message), kind, self.trees.len() < MOST_KEPT) {
            self.trees.insert(tree, (path, kind, frame));
        }
    }

    /// Keeps who logs on, from the last message of NTLM (MS-NLMP 2.2.1.3).
    fn authenticate(&mut self, session: u64, frame: u32, body: Bytes<'_>) {
        const AUTHENTICATE: &[u8] = b"NTLMSSP\0\x03\0\0\0";
        let at = body.0.windows(AUTHENTICATE.len()).position(|window| window == AUTHENTICATE);
        let Some(message) = at.map(|at| body.from(at)) else { return };
        let text = |at| {
            let (length, offset) = (message.length_le(at, 2)?, message.length_le(at + 4, 4)?);
            message.slice(offset, length).map(utf_16)
        };
        if self.sessions.len() < MOST_KEPT {
            self.sessions.insert(session, ([36, 28, 44].map(|at| text(at).unwrap_or_default()), frame));
        }
    }

    fn tell(&self, message: Bytes<'_>, is_async: bool, out: &mut Out<'_, '_, '_>) {
        if let Some(tree) = message.le(36, 4).filter(|_| !is_async) {
            self.tell_path(tree, out);
            let known = self.trees.get(&tree);
            out.number(SHARE_TYPE, known.map(|(_, kind, _)| *kind));
            out.number(TCON_FRAME, known.map(|(.., frame)| *frame));
        }
        self.tell_session(message, out);
    }

    fn tell_path(&self, tree: u64, out: &mut Out<'_, '_, '_>) {
        out.made_text(TREE, || self.trees.get(&tree).map(|(path, ..)| path.clone()));
    }

    fn tell_session(&self, message: Bytes<'_>, out: &mut Out<'_, '_, '_>) {
        let Some((names, frame)) = message.le(40, 8).and_then(|session| self.sessions.get(&session)) else { return };
        for (id, name) in [ACCT, DOMAIN, HOST].into_iter().zip(names) {
            out.made_text(id, || Some(name.clone()));
        }
        out.number(AUTH_FRAME, Some(*frame));
    }
}
