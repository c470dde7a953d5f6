//! MySQL Protocol.

use crate::declare::fields;

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
    COMMAND: "mysql.command", u8, "Command";
    QUERY: "mysql.query", text, "Statement";
    RESPONSE_CODE: "mysql.response_code", x8, "Response Code";
    ERROR_CODE: "mysql.error_code", u16, "Error Code";
    ERROR_MESSAGE: "mysql.error.message", text, "Error message";
    LOGIN_REQUEST: "mysql.login_request", none, "Login Request";
    SERVER_GREETING: "mysql.server_greeting", none, "Server Greeting";
}
