//! A name asked by a process, from the host's own log.

use std::net::IpAddr;

use crate::{Pid, Span, Text, Timestamp};

/// A process asked the resolver for a name: Sysmon 22, or events of the DNS client in its own log or in a trace.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolverEvent {
    /// The event record.
    pub span: Span,
    /// When, by the host's clock.
    pub time: Timestamp,
    /// The computer; none in a trace, which names no computer.
    pub host: Option<Text>,
    /// Who tells of it.
    pub source: ResolverSource,
    /// Who asked.
    pub pid: Option<Pid>,
    /// The asker's image.
    pub image: Option<Text>,
    /// The name asked, lower case, without a trailing dot.
    pub name: Text,
    /// The Win32 status; 0 is success.
    pub status: Option<u32>,
    /// The addresses answered.
    pub addresses: Vec<IpAddr>,
}

/// Who tells of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResolverSource {
    /// Sysmon 22.
    Sysmon,
    /// The DNS client's own log (Microsoft-Windows-DNS-Client/Operational).
    DnsClientLog,
    /// A trace: the DNS client, or a library inside of the program.
    Trace,
}
