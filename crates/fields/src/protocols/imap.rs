//! Internet Message Access Protocol.

use crate::declare::fields;

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
    RESPONSE_STATUS: "imap.response.status", text, "Response Status";
    RESPONSE_COMMAND: "imap.response.command", text, "Response Command";
}
