//! The comparison, table by table.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::net::{IpAddr, SocketAddr};

use whotalks_packets::statistics::{DestinationRows, RoundTrips, Statistics, StreamRows};
use whotalks_record::IpProtocol;

use super::super::captures::Comparison;
use super::super::truth;
use super::tables::{Tables, Talk, Target, tally};

/// All comparisons of one capture.
pub(super) fn compare(tables: &Tables, truth: &truth::Capture, ours: &Statistics) -> Vec<Comparison> {
    let mut comparisons = vec![
        equal("packets", &truth.packets, &ours.totals.volume.packets),
        equal("tcp conversations", &talks(&tables.tcp), &talks(&rows(&ours.tcp))),
        equal("udp conversations", &talks(&tables.udp), &talks(&rows(&ours.udp))),
    ];
    // Of a tunnel, tshark shows the innermost destination in the tree of the outer version of IP.
    let mut destinations = destinations(&ours.destinations);
    destinations.retain(|path, _| !path.contains(':') || tables.destinations.contains_key(path));
    comparisons.push(maps("destinations", &tables.destinations, &destinations));
    comparisons.push(maps("hierarchy", &folded(&tables.hierarchy), &folded(&hierarchy(ours))));
    comparisons.push(maps(
        "initial round trips",
        &expected_round_trips(truth),
        &round_trips(ours),
    ));
    comparisons
}

fn equal<T: PartialEq + Debug>(figure: &str, expected: &T, got: &T) -> Comparison {
    let difference = (expected != got).then(|| {
        let (mut expected, mut got) = (format!("{expected:?}"), format!("{got:?}"));
        expected.truncate(200);
        got.truncate(200);
        format!("tshark: {expected}, whotalks: {got}")
    });
    Comparison {
        figure: figure.to_owned(),
        difference,
    }
}

/// Compares row by row and shows the first that differ.
fn maps<T: PartialEq + Debug>(figure: &str, expected: &BTreeMap<String, T>, got: &BTreeMap<String, T>) -> Comparison {
    let keys: BTreeSet<&String> = expected.keys().chain(got.keys()).collect();
    let differing: Vec<&String> = keys
        .into_iter()
        .filter(|key| expected.get(*key) != got.get(*key))
        .collect();
    let shown = differing.iter().take(3).map(|key| {
        let (expected, got) = (expected.get(*key), got.get(*key));
        format!("{key}: tshark {expected:?}, whotalks {got:?}")
    });
    let shown: Vec<String> = shown.collect();
    Comparison {
        figure: figure.to_owned(),
        difference: (!differing.is_empty()).then(|| format!("{} rows: {}", differing.len(), shown.join("; "))),
    }
}

/// Conversations that one tool has and the other has not are what is left of both tallies.
fn talks(talks: &[Talk]) -> BTreeMap<Talk, u64> {
    tally(talks.iter().cloned()).into_iter().collect()
}

fn rows(streams: &StreamRows) -> Vec<Talk> {
    // Wireshark counts a conversation only where packets of its own were seen, not where an ICMP error quotes one.
    let seen = streams.iter().filter(|stream| stream.exchange.total().packets > 0);
    seen.map(|stream| {
        let end = |address: IpAddr, port| match address {
            IpAddr::V4(address) => SocketAddr::from((address, port)).to_string(),
            IpAddr::V6(address) => format!("{address}:{port}"),
        };
        let ends = &stream.ends;
        Talk::new(
            (end(ends.source, ends.ports.source), stream.exchange.forth.packets),
            (
                end(ends.destination, ends.ports.destination),
                stream.exchange.back.packets,
            ),
        )
    })
    .collect()
}

fn destinations(rows: &DestinationRows) -> BTreeMap<String, Target> {
    rows.iter()
        .map(|row| {
            let protocol = match row.protocol {
                Some(IpProtocol::TCP) => "TCP",
                Some(IpProtocol::UDP) => "UDP",
                Some(IpProtocol(132)) => "SCTP",
                Some(_) => "NONE",
                None => "",
            };
            let port = row.port.map(|port| port.to_string()).unwrap_or_default();
            let parts = [row.address.to_string(), protocol.to_owned(), port];
            let path: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            let target = Target {
                packets: row.packets,
                burst_rate: format!("{:.4}", row.burst.packets_per_millisecond()),
                burst_start: format!("{:.3}", row.burst.start.as_seconds_f64()),
            };
            (path.join("/"), target)
        })
        .collect()
}

fn hierarchy(ours: &Statistics) -> BTreeMap<String, (u64, u64)> {
    let mut path: Vec<&str> = Vec::new();
    let mut rows = BTreeMap::new();
    for row in &ours.hierarchy {
        path.truncate(row.depth);
        path.push(row.protocol);
        rows.insert(path.join("/"), (row.volume.packets, row.volume.bytes));
    }
    rows
}

/// The rows as whotalks counts them.
///
/// Wireshark nests messages of one protocol that follow each other in a frame, and the list of the segments of a message, in
/// each other, and lets the comments of packets hold them; whotalks counts a frame once for each protocol. Protocols within
/// protocols that whotalks does not look into are left out, bodies of HTTP among them. An application that whotalks does not
/// know is data.
fn folded(rows: &BTreeMap<String, (u64, u64)>) -> BTreeMap<String, (u64, u64)> {
    let protocols: BTreeSet<&str> = whotalks_packets::statistics::hierarchy_protocols().collect();
    let mut folded = BTreeMap::new();
    for (path, volume) in rows {
        let below = format!("{path}/");
        let children = rows
            .range(below.clone()..)
            .take_while(|(child, _)| child.starts_with(&below));
        let children = children.filter(|(child, _)| child.strip_prefix(&below).is_some_and(|name| !name.contains('/')));
        let inner = children.fold((0, 0), |sum, (_, child)| (sum.0 + child.0, sum.1 + child.1));
        let own = (volume.0.saturating_sub(inner.0), volume.1.saturating_sub(inner.1));
        add_to_all(&mut folded, &fold_path(path, &protocols), own);
    }
    folded
}

/// Rows of Wireshark's that are no protocols of the packet, or, as the header of PROXY, stand before one.
const NO_PROTOCOLS: [&str; 3] = ["tcp.segments", "pkt_comment", "proxy"];
/// What rows begin with that say what was wrong with a packet.
const REMARK: &str = "_ws.";

/// The protocols of a path that whotalks shows.
fn fold_path<'a>(path: &'a str, protocols: &BTreeSet<&str>) -> Vec<&'a str> {
    let mut folded: Vec<&str> = Vec::new();
    let mut in_application = false;
    for protocol in path.split('/').filter(|protocol| !NO_PROTOCOLS.contains(protocol)) {
        let is_link = ["vlan", "mpls", "ip", "eth"].contains(&protocol);
        let is_carried = matches!(folded.last(), Some(&("tcp" | "udp")));
        if is_carried && !protocols.contains(protocol) && !protocol.starts_with(REMARK) {
            folded.push("data");
            break;
        }
        if !protocols.contains(protocol) || (in_application && !goes_on(folded.last().copied(), protocol)) {
            break;
        }
        in_application |= is_carried && !is_link && protocol != "vxlan" && protocol != "geneve";
        if is_link || !folded.contains(&protocol) {
            folded.push(protocol);
        }
    }
    folded
}

/// Whether whotalks shows `protocol` within `outer`.
fn goes_on(outer: Option<&str>, protocol: &str) -> bool {
    let known = [
        ("nbss", "smb"),
        ("nbss", "smb2"),
        ("tpkt", "cotp"),
        ("rpc", "portmap"),
        ("rpc", "nfs"),
    ];
    let is_tunnel = matches!(outer, Some("http" | "socks")) && protocol != "xml" && protocol != "data";
    outer == Some(protocol) || is_tunnel || outer.is_some_and(|outer| known.contains(&(outer, protocol)))
}

fn add_to_all(rows: &mut BTreeMap<String, (u64, u64)>, path: &[&str], volume: (u64, u64)) {
    for depth in 1..=path.len() {
        let row = rows.entry(path.get(..depth).unwrap_or_default().join("/")).or_default();
        *row = (row.0 + volume.0, row.1 + volume.1);
    }
    rows.retain(|_, volume| volume.0 > 0);
}

/// In microseconds, which is what the truth is kept to.
fn expected_round_trips(truth: &truth::Capture) -> BTreeMap<String, i64> {
    let times = truth.tcp.iter().filter_map(|stream| {
        let seconds: f64 = stream.irtt.as_deref()?.parse().ok()?;
        Some((format!("tcp:{}", stream.stream), (seconds * 1e6).round() as i64))
    });
    times.collect()
}

fn round_trips(ours: &Statistics) -> BTreeMap<String, i64> {
    let connections = ours.round_trips.iter().flat_map(RoundTrips::connections);
    connections
        .map(|connection| {
            let microseconds = (connection.handshake.total.0 + 500).div_euclid(1000);
            (format!("tcp:{}", connection.stream), microseconds)
        })
        .collect()
}
