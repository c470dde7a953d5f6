//! What events say: one file per family, each by `Data` name and never by position.
//!
//! Field names, versions and traps: Microsoft "Audit Filtering Platform Connection", "… Packet Drop", "… Policy Change", "Audit
//! Process Creation", Sysinternals Sysmon, Microsoft Defender "Network protection", and the manifests of the providers.

mod dns_client;
mod family;
mod filter_condition;
mod firewall_log;
mod guid_names;
mod host_events;
mod joined;
mod network_protection;
mod orientation;
mod security_connection;
mod security_policy;
mod security_process;
mod sysmon;
mod tokens;
mod transfers;

pub(crate) use family::{Family, family_of, source_kind};
pub(crate) use joined::{Joined, Told};
pub(crate) use orientation::Orientation;
pub(crate) use sysmon::own_time;

use whotalks_record::{Pid, Record, Span, Text, Timestamp};

use crate::raw::{Form, RawEvent, Value};
use crate::texts::Texts;

/// What every decoder needs besides the event's fields.
pub(crate) struct Context<'c> {
    /// Where the event lies.
    pub(crate) span: Span,
    /// When it happened.
    pub(crate) time: Timestamp,
    /// The computer.
    pub(crate) host: Text,
    /// Shares repeated texts.
    pub(crate) texts: &'c mut Texts,
}

impl Context<'_> {
    /// A field as shared text.
    fn text(&mut self, event: &RawEvent<'_>, name: &str) -> Option<Text> {
        match event.value(name)? {
            Value::Bytes(Form::Utf16, bytes) => self.texts.share_utf16(bytes),
            _ => event.read(name, |text| Some(self.texts.share(text))),
        }
    }

    /// A field as a process identifier.
    fn pid(event: &RawEvent<'_>, name: &str) -> Option<Pid> {
        event.narrow(name).map(Pid)
    }
}

/// What one event gives.
pub(crate) enum Decoded {
    /// A record.
    Record(Record),
    /// A part of one.
    Told(Told),
}

/// Turns one event of a known family into a record or a part of one; `None` where the event lacks what it cannot be without.
pub(crate) fn decode(family: Family, event: &RawEvent<'_>, context: &mut Context<'_>) -> Option<Decoded> {
    match family {
        Family::DnsClient => dns_client::decode(event, context).map(Decoded::Told),
        Family::TransferOrder => Some(Decoded::Told(transfers::decode_order(event, context))),
        Family::Transfer(stage) => transfers::decode(stage, event, context).map(Decoded::Told),
        _ => decode_whole(family, event, context).map(Decoded::Record),
    }
}

fn decode_whole(family: Family, event: &RawEvent<'_>, context: &mut Context<'_>) -> Option<Record> {
    match family {
        Family::Connection(kind) => Some(security_connection::decode(kind, event, context)),
        Family::Process(kind) => security_process::decode(kind, event, context),
        Family::Filter => security_policy::decode_filter(event, context),
        Family::Rule => Some(security_policy::decode_rule(event, context)),
        Family::FirewallLog => Some(firewall_log::decode(event, context)),
        Family::Sysmon(kind) => sysmon::decode(kind, event, context),
        Family::NetworkProtection(action) => network_protection::decode(action, event, context),
        Family::Host(kind) => Some(host_events::decode(kind, context)),
        Family::DnsClient | Family::TransferOrder | Family::Transfer(_) => None,
    }
}
