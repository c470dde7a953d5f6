//! The Security log of a host: everything that auditing would have written, numbered, then cut to what is left.

use super::{About, LogEvent, SECURITY, Value, connection, process};
use crate::clock::{MICROSECOND, MILLISECOND, SECOND};
use crate::random::Random;
use crate::scenario::model::{Decision, Direction, Filter, Flow, Host, Scenario, Transport};
use crate::scenario::{LogBegin, limits};

const KEYWORDS_SUCCESS: u64 = 0x8020_0000_0000_0000;

/// The records that are left in the log of the host when it is exported, in order.
pub(crate) fn security_log(scenario: &Scenario, host: &Host) -> Vec<LogEvent> {
    let random = &mut Random::new(scenario.seed).fork(&format!("security log {}", host.name));
    let mut events = everything(scenario, host, random);
    events.sort_by_key(|event| event.time_ns);
    let (begins_ns, first_id) = beginning(scenario, host, random);
    let counts_from_boot = !matches!(host.log_begin, LogBegin::AuditSwitchedOn { .. });
    events.retain(|event| counts_from_boot || event.time_ns >= begins_ns);
    for (event, record_id) in events.iter_mut().zip(first_id..) {
        event.record_id = record_id;
    }
    let is_left = |event: &LogEvent| begins_ns <= event.time_ns && event.time_ns < export_ns(scenario);
    let lost = |event: &LogEvent| host.lost_events.is_some_and(|gap| gap.contains(event.time_ns));
    events.retain(|event| is_left(event) && !lost(event));
    for event in &mut events {
        event.time_ns += limits::clock_ahead_ns(host, &scenario.knobs, event.time_ns);
    }
    events
}

/// When the log was exported; without a word about it, after everything.
fn export_ns(scenario: &Scenario) -> i64 {
    let before_end = scenario.knobs.log_exported_before_end_ns;
    before_end.map_or(i64::MAX, |lead_ns| scenario.capture.ends_ns - lead_ns)
}

/// The true instant of the first record that is left, and the number of the first record ever written.
fn beginning(scenario: &Scenario, host: &Host, random: &mut Random) -> (i64, u64) {
    let before = |lead_ns: i64| (scenario.capture.begins_ns - lead_ns).max(host.boot_ns);
    match host.log_begin {
        LogBegin::AtBoot => (host.boot_ns, 1),
        LogBegin::AuditSwitchedOn { before_capture_ns } => (before(before_capture_ns), 1),
        LogBegin::Overwritten { before_capture_ns } => (before(before_capture_ns), 40_000 + random.below(60_000)),
    }
}

fn everything(scenario: &Scenario, host: &Host, random: &mut Random) -> Vec<LogEvent> {
    let mut events = vec![started(host, host.boot_ns)];
    if let LogBegin::AuditSwitchedOn { .. } = host.log_begin {
        events.push(audit_switched_on(host, beginning(scenario, host, random).0));
    }
    process_events(scenario, host, &mut events);
    for listener in host
        .listeners
        .iter()
        .filter(|listener| listener.transport == Transport::Tcp && !scenario.knobs.failures_only)
    {
        let opened_ns = host
            .process(listener.process)
            .map_or(host.boot_ns, |process| process.start_ns);
        events.push(connection::listening(host, listener, opened_ns + 400 * MILLISECOND));
    }
    for flow in &host.flows {
        flow_events(scenario, host, flow, random, &mut events);
    }
    for drop in &host.drops {
        let Some(flow) = host.flows.iter().find(|flow| flow.id == drop.flow) else {
            continue;
        };
        let filter = host.filters.get(drop.filter);
        events.push(connection::late_packet(
            host,
            flow,
            filter,
            scenario.knobs.event_shape,
            drop.time_ns + 90 * MICROSECOND,
        ));
    }
    if scenario.knobs.policy_events {
        let at_ns = host.boot_ns + 4 * SECOND;
        events.extend(
            host.filters
                .iter()
                .map(|filter| listed(host, filter, filter.id, at_ns, false)),
        );
    }
    if let Some(reboot_ns) = host.reboot_ns {
        restart(scenario, host, reboot_ns, &mut events);
    }
    events
}

fn process_events(scenario: &Scenario, host: &Host, events: &mut Vec<LogEvent>) {
    for (index, process) in host.processes.iter().enumerate() {
        let command_lines = scenario.knobs.command_lines;
        events.push(process::created(host, index, process, command_lines, process.start_ns));
        if let Some(end_ns) = process.end_ns {
            events.push(process::exited(host, index, process, end_ns));
        }
    }
}

fn flow_events(scenario: &Scenario, host: &Host, flow: &Flow, random: &mut Random, events: &mut Vec<LogEvent>) {
    if scenario.knobs.failures_only && flow.decision == Decision::Allowed {
        return;
    }
    let shape = scenario.knobs.event_shape;
    // The platform decides before the first packet leaves, and after it arrived.
    let moment = random.between(60, 2_500) * MICROSECOND;
    let decided_ns = if flow.direction == Direction::Outbound {
        flow.first_ns - moment
    } else {
        flow.first_ns + moment
    };
    if scenario.knobs.binds && !scenario.knobs.failures_only && flow.direction == Direction::Outbound {
        events.push(connection::bound(host, flow, decided_ns - 40 * MICROSECOND));
    }
    if flow.decision == Decision::Blocked {
        events.push(connection::blocked_packet(host, flow, shape, decided_ns));
    }
    events.push(connection::decided(host, flow, shape, decided_ns));
}

fn restart(scenario: &Scenario, host: &Host, reboot_ns: i64, events: &mut Vec<LogEvent>) {
    events.push(started(host, reboot_ns));
    if scenario.knobs.policy_events {
        let at_ns = reboot_ns + 4 * SECOND;
        events.extend(
            host.filters
                .iter()
                .map(|filter| listed(host, filter, filter.listed_id, at_ns, true)),
        );
    }
}

/// 4608: Windows is starting up.
fn started(host: &Host, time_ns: i64) -> LogEvent {
    plain(host, time_ns, 4_608, 12_288, Vec::new(), About::Other)
}

/// 4719: somebody switched the auditing of connections on.
fn audit_switched_on(host: &Host, time_ns: i64) -> LogEvent {
    let data = vec![
        ("SubjectUserSid", Value::Sid("S-1-5-18".to_owned())),
        ("SubjectUserName", Value::Text(format!("{}$", host.name))),
        ("SubjectDomainName", Value::Text(host.domain.clone())),
        ("SubjectLogonId", Value::Hex64(0x3e7)),
        ("CategoryId", Value::text("%%8274")),
        ("SubcategoryId", Value::text("%%12810")),
        (
            "SubcategoryGuid",
            Value::Guid("{0CCE9226-69AE-11D9-BED3-505054503030}".to_owned()),
        ),
        ("AuditPolicyChanges", Value::text("%%8449, %%8451")),
    ];
    plain(host, time_ns, 4_719, 13_568, data, About::Other)
}

/// 5441: a filter that was there when the Base Filtering Engine started.
fn listed(host: &Host, filter: &Filter, id: u64, time_ns: i64, after_restart: bool) -> LogEvent {
    let none = "{00000000-0000-0000-0000-000000000000}";
    let provider = "{DECC16CA-3F33-4346-BE1E-8FB4AE0F3D62}";
    let data = vec![
        ("ProviderKey", Value::Guid(provider.to_owned())),
        ("ProviderName", Value::text("Microsoft Corporation")),
        ("FilterKey", Value::Guid(filter.key.clone())),
        ("FilterName", Value::text(&filter.name)),
        ("FilterType", Value::text("%%16389")),
        ("FilterId", Value::Unsigned64(id)),
        ("LayerKey", Value::Guid(filter.layer.guid().to_owned())),
        ("LayerName", Value::text(filter.layer.display_name())),
        ("LayerId", Value::Unsigned32(filter.layer.id().into())),
        ("Weight", Value::Unsigned64(filter.weight)),
        ("Conditions", Value::text("")),
        ("Action", Value::text(if filter.blocks { "%%16391" } else { "%%16390" })),
        ("CalloutKey", Value::Guid(none.to_owned())),
        ("CalloutName", Value::text("-")),
    ];
    plain(host, time_ns, 5_441, 13_573, data, About::FilterList { after_restart })
}

fn plain(host: &Host, time_ns: i64, id: u16, task: u16, data: Vec<(&'static str, Value)>, about: About) -> LogEvent {
    let (computer, keywords) = (host.name.clone(), KEYWORDS_SUCCESS);
    LogEvent {
        record_id: 0,
        time_ns,
        source: &SECURITY,
        writer: SECURITY.execution_pid,
        id,
        version: 0,
        task,
        keywords,
        computer,
        data,
        about,
    }
}
