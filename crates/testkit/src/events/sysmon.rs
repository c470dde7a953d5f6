//! The Sysmon log of a host: 1, 3, 5 and 22. Sysmon writes an event a little after what it reports, and says when that
//! was in `UtcTime`.

use super::accounts::full_name;
use super::{About, LogEvent, SYSMON, Value};
use crate::clock::{MILLISECOND, SECOND, sysmon_time};
use crate::random::Random;
use crate::scenario::model::{Account, Decision, Direction, DnsLookup, Flow, Host, LookupPath, Process, Scenario};
use std::net::IpAddr;

const KEYWORDS: u64 = 0x8000_0000_0000_0000;

/// The records of the log in order; none when Sysmon does not run.
pub(crate) fn sysmon_log(scenario: &Scenario, host: &Host) -> Vec<LogEvent> {
    if !scenario.knobs.sysmon {
        return Vec::new();
    }
    let random = &mut Random::new(scenario.seed).fork(&format!("sysmon log {}", host.name));
    let mut events = Vec::new();
    for (index, process) in host.processes.iter().enumerate().skip(1) {
        events.push(created(host, index, process));
        events.extend(process.end_ns.map(|end_ns| ended(host, index, process, end_ns)));
    }
    let decided = host.flows.iter().filter(|flow| flow.decision == Decision::Allowed);
    events.extend(decided.map(|flow| connected(host, flow, random)));
    // What a program asks past the resolver of the host is not seen.
    let resolved = host
        .lookups
        .iter()
        .enumerate()
        .filter(|(_, lookup)| lookup.path != LookupPath::Hidden);
    events.extend(resolved.map(|(index, lookup)| looked_up(host, index, lookup, random)));
    events.sort_by_key(|event| event.time_ns);
    for (event, record_id) in events.iter_mut().zip(1..) {
        event.record_id = record_id;
    }
    events
}

fn created(host: &Host, index: usize, process: &Process) -> LogEvent {
    let at_ns = process.start_ns;
    let mut data = head(host, at_ns, process);
    let medium = process.account == Account::Person;
    data.extend([
        ("Image", Value::text(&process.image)),
        ("FileVersion", Value::text("-")),
        ("Description", Value::text("-")),
        ("Product", Value::text("-")),
        ("Company", Value::text("-")),
        ("OriginalFileName", Value::text(process.file_name())),
        ("CommandLine", Value::text(&process.command_line)),
        ("CurrentDirectory", Value::text("C:\\Windows\\System32\\")),
        ("User", Value::Text(full_name(host, process.account))),
        ("LogonGuid", Value::Guid(guid(host, 0, 1))),
        ("LogonId", Value::Hex64(super::accounts::logon_id(process.account))),
        ("TerminalSessionId", Value::Unsigned32(u32::from(medium))),
        ("IntegrityLevel", Value::text(if medium { "Medium" } else { "System" })),
        (
            "Hashes",
            Value::Text(format!("SHA256={:064X}", u64::from(process.pid) * 0x9e37_79b9)),
        ),
        ("ParentProcessGuid", Value::Guid(guid(host, process.parent_pid, 2))),
        ("ParentProcessId", Value::Unsigned32(process.parent_pid)),
        ("ParentImage", Value::text(&process.parent_image)),
        ("ParentCommandLine", Value::text(&process.parent_image)),
        ("ParentUser", Value::text("-")),
    ]);
    event(host, at_ns + 3 * MILLISECOND, 1, 5, data, About::Start(index))
}

fn ended(host: &Host, index: usize, process: &Process, at_ns: i64) -> LogEvent {
    let mut data = head(host, at_ns, process);
    data.push(("Image", Value::text(&process.image)));
    data.push(("User", Value::Text(full_name(host, process.account))));
    event(host, at_ns + 2 * MILLISECOND, 5, 3, data, About::End(index))
}

fn connected(host: &Host, flow: &Flow, random: &mut Random) -> LogEvent {
    let initiated = flow.direction == Direction::Outbound;
    let (source, destination) = if initiated {
        (flow.local, flow.remote)
    } else {
        (flow.remote, flow.local)
    };
    let mut data = host
        .process(flow.process)
        .map(|process| head(host, flow.first_ns, process))
        .unwrap_or_default();
    let process = host.process(flow.process);
    let boolean = |flag: bool| Value::text(if flag { "true" } else { "false" });
    data.extend([
        (
            "Image",
            Value::text(process.map_or("-", |process| process.image.as_str())),
        ),
        (
            "User",
            Value::Text(process.map_or_else(String::new, |process| full_name(host, process.account))),
        ),
        ("Protocol", Value::text(flow.transport.word())),
        ("Initiated", boolean(initiated)),
        ("SourceIsIpv6", boolean(source.is_ipv6())),
        ("SourceIp", Value::Text(expanded(source.ip()))),
        ("SourceHostname", Value::text("-")),
        ("SourcePort", Value::Unsigned32(source.port().into())),
        ("SourcePortName", Value::text("-")),
        ("DestinationIsIpv6", boolean(destination.is_ipv6())),
        ("DestinationIp", Value::Text(expanded(destination.ip()))),
        ("DestinationHostname", Value::text("-")),
        ("DestinationPort", Value::Unsigned32(destination.port().into())),
        ("DestinationPortName", Value::text("-")),
    ]);
    let delay = random.between(80, 2_000) * MILLISECOND;
    event(host, flow.first_ns + delay, 3, 5, data, About::Connection(flow.id))
}

fn looked_up(host: &Host, index: usize, lookup: &DnsLookup, random: &mut Random) -> LogEvent {
    let process = host.process(lookup.asker);
    let mut data = process
        .map(|process| head(host, lookup.answered_ns, process))
        .unwrap_or_default();
    let aliases = lookup.aliases.iter().map(|alias| format!("type:  5 {alias};"));
    let addresses = lookup.addresses.iter().map(|address| match address {
        IpAddr::V4(address) => format!("::ffff:{address};"),
        IpAddr::V6(address) => format!("{address};"),
    });
    data.extend([
        ("QueryName", Value::text(&lookup.name)),
        ("QueryStatus", Value::text("0")),
        ("QueryResults", Value::Text(aliases.chain(addresses).collect())),
        (
            "Image",
            Value::text(process.map_or("-", |process| process.image.as_str())),
        ),
        (
            "User",
            Value::Text(process.map_or_else(String::new, |process| full_name(host, process.account))),
        ),
    ]);
    let delay = random.between(200, 1_800) * MILLISECOND;
    event(host, lookup.answered_ns + delay, 22, 5, data, About::Lookup(index))
}

fn head(host: &Host, at_ns: i64, process: &Process) -> Vec<(&'static str, Value)> {
    vec![
        ("RuleName", Value::text("-")),
        ("UtcTime", Value::Text(sysmon_time(at_ns + host.skew_ns))),
        (
            "ProcessGuid",
            Value::Guid(guid(
                host,
                process.pid,
                u64::try_from(process.start_ns / SECOND).unwrap_or(0),
            )),
        ),
        ("ProcessId", Value::Unsigned32(process.pid)),
    ]
}

/// Sysmon's process GUIDs hold machine, start and id; ours only need to be the same for the same process.
fn guid(host: &Host, pid: u32, start: u64) -> String {
    let machine = host
        .name
        .bytes()
        .fold(7_u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into()));
    format!(
        "{{{machine:08X}-{:04X}-{:04X}-{:04X}-{:012X}}}",
        (start >> 16) & 0xffff,
        start & 0xffff,
        pid & 0xffff,
        pid
    )
}

/// Sysmon writes all eight groups of an IPv6 address, without leading zeros.
fn expanded(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let groups: Vec<String> = address.segments().iter().map(|group| format!("{group:x}")).collect();
            groups.join(":")
        }
    }
}

fn event(host: &Host, true_ns: i64, id: u16, version: u8, data: Vec<(&'static str, Value)>, about: About) -> LogEvent {
    LogEvent {
        record_id: 0,
        time_ns: true_ns + host.skew_ns,
        source: &SYSMON,
        writer: SYSMON.execution_pid,
        id,
        version,
        task: id,
        keywords: KEYWORDS,
        computer: host.name.clone(),
        data,
        about,
    }
}
