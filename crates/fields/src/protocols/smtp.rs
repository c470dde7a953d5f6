//! Simple Mail Transfer Protocol.

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "smtp", protocol, "Simple Mail Transfer Protocol";
    REQ: "smtp.req", boolean, "Request";
    RSP: "smtp.rsp", boolean, "Response";
    REQ_COMMAND: "smtp.req.command", text, "Command";
    REQ_PARAMETER: "smtp.req.parameter", text, "Request parameter";
    RESPONSE_CODE: "smtp.response.code", u32, "Response code";
    RSP_PARAMETER: "smtp.rsp.parameter", text, "Response parameter";
    COMMAND_LINE: "smtp.command_line", text, "Command Line";
    RESPONSE: "smtp.response", text, "Response";
    MESSAGE: "smtp.message", text, "Message";
    AUTH_USERNAME: "smtp.auth.username", text, "Username";
    AUTH_PASSWORD: "smtp.auth.password", text, "Password";
    IMF: "imf", protocol, "Internet Message Format";
    IMF_FROM: "imf.from", text, "From";
    IMF_TO: "imf.to", text, "To";
    IMF_SUBJECT: "imf.subject", text, "Subject";
    IMF_DATE: "imf.date", text, "Date";
    IMF_MESSAGE_ID: "imf.message_id", text, "Message-ID";
}
