//! Sysmon 1, 3, 5 and 22.

use std::net::IpAddr;

use whotalks_record::{
    ConnectionEvent, ConnectionEventKind, Direction, Endpoint, IpProtocol, ProcessEvent, ProcessEventKind, Record,
    ResolverEvent, ResolverSource, Text, Timestamp,
};

use super::Context;
use super::family::SysmonEvent;
use crate::raw::{RawEvent, parse_address, parse_time};

/// Reads one event; `None` where a process event has no process identifier or a query no name.
pub(super) fn decode(kind: SysmonEvent, event: &RawEvent<'_>, context: &mut Context<'_>) -> Option<Record> {
    match kind {
        SysmonEvent::ProcessCreate => process(ProcessEventKind::Start, event, context),
        SysmonEvent::ProcessTerminate => process(ProcessEventKind::End, event, context),
        SysmonEvent::NetworkConnection => Some(connection(event, context)),
        SysmonEvent::DnsQuery => query(event, context),
    }
}

/// `UtcTime`: when it happened, in UTC whatever the exporter did to the other times.
pub(crate) fn own_time(event: &RawEvent<'_>) -> Option<Timestamp> {
    event.read("UtcTime", |text| Some(parse_time(text)?.time))
}

fn process(kind: ProcessEventKind, event: &RawEvent<'_>, context: &mut Context<'_>) -> Option<Record> {
    Some(Record::Process(ProcessEvent {
        span: context.span,
        time: Some(context.time),
        host: Some(context.host.clone()),
        kind,
        pid: Context::pid(event, "ProcessId")?,
        image: context.text(event, "Image"),
        command_line: context.text(event, "CommandLine"),
        parent_pid: Context::pid(event, "ParentProcessId"),
        parent_image: context.text(event, "ParentImage"),
        user: context.text(event, "User"),
        services: Vec::new(),
        unique_id: context.text(event, "ProcessGuid"),
        sha256: sha256(event, context),
    }))
}

/// The SHA-256 out of `SHA1=…,MD5=…,SHA256=…,IMPHASH=…`.
fn sha256(event: &RawEvent<'_>, context: &mut Context<'_>) -> Option<Text> {
    let hashes = event.text("Hashes").or_else(|| event.text("Hash"))?;
    let digits = hashes.split(',').find_map(|hash| hash.trim().strip_prefix("SHA256="))?;
    let valid = digits.len() == 64 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    valid.then(|| context.texts.share(&digits.to_ascii_lowercase()))
}

fn connection(event: &RawEvent<'_>, context: &mut Context<'_>) -> Record {
    let protocol = event.read("Protocol", protocol);
    let direction = event.read("Initiated", initiated);
    let source_is_local = direction == Some(Direction::Outbound) || protocol == Some(IpProtocol::UDP);
    let source = event.endpoint("SourceIp", "SourcePort");
    let destination = event.endpoint("DestinationIp", "DestinationPort");
    let (local, remote, remote_name) = match direction {
        None => (None, None, "DestinationHostname"),
        Some(_) if source_is_local => (source, destination, "DestinationHostname"),
        Some(_) => (destination, source, "SourceHostname"),
    };
    Record::Connection(ConnectionEvent {
        span: context.span,
        time: context.time,
        host: Some(context.host.clone()),
        kind: ConnectionEventKind::SysmonConnection,
        pid: Context::pid(event, "ProcessId"),
        image: context.text(event, "Image"),
        direction,
        protocol,
        local,
        remote: remote.filter(|end: &Endpoint| !end.is_unspecified()),
        filter: None,
        filter_origin: None,
        layer_name: None,
        layer_id: None,
        user: context.text(event, "User"),
        remote_name: context.text(event, remote_name),
    })
}

fn protocol(text: &str) -> Option<IpProtocol> {
    match text.trim().to_ascii_lowercase().as_str() {
        "tcp" => Some(IpProtocol::TCP),
        "udp" => Some(IpProtocol::UDP),
        number => number.parse().ok().map(IpProtocol),
    }
}

fn initiated(text: &str) -> Option<Direction> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "1" => Some(Direction::Outbound),
        "false" | "0" => Some(Direction::Inbound),
        _ => None,
    }
}

fn query(event: &RawEvent<'_>, context: &mut Context<'_>) -> Option<Record> {
    let name = event.text("QueryName")?;
    let name = name.trim().trim_end_matches('.').to_ascii_lowercase();
    Some(Record::Resolver(ResolverEvent {
        span: context.span,
        time: context.time,
        host: Some(context.host.clone()),
        source: ResolverSource::Sysmon,
        pid: Context::pid(event, "ProcessId"),
        image: context.text(event, "Image"),
        name: context.texts.share(&name),
        status: event.narrow("QueryStatus"),
        addresses: query_results(&event.text("QueryResults").unwrap_or_default()),
    }))
}

/// The most addresses kept of one answer; a UDP answer of 64 KiB cannot hold more than about 2,300.
const MOST_ADDRESSES: usize = 2_500;

/// The addresses of `type:  5 edge.example.net;::ffff:203.0.113.7;2001:db8::1;`. Aliases (`type:  5 …`) and other record types
/// are no addresses.
fn query_results(text: &str) -> Vec<IpAddr> {
    text.split(';').filter_map(parse_address).take(MOST_ADDRESSES).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_keep_addresses_and_leave_aliases() {
        let text = "type:  5 edge.example.net;::ffff:203.0.113.7;2001:db8::1;type:  6 ;";
        let expected: Vec<IpAddr> = vec!["203.0.113.7".parse().unwrap(), "2001:db8::1".parse().unwrap()];
        assert_eq!(query_results(text), expected);
        assert_eq!(query_results("-"), Vec::<IpAddr>::new());
    }
}
