//! `DeviceEvents`: refusals of the host's firewall, judgements of network protection, and names that its processes asked for.

use serde_json::Value;
use whotalks_correlate::{EventAnswer, ProcessAnswer};
use whotalks_record::{
    ConnectionEvent, ConnectionEventKind, Direction, NetworkProtectionAction, NetworkProtectionEvent, ResolverEvent,
    Text,
};
use whotalks_tables::hunting::DeviceEventRow;

use crate::Devices;
use crate::device_network_events::{reference, whole};
use crate::initiator::set_initiator;
use crate::json::{object, some, written};

/// The row of a connection, or of an application, that the firewall refused; none for other events, and for a refusal that
/// does not say in which direction.
pub(crate) fn of_refusal(event: &ConnectionEvent, answer: &EventAnswer, devices: &Devices) -> Option<DeviceEventRow> {
    let is_refusal = matches!(
        event.kind,
        ConnectionEventKind::ConnectionBlocked
            | ConnectionEventKind::FirewallBlocked
            | ConnectionEventKind::NetworkEventBlocked
    );
    let action = match (event.kind, event.direction) {
        (_, Some(Direction::Outbound)) if is_refusal => "FirewallOutboundConnectionBlocked",
        (_, Some(Direction::Inbound)) if is_refusal => "FirewallInboundConnectionBlocked",
        (ConnectionEventKind::ApplicationBlocked, _) => "FirewallInboundConnectionToAppBlocked",
        _ => return None,
    };
    let device = devices.of_host(Some(answer.host));
    let mut row = DeviceEventRow {
        timestamp: answer.time,
        device_id: device.id,
        device_name: device.name,
        action_type: Some(action.into()),
        remote_ip: event.remote.map(|remote| remote.address),
        remote_port: event.remote.map(|remote| i32::from(remote.port)),
        local_ip: event.local.map(|local| local.address),
        local_port: event.local.map(|local| i32::from(local.port)),
        additional_fields: fields(event),
        span: Some(reference(event.span)),
        ..DeviceEventRow::default()
    };
    if let Some(filter) = &answer.filter {
        row.filter_id = Some(whole(filter.id.0));
        row.filter_name.clone_from(&filter.name);
        row.filter_grade = filter.name.is_some().then(|| filter.grade.word().into());
    }
    set_initiator!(row, &answer.process);
    Some(row)
}

fn fields(event: &ConnectionEvent) -> Option<Text> {
    let address = |end: Option<whotalks_record::Endpoint>| end.map(|end| Value::from(end.address.to_string()));
    let port = |end: Option<whotalks_record::Endpoint>| end.map(|end| Value::from(end.port));
    let direction = event.direction.map(|direction| match direction {
        Direction::Outbound => Value::from("Out"),
        Direction::Inbound => Value::from("In"),
    });
    let fields = object([
        ("LocalAddress", address(event.local)),
        ("LocalPort", port(event.local)),
        ("RemoteAddress", address(event.remote)),
        ("RemotePort", port(event.remote)),
        ("Direction", direction),
    ]);
    fields
        .as_object()
        .is_some_and(|fields| !fields.is_empty())
        .then(|| written(&fields))
}

/// The row of a connection that network protection judged. `RemoteUrl` has the destination as it is written, but for a bare
/// address, which is in `RemoteIP`; a port only where it is written. `AdditionalFields` has `IsAudit` alone: the log does not hold why
/// the destination was judged so (`ResponseCategory`, `DisplayName`).
pub(crate) fn of_protection(
    event: &NetworkProtectionEvent,
    answer: &ProcessAnswer,
    devices: &Devices,
) -> DeviceEventRow {
    let device = devices.of_host(Some(answer.host));
    let (action, is_audit) = match event.action {
        NetworkProtectionAction::Audited => ("ExploitGuardNetworkProtectionAudited", true),
        NetworkProtectionAction::Blocked => ("ExploitGuardNetworkProtectionBlocked", false),
    };
    let fields = object([("IsAudit", Some(Value::from(is_audit)))]);
    let mut row = DeviceEventRow {
        timestamp: Some(answer.time),
        device_id: device.id,
        device_name: device.name,
        action_type: Some(action.into()),
        remote_url: Some(Text::clone(&event.destination)).filter(|_| !event.is_bare_address()),
        remote_ip: event.address,
        remote_port: event.port.map(i32::from),
        additional_fields: Some(written(&fields)),
        span: Some(reference(event.span)),
        ..DeviceEventRow::default()
    };
    set_initiator!(row, &answer.initiator);
    row
}

/// The row of a name that a process asked for.
pub(crate) fn of_question(event: &ResolverEvent, answer: &ProcessAnswer, devices: &Devices) -> DeviceEventRow {
    let device = devices.of_host(Some(answer.host));
    let fields = object([("DnsQueryString", some(Some(&event.name)))]);
    let mut row = DeviceEventRow {
        timestamp: Some(answer.time),
        device_id: device.id,
        device_name: device.name,
        action_type: Some("DnsQueryResponse".into()),
        additional_fields: Some(written(&fields)),
        span: Some(reference(event.span)),
        ..DeviceEventRow::default()
    };
    set_initiator!(row, &answer.initiator);
    row
}
