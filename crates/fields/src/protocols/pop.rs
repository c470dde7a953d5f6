//! Post Office Protocol.

use crate::declare::fields;

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
