//! 5152, 5154, 5156, 5157, 5158: what the Windows Filtering Platform audits.
//!
//! For 5156 and 5157 the source is the end that opened the connection, so that an inbound one has the remote end as its
//! source, as every collected log shows; 5158 and 5154 name the local end alone.

use super::{About, LogEvent, SECURITY, Value};
use crate::scenario::EventShape;
use crate::scenario::model::{Decision, Direction, Filter, Flow, Host, Layer, Listener, Process, Transport};
use std::net::SocketAddr;

const KEYWORDS_SUCCESS: u64 = 0x8020_0000_0000_0000;
const KEYWORDS_FAILURE: u64 = 0x8010_0000_0000_0000;
const TASK_PACKET_DROP: u16 = 12_809;
const TASK_CONNECTION: u16 = 12_810;
const INBOUND: &str = "%%14592";
const OUTBOUND: &str = "%%14593";

/// A layer as the events name it: token and run-time id.
struct AuditLayer(&'static str, u64);

/// 5156 when the flow was allowed, 5157 when it was blocked.
pub(crate) fn decided(host: &Host, flow: &Flow, shape: EventShape, time_ns: i64) -> LogEvent {
    let blocked = flow.decision == Decision::Blocked;
    let process = host.process(flow.process);
    let filter = flow.filter.and_then(|index| host.filters.get(index));
    let mut data = vec![
        // Only here the field is spelt with a capital D.
        (
            "ProcessID",
            Value::Unsigned64(process.map_or(0, |process| process.pid.into())),
        ),
        ("Application", Value::Text(application(host, process))),
    ];
    data.extend(ends(flow.direction, flow.local, flow.remote));
    data.push(("Protocol", Value::Unsigned32(flow.transport.number().into())));
    let layer = decision_layer(flow);
    if shape == EventShape::Windows11 {
        data.push(("InterfaceIndex", Value::Unsigned32(12)));
        data.push((
            "FilterOrigin",
            Value::text(filter.map_or("Unknown", |filter| filter.origin.as_str())),
        ));
    }
    data.extend(filter_fields(filter, &layer));
    data.extend(peer_fields(shape, blocked));
    let version = if blocked && shape == EventShape::Windows11 {
        3
    } else {
        1
    };
    let (id, keywords) = if blocked {
        (5_157, KEYWORDS_FAILURE)
    } else {
        (5_156, KEYWORDS_SUCCESS)
    };
    event(
        host,
        time_ns,
        (id, version),
        (TASK_CONNECTION, keywords),
        data,
        About::Connection(flow.id),
    )
}

fn peer_fields(shape: EventShape, blocked: bool) -> Vec<(&'static str, Value)> {
    let nobody = || Value::Sid("S-1-0-0".to_owned());
    let mut data = vec![("RemoteUserID", nobody()), ("RemoteMachineID", nobody())];
    if blocked && shape == EventShape::Windows11 {
        data.extend([
            ("OriginalProfile", Value::text("%%14647")),
            ("CurrentProfile", Value::text("%%14647")),
            ("IsLoopback", Value::text("%%1843")),
            ("HasRemoteDynamicKeywordAddress", Value::text("%%1843")),
        ]);
    }
    data
}

/// 5152 at the layer of the decision: Windows writes it beside the 5157 of the same connection.
pub(crate) fn blocked_packet(host: &Host, flow: &Flow, shape: EventShape, time_ns: i64) -> LogEvent {
    let process = host.process(flow.process);
    let filter = flow.filter.and_then(|index| host.filters.get(index));
    let owner = (
        process.map_or(0, |process| process.pid.into()),
        application(host, process),
    );
    let fields = ends(flow.direction, flow.local, flow.remote);
    packet(
        host,
        owner,
        fields,
        flow.transport,
        filter,
        &decision_layer(flow),
        shape,
        (time_ns, flow.id),
    )
}

/// 5152 for a packet that came after its connection was gone: nobody owns it.
pub(crate) fn late_packet(
    host: &Host,
    flow: &Flow,
    filter: Option<&Filter>,
    shape: EventShape,
    time_ns: i64,
) -> LogEvent {
    let fields = ends(Direction::Inbound, flow.local, flow.remote);
    let layer = AuditLayer("%%14597", if flow.remote.is_ipv4() { 13 } else { 15 });
    packet(
        host,
        (0, "-".to_owned()),
        fields,
        flow.transport,
        filter,
        &layer,
        shape,
        (time_ns, flow.id),
    )
}

#[expect(
    clippy::too_many_arguments,
    reason = "a 5152 has these independent parts and only two callers"
)]
fn packet(
    host: &Host,
    (pid, application): (u64, String),
    ends: Vec<(&'static str, Value)>,
    transport: Transport,
    filter: Option<&Filter>,
    layer: &AuditLayer,
    shape: EventShape,
    (time_ns, flow): (i64, u32),
) -> LogEvent {
    let mut data = vec![
        ("ProcessId", Value::Unsigned64(pid)),
        ("Application", Value::Text(application)),
    ];
    data.extend(ends);
    data.push(("Protocol", Value::Unsigned32(transport.number().into())));
    if shape == EventShape::Windows11 {
        data.push((
            "FilterOrigin",
            Value::text(filter.map_or("Unknown", |filter| filter.origin.as_str())),
        ));
    }
    data.extend(filter_fields(filter, layer));
    let version = u8::from(shape == EventShape::Windows11);
    event(
        host,
        time_ns,
        (5_152, version),
        (TASK_PACKET_DROP, KEYWORDS_FAILURE),
        data,
        About::Drop(flow),
    )
}

/// 5158: a socket was bound to the local port that the flow then used.
pub(crate) fn bound(host: &Host, flow: &Flow, time_ns: i64) -> LogEvent {
    let layer = AuditLayer("%%14608", if flow.local.is_ipv4() { 36 } else { 38 });
    let address = if flow.local.is_ipv4() { "0.0.0.0" } else { "::" };
    let owner = host.process(flow.process);
    let data = local_end(host, owner, address, flow.local.port(), flow.transport, &layer);
    event(
        host,
        time_ns,
        (5_158, 0),
        (TASK_CONNECTION, KEYWORDS_SUCCESS),
        data,
        About::Bind(flow.id),
    )
}

/// 5154: a TCP listener was opened.
pub(crate) fn listening(host: &Host, listener: &Listener, time_ns: i64) -> LogEvent {
    let owner = host.process(listener.process);
    let layer = AuditLayer("%%14609", 40);
    let data = local_end(host, owner, "0.0.0.0", listener.port, listener.transport, &layer);
    event(
        host,
        time_ns,
        (5_154, 0),
        (TASK_CONNECTION, KEYWORDS_SUCCESS),
        data,
        About::Listener(listener.port),
    )
}

fn local_end(
    host: &Host,
    owner: Option<&Process>,
    address: &str,
    port: u16,
    transport: Transport,
    layer: &AuditLayer,
) -> Vec<(&'static str, Value)> {
    let mut data = vec![
        (
            "ProcessId",
            Value::Unsigned64(owner.map_or(0, |process| process.pid.into())),
        ),
        ("Application", Value::Text(application(host, owner))),
        ("SourceAddress", Value::text(address)),
        ("SourcePort", Value::text(port.to_string())),
        ("Protocol", Value::Unsigned32(transport.number().into())),
    ];
    data.extend(filter_fields(None, layer));
    data
}

fn ends(direction: Direction, local: SocketAddr, remote: SocketAddr) -> Vec<(&'static str, Value)> {
    let (token, source, destination) = match direction {
        Direction::Outbound => (OUTBOUND, local, remote),
        Direction::Inbound => (INBOUND, remote, local),
    };
    vec![
        ("Direction", Value::text(token)),
        ("SourceAddress", Value::text(source.ip().to_string())),
        ("SourcePort", Value::text(source.port().to_string())),
        ("DestAddress", Value::text(destination.ip().to_string())),
        ("DestPort", Value::text(destination.port().to_string())),
    ]
}

fn filter_fields(filter: Option<&Filter>, layer: &AuditLayer) -> [(&'static str, Value); 3] {
    [
        ("FilterRTID", Value::Unsigned64(filter.map_or(0, |filter| filter.id))),
        ("LayerName", Value::text(layer.0)),
        ("LayerRTID", Value::Unsigned64(layer.1)),
    ]
}

fn decision_layer(flow: &Flow) -> AuditLayer {
    let (token, v4) = match flow.direction {
        Direction::Inbound => ("%%14610", 44),
        Direction::Outbound => ("%%14611", 48),
    };
    AuditLayer(token, if flow.local.is_ipv4() { v4 } else { v4 + 2 })
}

/// The NT path in lower case: `\device\harddiskvolume3\windows\system32\svchost.exe`; `System` stays as it is.
fn application(host: &Host, process: Option<&Process>) -> String {
    let image = process.map_or("-", |process| process.image.as_str());
    match image.split_once(":\\") {
        Some((_, rest)) => format!("\\device\\harddiskvolume{}\\{rest}", host.volume).to_lowercase(),
        None => image.to_owned(),
    }
}

fn event(
    host: &Host,
    time_ns: i64,
    (id, version): (u16, u8),
    (task, keywords): (u16, u64),
    data: Vec<(&'static str, Value)>,
    about: About,
) -> LogEvent {
    LogEvent {
        record_id: 0,
        time_ns,
        source: &SECURITY,
        writer: SECURITY.execution_pid,
        id,
        version,
        task,
        keywords,
        computer: host.name.clone(),
        data,
        about,
    }
}

impl Layer {
    /// The name that `netsh wfp` writes.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::ConnectV4 => "FWPM_LAYER_ALE_AUTH_CONNECT_V4",
            Self::ConnectV6 => "FWPM_LAYER_ALE_AUTH_CONNECT_V6",
            Self::ReceiveAcceptV4 => "FWPM_LAYER_ALE_AUTH_RECV_ACCEPT_V4",
            Self::ReceiveAcceptV6 => "FWPM_LAYER_ALE_AUTH_RECV_ACCEPT_V6",
            Self::InboundTransportDiscardV4 => "FWPM_LAYER_INBOUND_TRANSPORT_V4_DISCARD",
        }
    }

    /// The name that 5441 writes.
    pub(crate) fn display_name(self) -> &'static str {
        match self {
            Self::ConnectV4 => "ALE Connect v4 Layer",
            Self::ConnectV6 => "ALE Connect v6 Layer",
            Self::ReceiveAcceptV4 => "ALE Receive/Accept v4 Layer",
            Self::ReceiveAcceptV6 => "ALE Receive/Accept v6 Layer",
            Self::InboundTransportDiscardV4 => "Inbound Transport v4 Discard Layer",
        }
    }

    /// The GUID of the layer (fwpmu.h).
    pub(crate) fn guid(self) -> &'static str {
        match self {
            Self::ConnectV4 => "{C38D57D1-05A7-4C33-904F-7FBCEEE60E82}",
            Self::ConnectV6 => "{4A72393B-319F-44BC-84C3-BA54DCB3B6B4}",
            Self::ReceiveAcceptV4 => "{E1CD9FE7-F4B5-4273-96C0-592E487B8650}",
            Self::ReceiveAcceptV6 => "{A3B42C97-9F04-4672-B87E-CEE9C483257F}",
            Self::InboundTransportDiscardV4 => "{AC4A9833-F69D-4648-B261-6DC84835EF39}",
        }
    }

    /// The run-time id.
    pub(crate) fn id(self) -> u16 {
        match self {
            Self::ConnectV4 => 48,
            Self::ConnectV6 => 50,
            Self::ReceiveAcceptV4 => 44,
            Self::ReceiveAcceptV6 => 46,
            Self::InboundTransportDiscardV4 => 13,
        }
    }
}
