//! Telnet.

use crate::declare::fields;
use crate::extract::{Bytes, Context, Out};

fields! {
    level Applications;
    PROTOCOL: "telnet", protocol, "Telnet";
    CMD: "telnet.cmd", u8, "Command" labels "telnet-command";
    SUBCMD: "telnet.subcmd", u8, "Subcommand";
    DATA: "telnet.data", text, "Data";
}

/// The byte that begins a command (RFC 854).
const COMMAND: u8 = 255;
const SUBNEGOTIATION: u8 = 250;
const END: u8 = 240;

/// The fields of the commands and data that `message` holds.
pub(crate) fn extract<'a>(message: Bytes<'a>, _: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    let mut rest = message;
    while rest.len() > 0 {
        let length = if rest.u8(0) == Some(COMMAND) {
            command(rest, out)
        } else {
            let end = rest.0.iter().position(|byte| *byte == b'\n' || *byte == COMMAND);
            let length = end.map_or(rest.len(), |end| end + usize::from(rest.u8(end) == Some(b'\n')));
            out.text(DATA, rest.slice(0, length));
            length
        };
        rest = rest.from(length.max(1));
    }
}

/// How long it is.
fn command<'a>(rest: Bytes<'a>, out: &mut Out<'_, '_, 'a>) -> usize {
    out.number(CMD, rest.u8(1));
    match rest.u8(1) {
        Some(251..=254) => {
            out.number(SUBCMD, rest.u8(2));
            3
        }
        Some(SUBNEGOTIATION) => {
            out.number(SUBCMD, rest.u8(2));
            let end = rest.0.windows(2).position(|pair| pair == [COMMAND, END]);
            end.map_or(rest.len(), |end| end + 2)
        }
        _ => 2,
    }
}
