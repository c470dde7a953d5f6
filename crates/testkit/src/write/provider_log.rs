//! Binary logs of providers that no scenario writes: the events that a test lists, in the layouts of the manifests.

use super::evtx::evtx_file;
pub use crate::events::Value;
use crate::events::{About, LogEvent, LogSource};

/// A provider and its log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogProvider {
    /// Microsoft-Windows-Windows Defender.
    Defender,
    /// Microsoft-Windows-DNS-Client.
    DnsClient,
    /// Microsoft-Windows-Bits-Client.
    BitsClient,
}

/// One event of such a log.
#[derive(Debug, Clone, PartialEq)]
pub struct ProviderEvent {
    /// Its number and version.
    pub id: (u16, u8),
    /// When, in nanoseconds since 1970.
    pub time_ns: i64,
    /// The process that wrote it.
    pub writer: u32,
    /// `EventData` in the order of the manifest.
    pub data: Vec<(&'static str, Value)>,
}

static DEFENDER: LogSource = LogSource {
    channel: "Microsoft-Windows-Windows Defender/Operational",
    provider: "Microsoft-Windows-Windows Defender",
    provider_guid: "{11CD958A-C507-4EF3-B3F2-5FD9DFBD2C78}",
    level: 3,
    execution_pid: 3_912,
    user_sid: Some("S-1-5-18"),
};

static DNS_CLIENT: LogSource = LogSource {
    channel: "Microsoft-Windows-DNS-Client/Operational",
    provider: "Microsoft-Windows-DNS-Client",
    provider_guid: "{1C95126E-7EEA-49A9-A3FE-A378B03DDB4D}",
    level: 4,
    execution_pid: 1_496,
    user_sid: Some("S-1-5-20"),
};

static BITS_CLIENT: LogSource = LogSource {
    channel: "Microsoft-Windows-Bits-Client/Operational",
    provider: "Microsoft-Windows-Bits-Client",
    provider_guid: "{EF1CC15B-46C1-414E-BB95-E76B077BD51E}",
    level: 4,
    execution_pid: 2_100,
    user_sid: Some("S-1-5-18"),
};

/// The log of one computer with these events, numbered from 1.
#[must_use]
pub fn provider_log(provider: LogProvider, computer: &str, events: Vec<ProviderEvent>) -> Vec<u8> {
    let source = match provider {
        LogProvider::Defender => &DEFENDER,
        LogProvider::DnsClient => &DNS_CLIENT,
        LogProvider::BitsClient => &BITS_CLIENT,
    };
    let event = |(record_id, event): (u64, ProviderEvent)| LogEvent {
        record_id,
        time_ns: event.time_ns,
        source,
        writer: event.writer,
        id: event.id.0,
        version: event.id.1,
        task: 0,
        keywords: 0x8000_0000_0000_0000,
        computer: computer.to_owned(),
        data: event.data,
        about: About::Other,
    };
    let events: Vec<LogEvent> = (1..).zip(events).map(event).collect();
    evtx_file(&events)
}
