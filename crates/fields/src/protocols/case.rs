//! What only an open case knows: whotalks' own names.

#![expect(dead_code, reason = "who has a case open fills them in, and finds them by name")]

use crate::declare::fields;

fields! {
    level Headers;
    PROCESS_NAME: "process.name", text, "Name of the process that sent or received the packet";
    PROCESS_PID: "process.pid", u32, "Number of the process that sent or received the packet";
    ENDPOINT_NAME: "endpoint.name", text, "Name of the remote endpoint";
    VERDICT: "verdict", text, "What is known about the remote endpoint";
}
