//! PostgreSQL.

use crate::declare::fields;
use crate::extract::{Bytes, Context, Length, Out, Place};

fields! {
    level Applications;
    PROTOCOL: "pgsql", protocol, "PostgreSQL";
    TYPE: "pgsql.type", text, "Type";
    LENGTH: "pgsql.length", u32, "Length";
    FRONTEND: "pgsql.frontend", boolean, "Frontend";
    QUERY: "pgsql.query", text, "Query";
    PARAMETER_NAME: "pgsql.parameter_name", text, "Parameter name";
    PARAMETER_VALUE: "pgsql.parameter_value", text, "Parameter value";
    AUTHTYPE: "pgsql.authtype", u32, "Authentication type";
}

/// How long the message is that `bytes` begins with; the first one of a client has no type.
pub(crate) fn length(bytes: &[u8]) -> Length {
    let at = usize::from(bytes.first().is_some_and(|first| *first != 0));
    match Bytes(bytes).length(at, 4) {
        Some(length) => Length::Known(length.saturating_add(at)),
        // The answer to a request for TLS is one letter.
        None if matches!(bytes, [b'S' | b'N']) => Length::Known(1),
        None => Length::OneMoreSegment,
    }
}

/// The fields of the message that `message` is (PostgreSQL, "Message Formats").
pub(crate) fn extract<'a>(message: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    let is_frontend = context.is_to_port(5432);
    out.flag(FRONTEND, Some(is_frontend));
    let Some(kind) = message.u8(0).filter(|kind| *kind != 0) else {
        return startup(message, context, out);
    };
    if message.len() == 1 {
        // The answer to a request for TLS; messages have at least a length.
        return context.answers(kind == b'S');
    }
    out.made_text(TYPE, || Some(type_name(kind, is_frontend).to_owned()));
    out.layout(message, &[Place::at(LENGTH, 1, 4)]);
    match (kind, is_frontend) {
        (b'Q', true) => out.text(QUERY, message.from(5).0.split(|byte| *byte == 0).next()),
        (b'P', true) => out.text(QUERY, message.from(5).0.split(|byte| *byte == 0).nth(1)),
        (b'S', false) => parameters(message.from(5), out),
        (b'R', false) => out.layout(message, &[Place::at(AUTHTYPE, 5, 4)]),
        _ => {}
    }
}

fn startup<'a>(message: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    const TLS_REQUEST: u32 = 80_877_103;
    let is_tls = message.u32(4) == Some(TLS_REQUEST);
    if is_tls {
        context.asks_for_tls();
    }
    out.made_text(TYPE, || Some(if is_tls { "SSL request" } else { "Startup message" }.to_owned()));
    out.layout(message, &[Place::at(LENGTH, 0, 4)]);
    if !is_tls {
        parameters(message.from(8), out);
    }
}

/// Names and values, each ended by zero.
fn parameters<'a>(list: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let mut parts = list.0.split(|byte| *byte == 0);
    while let (Some(name), Some(value)) = (parts.next().filter(|name| !name.is_empty()), parts.next()) {
        out.text(PARAMETER_NAME, Some(name));
        out.text(PARAMETER_VALUE, Some(value));
    }
}

fn type_name(kind: u8, is_frontend: bool) -> &'static str {
    match (kind, is_frontend) {
        (b'Q', true) => "Simple query",
        (b'P', true) => "Parse",
        (b'B', true) => "Bind",
        (b'E', true) => "Execute",
        (b'D', true) => "Describe",
        (b'S', true) => "Sync",
        (b'X', true) => "Termination",
        (b'p', true) => "Password message",
        (b'R', false) => "Authentication request",
        (b'S', false) => "Parameter status",
        (b'K', false) => "Backend key data",
        (b'Z', false) => "Ready for query",
        (b'T', false) => "Row description",
        (b'D', false) => "Data row",
        (b'C', false) => "Command completion",
        (b'E', false) => "Error",
        (b'N', false) => "Notice",
        (b'1', false) => "Parse completion",
        (b'2', false) => "Bind completion",
        _ => "Unknown",
    }
}
