//! SMB (Server Message Block Protocol).

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Applications;
    PROTOCOL: "smb", protocol, "SMB (Server Message Block Protocol)";
    CMD: "smb.cmd", x8, "SMB Command" labels "smb-command";
    NT_STATUS: "smb.nt_status", x32, "NT Status";
    ERROR_CLASS: "smb.error_class", x8, "Error Class";
    ERROR_CODE: "smb.error_code", x16, "Error Code";
    FLAGS: "smb.flags", x8, "Flags";
    FLAGS_RESPONSE: "smb.flags.response", boolean, "Request/Response";
    FLAGS2: "smb.flags2", x16, "Flags2";
    TID: "smb.tid", u16, "Tree ID";
    PID: "smb.pid", u16, "Process ID";
    UID: "smb.uid", u16, "User ID";
    MID: "smb.mid", u16, "Multiplex ID";
    WCT: "smb.wct", u8, "Word Count (WCT)";
    BCC: "smb.bcc", u16, "Byte Count (BCC)";
    DIALECT_NAME: "smb.dialect.name", text, "Name";
    ACCESS_MASK: "smb.access_mask", x32, "Access required";
    SHARE_ACCESS: "smb.share_access", x32, "Share Access";
    CREATE_OPTIONS: "smb.create_options", x32, "Create Options";
    MAILSLOT: "mailslot", protocol, "SMB MailSlot Protocol";
    MAILSLOT_NAME: "mailslot.name", text, "Mailslot Name";
    BROWSER: "browser", protocol, "Microsoft Windows Browser Protocol";
    BROWSER_COMMAND: "browser.command", x8, "Command";
}

/// MS-CIFS 2.2.3.1.
const LAYOUT: &[Place] = &[
    Place::at(CMD, 4, 1),
    Place::at(FLAGS, 9, 1),
    Place::bits(FLAGS_RESPONSE, 9, 1, 0x80),
    Place::le(FLAGS2, 10, 2),
    Place::le(TID, 24, 2),
    Place::le(PID, 26, 2),
    Place::le(UID, 28, 2),
    Place::le(MID, 30, 2),
    Place::at(WCT, 32, 1),
];
/// The bit of the flags that says that errors are those of Windows NT.
const NT_ERRORS: u64 = 0x4000;
const NEGOTIATE: u8 = 0x72;
const TRANSACTION: u8 = 0x25;

/// The fields of the message that `message` is.
pub(crate) fn extract<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    out.layout(message, LAYOUT);
    if message.le(10, 2).is_some_and(|flags| flags & NT_ERRORS != 0) {
        out.layout(message, &[Place::le(NT_STATUS, 5, 4)]);
    } else {
        out.layout(message, &[Place::at(ERROR_CLASS, 5, 1), Place::le(ERROR_CODE, 7, 2)]);
    }
    let Some(words) = message.length(32, 1) else { return };
    let at = 33 + words * 2;
    out.layout(message, &[Place::le(BCC, at, 2)]);
    let is_response = message.u8(9).is_some_and(|flags| flags & 0x80 != 0);
    match (message.u8(4), is_response) {
        (Some(NEGOTIATE), false) => dialects(message.from(at + 2), out),
        (Some(TRANSACTION), false) => transaction(message, at + 2, out),
        _ => {}
    }
}

/// Names between a 2 and a zero.
fn dialects<'a>(list: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    for dialect in list.0.split(|byte| *byte == 0) {
        if let [2, name @ ..] = dialect {
            out.text(DIALECT_NAME, Some(name));
        }
    }
}

/// The browser announces hosts through mailslots (MS-BRWS 2.2).
fn transaction<'a>(message: Bytes<'a>, name_at: usize, out: &mut Out<'_, '_, 'a>) {
    let name = message.from(name_at).0.split(|byte| *byte == 0).next().unwrap_or_default();
    if !name.starts_with(b"\\MAILSLOT\\") {
        return;
    }
    out.protocol(MAILSLOT, message.from(name_at).0);
    out.text(MAILSLOT_NAME, Some(name));
    let data = message.length_le(57, 2).map(|at| message.from(at)).unwrap_or_default();
    if name == b"\\MAILSLOT\\BROWSE" {
        out.protocol(BROWSER, data.0);
        out.layout(data, &[Place::at(BROWSER_COMMAND, 0, 1)]);
    }
}
