//! File Transfer Protocol (FTP).

use crate::declare::fields;
use crate::extract::lines::{lines, reply_code, word};
use crate::extract::{Bytes, Context, Out};

fields! {
    level Applications;
    PROTOCOL: "ftp", protocol, "File Transfer Protocol (FTP)";
    REQUEST: "ftp.request", boolean, "Request";
    REQUEST_COMMAND: "ftp.request.command", text, "Request command";
    REQUEST_ARG: "ftp.request.arg", text, "Request arg";
    RESPONSE: "ftp.response", boolean, "Response";
    RESPONSE_CODE: "ftp.response.code", u32, "Response code";
    RESPONSE_ARG: "ftp.response.arg", text, "Response arg";
    PASSIVE_IP: "ftp.passive.ip", ipv4, "Passive IP address";
    PASSIVE_PORT: "ftp.passive.port", u16, "Passive port";
    ACTIVE_PORT: "ftp.active.port", u16, "Active port";
    CURRENT_WORKING_DIRECTORY: "ftp.current-working-directory", text, "Current working directory";
    FTP_DATA: "ftp-data", protocol, "FTP Data";
}

/// The fields of the lines that `message` holds (RFC 959 4).
pub(crate) fn extract<'a>(message: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    let is_request = context.is_to_port(21);
    out.flag(REQUEST, Some(is_request));
    out.flag(RESPONSE, Some(!is_request));
    for line in lines(message.0) {
        if is_request {
            let (command, argument) = word(line);
            out.text(REQUEST_COMMAND, Some(command));
            out.text(REQUEST_ARG, argument);
            if command.eq_ignore_ascii_case(b"AUTH") {
                context.asks_for_tls();
            }
            active(command, argument, out);
        } else {
            if let Some((code, _)) = reply_code(line) {
                context.answers(code == 234);
            }
            response(line, out);
        }
    }
}

fn response<'a>(line: &'a [u8], out: &mut Out<'_, '_, 'a>) {
    let Some((code, _)) = reply_code(line) else {
        out.text(RESPONSE_ARG, Some(line));
        return;
    };
    out.number(RESPONSE_CODE, Some(code));
    out.text(RESPONSE_ARG, line.get(4..));
    match code {
        227 => {
            if let Some([a, b, c, d, high, low]) = numbers(line.get(4..).unwrap_or_default()) {
                out.ipv4(PASSIVE_IP, Some(&[a, b, c, d]));
                out.number(PASSIVE_PORT, Some(u16::from_be_bytes([high, low])));
            }
        }
        229 => {
            let digits = line.split(|byte| *byte == b'|').nth(3);
            let port = digits.and_then(|digits| std::str::from_utf8(digits).ok()?.parse::<u16>().ok());
            out.number(PASSIVE_PORT, port);
        }
        257 => out.text(CURRENT_WORKING_DIRECTORY, line.split(|byte| *byte == b'"').nth(1)),
        _ => {}
    }
}

fn active(command: &[u8], argument: Option<&[u8]>, out: &mut Out<'_, '_, '_>) {
    if command.eq_ignore_ascii_case(b"PORT")
        && let Some([.., high, low]) = argument.and_then(numbers)
    {
        out.number(ACTIVE_PORT, Some(u16::from_be_bytes([high, low])));
    }
}

/// The six numbers of an address and port.
fn numbers(text: &[u8]) -> Option<[u8; 6]> {
    let text = std::str::from_utf8(text).ok()?;
    let inside = text.find(|letter: char| letter.is_ascii_digit()).and_then(|at| text.get(at..))?;
    let numbers = inside.split(|letter: char| !letter.is_ascii_digit()).take(6);
    let numbers: Option<Vec<u8>> = numbers.map(|number| number.parse().ok()).collect();
    numbers?.try_into().ok()
}

/// What the data connection carries.
pub(crate) fn data<'a>(message: Bytes<'a>, _: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(FTP_DATA, message.0);
}
