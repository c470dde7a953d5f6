//! One network event (`FWPM_NET_EVENT`): what the filtering platform blocked or, where it was told to keep that, let through.
//!
//! It names the program by its path and the filter by its run-time identifier; it cannot say which process it was. `netsh wfp show
//! netevents` lists the most recent ones. Source: Microsoft, fwpmtypes.h and "WFP Network Events".

use std::net::IpAddr;

use whotalks_record::{
    ConnectionEvent, ConnectionEventKind, Direction, Endpoint, FilterId, FilterOrigin, Interner, IpProtocol, Span,
    Text, Timestamp,
};

use crate::condition::{blob, ipv4, ipv6};
use crate::element::Element;
use crate::reader::instant;

/// What a network event tells.
pub(crate) enum Told {
    /// A decision about a connection or a packet.
    Decision(Box<ConnectionEvent>),
    /// Something else: IPsec, a frame below IP.
    Other,
    /// It lacks its time or its type.
    Nothing,
}

/// The elements with a decision, and whether it is that something may pass.
const DECISIONS: [(&str, bool); 4] = [
    ("classifyDrop", false),
    ("capabilityDrop", false),
    ("classifyAllow", true),
    ("capabilityAllow", true),
];

/// What the run-time identifiers of layers stand for (`FWPS_BUILTIN_LAYERS`): each has a version for either address family, and one for
/// what is discarded there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layer {
    /// Packets and segments on their way in or out.
    Packet(Option<Direction>),
    /// Binding to a port, and listening on it: there is no far end.
    Local,
    /// A call is taken, or made.
    Call(Direction),
    /// A connection stands.
    Established,
}

/// Reads a network event.
pub(crate) fn network_event(item: &Element, span: Span, shared: &mut Interner) -> Told {
    let Some(kind) = item.text_at(&["type"]) else {
        return Told::Nothing;
    };
    let decided = DECISIONS
        .iter()
        .find_map(|(name, allows)| Some((item.child(name)?, *allows)));
    let Some((decision, allows)) = decided else {
        // Of these types the decision is missing; the others have none.
        let lacks = ["CLASSIFY_DROP", "CLASSIFY_ALLOW", "CAPABILITY_DROP", "CAPABILITY_ALLOW"];
        let is_damaged = lacks.iter().any(|lack| kind.ends_with(lack));
        return if is_damaged { Told::Nothing } else { Told::Other };
    };
    let Some(time) = item.text_at(&["header", "timeStamp"]).and_then(instant) else {
        return Told::Nothing;
    };
    event(item, decision, allows, (span, time), shared).map_or(Told::Other, |event| Told::Decision(Box::new(event)))
}

fn event(
    item: &Element,
    decision: &Element,
    allows: bool,
    (span, time): (Span, Timestamp),
    shared: &mut Interner,
) -> Option<ConnectionEvent> {
    let header = item.child("header")?;
    let layer_id: Option<u16> = decision.text_at(&["layerId"]).and_then(|text| text.parse().ok());
    let layer = layer_id.and_then(layer);
    // What a program may do at all is asked when it binds, calls or is called.
    let by_capability = decision.name.starts_with("capability");
    let is_call = by_capability || matches!(layer, Some(Layer::Local | Layer::Call(_) | Layer::Established));
    Some(ConnectionEvent {
        span,
        time,
        host: None,
        kind: kind(allows, is_call)?,
        pid: None,
        image: image(header, shared),
        direction: match layer {
            Some(Layer::Packet(direction)) => direction,
            Some(Layer::Call(direction)) => Some(direction),
            _ => None,
        },
        protocol: number(header, "ipProtocol").map(IpProtocol),
        local: end(header, "local"),
        remote: end(header, "remote").filter(|end| layer != Some(Layer::Local) && !end.address.is_unspecified()),
        filter: decision
            .text_at(&["filterId"])
            .and_then(|id| id.parse().ok())
            .map(FilterId),
        filter_origin: origin(item, shared),
        layer_name: None,
        layer_id,
        user: None,
        remote_name: None,
    })
}

/// None for a packet that was let through, which says nothing of its connection.
const fn kind(allows: bool, is_call: bool) -> Option<ConnectionEventKind> {
    match (allows, is_call) {
        (true, true) => Some(ConnectionEventKind::NetworkEventAllowed),
        (false, true) => Some(ConnectionEventKind::NetworkEventBlocked),
        (false, false) => Some(ConnectionEventKind::NetworkEventDropped),
        (true, false) => None,
    }
}

/// The meaning of a run-time identifier; from 56 on they differ between versions of Windows.
const fn layer(id: u16) -> Option<Layer> {
    Some(match id {
        0..=3 | 12..=15 | 28..=31 => Layer::Packet(Some(Direction::Inbound)),
        4..=7 | 16..=19 | 32..=35 => Layer::Packet(Some(Direction::Outbound)),
        8..=11 | 20..=27 => Layer::Packet(None),
        36..=43 => Layer::Local,
        44..=47 => Layer::Call(Direction::Inbound),
        48..=51 => Layer::Call(Direction::Outbound),
        52..=55 => Layer::Established,
        _ => return None,
    })
}

fn number<T: std::str::FromStr>(header: &Element, name: &str) -> Option<T> {
    header.text_at(&[name])?.parse().ok()
}

/// One end: an address of either family, in an element that names the family, and its port. What the flags do not say is there is
/// not. Messages of ICMP have their type and code in place of ports.
fn end(header: &Element, side: &str) -> Option<Endpoint> {
    let stated = |what: &str| {
        has_flag(
            header,
            &format!("FWPM_NET_EVENT_FLAG_{}_{what}_SET", side.to_ascii_uppercase()),
        )
    };
    let named = |suffix: &str| header.text_at(&[&format!("{side}Addr{suffix}")]);
    let version_6 = || {
        let wide = format!("{side}AddrV6");
        named("V6.byteArray16").or_else(|| header.text_at(&[&wide, "byteArray16"]))
    };
    let text = named("V4").map(ipv4).or_else(|| version_6().map(ipv6))?;
    let address: IpAddr = text.split('%').next()?.parse().ok()?;
    let port = number(header, &format!("{side}Port")).filter(|_| stated("PORT"));
    stated("ADDR").then(|| Endpoint::new(address, port.unwrap_or(0)))
}

/// Whether a flag is set; all are where the event has no list of them.
fn has_flag(header: &Element, flag: &str) -> bool {
    let Some(flags) = header.child("flags").filter(|flags| !flags.children.is_empty()) else {
        return true;
    };
    flags.children.iter().any(|one| one.text == flag)
}

/// The path of the program. Its bytes count; the text beside them has dots for what it cannot show.
fn image(header: &Element, shared: &mut Interner) -> Option<Text> {
    let app = header.child("appId")?;
    app.text_at(&["data"])?;
    let path = blob(app);
    (path.starts_with('\\') || path == "System").then(|| shared.share(&path))
}

fn origin(item: &Element, shared: &mut Interner) -> Option<FilterOrigin> {
    let origin = item.text_at(&["internalFields", "filterOrigin"])?;
    if origin == "Unknown" {
        return None;
    }
    Some(FilterOrigin(shared.share(origin)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_decisions_about_calls_and_dropped_packets_are_told() {
        assert_eq!(
            kind(false, layer(48).is_some_and(|layer| matches!(layer, Layer::Call(_)))),
            Some(ConnectionEventKind::NetworkEventBlocked)
        );
        assert_eq!(layer(44), Some(Layer::Call(Direction::Inbound)));
        assert_eq!(layer(13), Some(Layer::Packet(Some(Direction::Inbound))));
        assert_eq!(layer(37), Some(Layer::Local));
        assert_eq!(layer(56), None);
        assert_eq!(kind(true, false), None);
    }
}
