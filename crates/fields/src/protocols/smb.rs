//! SMB (Server Message Block Protocol).

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "smb", protocol, "SMB (Server Message Block Protocol)";
    CMD: "smb.cmd", x8, "SMB Command";
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
    DIALECT: "smb.dialect", text, "Dialect";
    DIALECT_NAME: "smb.dialect.name", text, "Name";
    PATH: "smb.path", text, "Path";
    FILE: "smb.file", text, "File Name";
    SERVICE: "smb.service", text, "Service";
    NATIVE_OS: "smb.native_os", text, "Native OS";
    NATIVE_LANMAN: "smb.native_lanman", text, "Native LAN Manager";
    ACCOUNT: "smb.account", text, "Account";
    PRIMARY_DOMAIN: "smb.primary_domain", text, "Primary Domain";
    SERVER: "smb.server", text, "Server";
    MAILSLOT: "mailslot", protocol, "SMB MailSlot Protocol";
    MAILSLOT_NAME: "mailslot.name", text, "Mailslot Name";
    BROWSER: "browser", protocol, "Microsoft Windows Browser Protocol";
    BROWSER_COMMAND: "browser.command", x8, "Command";
    BROWSER_SERVER: "browser.server", text, "Server Name";
}
