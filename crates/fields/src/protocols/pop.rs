//! Post Office Protocol.

use crate::declare::fields;
use crate::extract::lines::{lines, word};
use crate::extract::{Bytes, Context, Out};

fields! {
    level Applications;
    PROTOCOL: "pop", protocol, "Post Office Protocol";
    REQUEST: "pop.request", text, "Request";
    REQUEST_COMMAND: "pop.request.command", text, "Request command";
    REQUEST_PARAMETER: "pop.request.parameter", text, "Request parameter";
    RESPONSE: "pop.response", text, "Response";
    RESPONSE_INDICATOR: "pop.response.indicator", text, "Response indicator";
    RESPONSE_DESCRIPTION: "pop.response.description", text, "Response description";
}

/// The fields of the lines that `message` holds (RFC 1939 3).
pub(crate) fn extract<'a>(message: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    let Some(line) = lines(message.0).next() else { return };
    let (first, rest) = word(line);
    let rest = rest.filter(|rest| !rest.is_empty());
    if context.is_to_port(110) {
        if first.eq_ignore_ascii_case(b"STLS") {
            context.asks_for_tls();
        }
        out.text(REQUEST, Some(line));
        out.text(REQUEST_COMMAND, Some(first));
        out.text(REQUEST_PARAMETER, rest);
    } else if first.starts_with(b"+") || first.starts_with(b"-") {
        context.answers(first == b"+OK");
        out.text(RESPONSE, Some(line));
        out.text(RESPONSE_INDICATOR, Some(first));
        out.text(RESPONSE_DESCRIPTION, rest);
    }
}
