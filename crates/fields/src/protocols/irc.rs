//! Internet Relay Chat.

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "irc", protocol, "Internet Relay Chat";
    REQUEST: "irc.request", text, "Request";
    RESPONSE: "irc.response", text, "Response";
    REQUEST_COMMAND: "irc.request.command", text, "Command";
    RESPONSE_COMMAND: "irc.response.command", text, "Command";
}
