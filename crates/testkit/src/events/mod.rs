//! What the hosts log about the scenario: the Security log and the Sysmon log as lists of events, before any encoding.

mod accounts;
mod connection;
mod process;
mod requests;
mod security;
mod sysmon;
pub(crate) mod trace;

pub(crate) use accounts::full_name;
pub(crate) use security::security_log;
pub(crate) use sysmon::sysmon_log;

use crate::scenario::model::ProcessIndex;

/// One event of a log.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LogEvent {
    pub(crate) record_id: u64,
    /// `TimeCreated` by the clock of the host.
    pub(crate) time_ns: i64,
    pub(crate) source: &'static LogSource,
    pub(crate) id: u16,
    pub(crate) version: u8,
    pub(crate) task: u16,
    pub(crate) keywords: u64,
    pub(crate) computer: String,
    /// The process that wrote it.
    pub(crate) writer: u32,
    /// `EventData` in the order of the manifest.
    pub(crate) data: Vec<(&'static str, Value)>,
    pub(crate) about: About,
}

/// What is the same for all events of a log.
#[derive(Debug, PartialEq)]
pub(crate) struct LogSource {
    pub(crate) channel: &'static str,
    pub(crate) provider: &'static str,
    /// With braces, as the registry shows it.
    pub(crate) provider_guid: &'static str,
    pub(crate) level: u8,
    /// The process that writes the log, where one writes it all.
    pub(crate) execution_pid: u32,
    /// The account that logged, when the log says so.
    pub(crate) user_sid: Option<&'static str>,
}

/// The Security log: the kernel writes the filtering events, so the execution process is always 4.
pub(crate) static SECURITY: LogSource = LogSource {
    channel: "Security",
    provider: "Microsoft-Windows-Security-Auditing",
    provider_guid: "{54849625-5478-4994-A5BA-3E3B0328C30D}",
    level: 0,
    execution_pid: 4,
    user_sid: None,
};

/// The log of Sysmon, whose service runs as SYSTEM.
pub(crate) static SYSMON: LogSource = LogSource {
    channel: "Microsoft-Windows-Sysmon/Operational",
    provider: "Microsoft-Windows-Sysmon",
    provider_guid: "{5770385F-C22A-43E0-BF4C-06F5698FFBD9}",
    level: 4,
    execution_pid: 3_212,
    user_sid: Some("S-1-5-18"),
};

/// A typed value, because the manifest's types decide how it is stored and rendered.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A number of 32 bits.
    Unsigned32(u32),
    /// A number of 64 bits.
    Unsigned64(u64),
    /// `win:HexInt64` and `win:Pointer`: rendered as `0x…`.
    Hex64(u64),
    /// A security identifier, as `S-1-5-18`.
    Sid(String),
    /// An identifier in braces.
    Guid(String),
}

impl Value {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// What of the scenario an event speaks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum About {
    /// The decision about this flow.
    Connection(u32),
    /// The bind that came before this flow.
    Bind(u32),
    /// A TCP listener opened on this port.
    Listener(u16),
    /// A dropped packet of this flow.
    Drop(u32),
    Start(ProcessIndex),
    End(ProcessIndex),
    /// A lookup, by its index.
    Lookup(usize),
    /// The filter list at boot; the flag tells the boot after the capture from the one before.
    FilterList {
        after_restart: bool,
    },
    /// Nothing that a flow rests on.
    Other,
}
