//! Table `ResolverEvents`.

use std::net::IpAddr;

use whotalks_record as record;
use whotalks_record::{ResolverEvent, ResolverSource, Span, Text, Timestamp};

use crate::declare::{columns, table};

table! {
    /// Names that processes asked for, from the host's own log: Sysmon 22, the DNS client in its own log or in a trace.
    pub struct ResolverEvents(Observed);
    ResolverEvent as event {
        /// The event record.
        Record: Span [Reader] = event.span;
        /// When, by the host's clock.
        Time: Timestamp [Evidence] = event.time;
        /// The computer; none in a trace.
        Host: Option<Text> [Evidence lookup] = event.host;
        /// Who tells of it.
        Source: ResolverSource [Evidence] = event.source;
        /// Who asked.
        ProcessId: Option<record::Pid> [Evidence] = event.pid;
        /// The asker's image.
        Image: Option<Text> [Evidence lookup] = event.image;
        /// The name asked, in lower case, without a trailing dot.
        Name: Text [Evidence lookup] = event.name;
        /// The Win32 status; 0 is success.
        Status: Option<u32> [Evidence] = event.status;
        /// The addresses answered.
        Addresses: Vec<IpAddr> [Evidence] = event.addresses;
    } => ResolverEvent {
        span: Record,
        time: Time,
        host: Host,
        source: Source,
        pid: ProcessId,
        image: Image,
        name: Name,
        status: Status,
        addresses: Addresses,
    }
}
