//! MySQL Protocol.

use crate::declare::fields;
use crate::extract::{Bytes, Context, Length, Out, Place, Upgrade};

fields! {
    level Applications;
    PROTOCOL: "mysql", protocol, "MySQL Protocol";
    PACKET_LENGTH: "mysql.packet_length", u24, "Packet Length";
    PACKET_NUMBER: "mysql.packet_number", u8, "Packet Number";
    PROTOCOL_VALUE: "mysql.protocol", u8, "Protocol";
    VERSION: "mysql.version", text, "Version";
    THREAD_ID: "mysql.thread_id", u32, "Thread ID";
    USER: "mysql.user", text, "Username";
    SCHEMA: "mysql.schema", text, "Schema";
    COMMAND: "mysql.command", u8, "Command" labels "mysql-command";
    QUERY: "mysql.query", text, "Statement";
    RESPONSE_CODE: "mysql.response_code", x8, "Response Code";
    ERROR_CODE: "mysql.error_code", u16, "Error Code";
    ERROR_MESSAGE: "mysql.error.message", text, "Error message";
    LOGIN_REQUEST: "mysql.login_request", none, "Login Request";
    SERVER_GREETING: "mysql.server_greeting", none, "Server Greeting";
}

const HEADER_BYTES: usize = 4;
/// Commands that hold a statement, and the one that changes the schema.
const QUERY_COMMAND: u8 = 3;
const SCHEMA_COMMAND: u8 = 2;

/// How long the packet is that `bytes` begins with.
pub(crate) fn length(bytes: &[u8]) -> Length {
    match Bytes(bytes).length_le(0, 3) {
        Some(length) => Length::Known(length + HEADER_BYTES),
        None => Length::OneMoreSegment,
    }
}

/// The fields of the packet that `packet` is (MySQL Internals, "Client/Server Protocol").
pub(crate) fn extract<'a>(packet: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, packet.0);
    out.layout(packet, &[Place::le(PACKET_LENGTH, 0, 3), Place::at(PACKET_NUMBER, 3, 1)]);
    let body = packet.from(HEADER_BYTES);
    let to_server = context.is_to_port(3306);
    match (to_server, packet.u8(3)) {
        (false, Some(0)) if matches!(body.u8(0), Some(9 | 10)) => greeting(body, out),
        (true, Some(1)) if asks_for_tls(body) => {
            out.present(LOGIN_REQUEST);
            context.talk.upgrade = Upgrade::Granted;
        }
        (true, Some(1)) => login(body, out),
        (true, Some(0)) => command(body, out),
        (false, _) => response(body, out),
        _ => {}
    }
}

/// A login of a client that goes on in TLS ends before the name, and waits for no answer.
fn asks_for_tls(body: Bytes<'_>) -> bool {
    const TLS: u64 = 0x0800;
    const LOGIN_BYTES: usize = 32;
    body.len() == LOGIN_BYTES && body.le(0, 4).is_some_and(|flags| flags & TLS != 0)
}

fn until_nul(body: Bytes<'_>, at: usize) -> Option<&[u8]> {
    body.from(at).0.split(|byte| *byte == 0).next()
}

fn greeting<'a>(body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.present(SERVER_GREETING);
    out.layout(body, &[Place::at(PROTOCOL_VALUE, 0, 1)]);
    let Some(version) = until_nul(body, 1) else { return };
    out.text(VERSION, Some(version));
    out.layout(body, &[Place::le(THREAD_ID, 2 + version.len(), 4)]);
}

/// The form since version 4.1.
fn login<'a>(body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    const NAMES_SCHEMA: u64 = 0x0008;
    out.present(LOGIN_REQUEST);
    let Some(user) = until_nul(body, 32) else { return };
    out.text(USER, Some(user));
    let at = 33 + user.len();
    let secret = body.length(at, 1).unwrap_or_default();
    if body.le(0, 4).is_some_and(|flags| flags & NAMES_SCHEMA != 0) {
        out.text(SCHEMA, until_nul(body, at + 1 + secret));
    }
}

fn command<'a>(body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(body, &[Place::at(COMMAND, 0, 1)]);
    match body.u8(0) {
        Some(QUERY_COMMAND) => out.text(QUERY, Some(body.from(1).0)),
        Some(SCHEMA_COMMAND) => out.text(SCHEMA, Some(body.from(1).0)),
        _ => {}
    }
}

fn response<'a>(body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    const ERROR: u8 = 0xff;
    match body.u8(0) {
        Some(ERROR) => {
            out.layout(body, &[Place::at(RESPONSE_CODE, 0, 1), Place::le(ERROR_CODE, 1, 2)]);
            let text_at = if body.u8(3) == Some(b'#') { 9 } else { 3 };
            out.text(ERROR_MESSAGE, Some(body.from(text_at).0));
        }
        Some(0 | 0xfe) => out.layout(body, &[Place::at(RESPONSE_CODE, 0, 1)]),
        _ => {}
    }
}
