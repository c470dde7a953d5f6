//! Internet Message Access Protocol.

use crate::declare::fields;
use crate::extract::lines::{lines, word};
use crate::extract::{Bytes, Context, Out};

fields! {
    level Applications;
    PROTOCOL: "imap", protocol, "Internet Message Access Protocol";
    ISREQUEST: "imap.isrequest", boolean, "Request";
    LINE: "imap.line", text, "Line";
    REQUEST: "imap.request", text, "Request";
    REQUEST_TAG: "imap.request_tag", text, "Request Tag";
    REQUEST_COMMAND: "imap.request.command", text, "Request Command";
    RESPONSE: "imap.response", text, "Response";
    RESPONSE_TAG: "imap.response_tag", text, "Response Tag";
    RESPONSE_COMMAND: "imap.response.command", text, "Response Command";
}

/// The fields of the lines that `message` holds (RFC 9051 2.2).
pub(crate) fn extract<'a>(message: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    let is_request = context.is_to_port(143);
    out.flag(ISREQUEST, Some(is_request));
    for line in lines(message.0) {
        out.text(LINE, Some(line));
        let (tag, rest) = word(line);
        if is_request {
            out.text(REQUEST_TAG, Some(tag));
            out.text(REQUEST, rest);
            let command = rest.map(|rest| word(rest).0);
            if command.is_some_and(|command| command.eq_ignore_ascii_case(b"STARTTLS")) {
                context.asks_for_tls();
            }
            out.text(REQUEST_COMMAND, command);
        } else {
            out.text(RESPONSE_TAG, Some(tag));
            out.text(RESPONSE, rest);
            let status = rest.map(|rest| word(rest).0);
            // Lines without the tag of a command answer none.
            if tag != b"*" {
                context.answers(status.is_some_and(|status| status.eq_ignore_ascii_case(b"OK")));
            }
            out.text(RESPONSE_COMMAND, status);
        }
    }
}
