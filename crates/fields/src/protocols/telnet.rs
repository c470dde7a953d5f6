//! Telnet.

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "telnet", protocol, "Telnet";
    CMD: "telnet.cmd", u8, "Command";
    SUBCMD: "telnet.subcmd", u8, "Subcommand";
    DATA: "telnet.data", text, "Data";
}
