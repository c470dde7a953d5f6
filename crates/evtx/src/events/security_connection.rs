//! Security 5031 and 5148 to 5159: connections, binds, listens, blocks and drops.

use whotalks_record::{
    ConnectionEvent, ConnectionEventKind, Direction, Endpoint, FilterId, FilterOrigin, IpProtocol, Pid, Record,
};

use super::{Context, tokens};
use crate::raw::RawEvent;

/// Reads one event.
pub(super) fn decode(kind: ConnectionEventKind, event: &RawEvent<'_>, context: &mut Context<'_>) -> Record {
    let layer_id = event.narrow("LayerRTID");
    let stated = event.read("Direction", tokens::direction);
    let direction = stated.or_else(|| implied_direction(kind, layer_id));
    let (local, remote) = endpoints(kind, direction, event);
    Record::Connection(ConnectionEvent {
        span: context.span,
        time: context.time,
        host: Some(context.host.clone()),
        kind,
        pid: pid(kind, event),
        image: context.text(event, "Application"),
        direction,
        protocol: event.narrow("Protocol").map(IpProtocol),
        local,
        remote,
        filter: event.number("FilterRTID").map(FilterId),
        filter_origin: context.text(event, "FilterOrigin").map(FilterOrigin),
        layer_name: context.text(event, "LayerName"),
        layer_id,
        user: None,
        remote_name: None,
    })
}

/// 5156 and 5157 call the field `ProcessID`, all others `ProcessId`. NXLog writes the logging thread's process under
/// `ProcessID` too, so the other name never stands in for it.
fn pid(kind: ConnectionEventKind, event: &RawEvent<'_>) -> Option<Pid> {
    match kind {
        ConnectionEventKind::ConnectionPermitted | ConnectionEventKind::ConnectionBlocked => {
            Context::pid(event, "ProcessID").or_else(|| Context::pid(event, "ProcessId"))
        }
        _ => Context::pid(event, "ProcessId"),
    }
}

/// The direction where the event carries none that can be read.
fn implied_direction(kind: ConnectionEventKind, layer_id: Option<u16>) -> Option<Direction> {
    match kind {
        ConnectionEventKind::ApplicationBlocked => Some(Direction::Inbound),
        _ => tokens::direction_of_layer(layer_id?),
    }
}

/// The local and the remote end. Outbound, the source is local. Inbound, packet events and the connection events of current
/// Windows name the far end as source; Windows 7 named the local end there, which [`super::Orientation`] finds out per host.
fn endpoints(
    kind: ConnectionEventKind,
    direction: Option<Direction>,
    event: &RawEvent<'_>,
) -> (Option<Endpoint>, Option<Endpoint>) {
    if kind == ConnectionEventKind::FrameBlocked {
        // The addresses of 5150 and 5151 are MAC addresses, which no endpoint holds.
        return (None, None);
    }
    let source = event.endpoint("SourceAddress", "SourcePort");
    let destination = event.endpoint("DestAddress", "DestPort");
    match (direction, destination) {
        // Binds and listens have one end only, the local one.
        (_, None) => (source, None),
        (Some(Direction::Outbound), _) => (source, destination),
        (Some(Direction::Inbound), _) => (destination, source),
        // Without a direction either end may be ours; a guess would name the wrong one.
        (None, Some(_)) => (None, None),
    }
}
