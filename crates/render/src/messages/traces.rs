//! Messages about event traces.

use crate::messages::macros::messages;

messages! {
    /// Messages about event traces.
    TraceMessage {
        NoHeader = "trace-no-header",
        System { build: String, processors: u64 } = "trace-system",
        Session { session: String, file: String } = "trace-session",
        Events { events: u64, buffers: u64 } = "trace-events",
        Lost { events: u64, buffers: u64 } = "trace-lost",
        Unclosed = "trace-unclosed",
        Wrapped = "trace-wrapped",
        OneOfSeveral = "trace-one-of-several",
        Packets { packets: u64, folded: u64, dropped: u64 } = "trace-packets",
        NoPackets = "trace-no-packets",
        Uncounted { count: u64 } = "trace-uncounted",
        UnknownProvider = "trace-unknown-provider",
        ByTemplate = "trace-by-template",
        ByItself = "trace-by-itself",
        BySymbols = "trace-by-symbols",
        ByNobody = "trace-by-nobody",
    }
}
