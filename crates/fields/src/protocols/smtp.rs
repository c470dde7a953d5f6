//! Simple Mail Transfer Protocol.

use crate::declare::fields;
use crate::extract::lines::{lines, reply_code, word};
use crate::extract::{Bytes, Context, Out};

fields! {
    level Applications;
    PROTOCOL: "smtp", protocol, "Simple Mail Transfer Protocol";
    REQ: "smtp.req", boolean, "Request";
    RSP: "smtp.rsp", boolean, "Response";
    REQ_COMMAND: "smtp.req.command", text, "Command";
    REQ_PARAMETER: "smtp.req.parameter", text, "Request parameter";
    RESPONSE_CODE: "smtp.response.code", u32, "Response code";
    RSP_PARAMETER: "smtp.rsp.parameter", text, "Response parameter";
}

/// The fields of the lines that `message` holds (RFC 5321 4).
pub(crate) fn extract<'a>(message: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    if context.is_to_port(25) || context.is_to_port(587) {
        for line in lines(message.0) {
            if line.trim_ascii().eq_ignore_ascii_case(b"STARTTLS") {
                context.asks_for_tls();
            }
            command(line, out);
        }
        return;
    }
    out.flag(RSP, Some(true));
    for line in lines(message.0) {
        if let Some((code, _)) = reply_code(line) {
            context.answers(code == 220);
            out.number(RESPONSE_CODE, Some(code));
            out.text(RSP_PARAMETER, line.get(4..).filter(|text| !text.is_empty()));
        }
    }
}

/// A command has four letters, as those of RFC 5321 4.1 have; other lines are of a message.
fn command<'a>(line: &'a [u8], out: &mut Out<'_, '_, 'a>) {
    const LETTERS: [&[u8]; 13] = [
        b"HELO", b"EHLO", b"MAIL", b"RCPT", b"DATA", b"RSET", b"QUIT", b"NOOP", b"VRFY", b"AUTH", b"BDAT", b"HELP", b"EXPN",
    ];
    let (name, argument) = word(line);
    let is_command = LETTERS.iter().any(|known| known.eq_ignore_ascii_case(name)) || name.eq_ignore_ascii_case(b"STARTTLS");
    if !is_command {
        return;
    }
    out.flag(REQ, Some(true));
    out.text(REQ_COMMAND, Some(name.get(..4).unwrap_or(name)));
    out.text(REQ_PARAMETER, argument);
}
