//! Which conversation speaks of which flow.

use std::collections::BTreeMap;

use whotalks_correlate::Conversation;
use whotalks_record::{Endpoint, IpProtocol};
use whotalks_testkit::sources::{SourceKind, Sources};
use whotalks_testkit::truth::{Protocol, TrueFlow, Truth};

use crate::told::Told;

/// The ends of a flow as its host sees them.
type Ends = (u8, Endpoint, Endpoint);

/// Flows with the conversations that speak of them.
pub(super) struct Matched<'a> {
    /// Every flow that the evidence shows, and its conversation where there is one.
    pub(super) pairs: Vec<(&'a TrueFlow, Option<&'a Conversation>)>,
    /// Conversations that nobody had.
    pub(super) lonely: Vec<String>,
}

/// Pairs flows and conversations by their ends; where several have the same ends, by time.
pub(super) fn pair<'a>(truth: &'a Truth, sources: &Sources, told: &'a Told) -> Matched<'a> {
    let mut open: BTreeMap<Ends, Vec<&Conversation>> = BTreeMap::new();
    for conversation in &told.conversations {
        open.entry(ends(conversation)).or_default().push(conversation);
    }
    let mut pairs = Vec::new();
    // A flow that the evidence does not show must not take the conversation of one that it shows.
    let (shown, hidden): (Vec<&TrueFlow>, Vec<&TrueFlow>) = truth
        .flows
        .iter()
        .partition(|flow| truth.answerable(flow, sources).visible);
    for flow in shown.into_iter().chain(hidden) {
        let Some(ends) = true_ends(flow) else { continue };
        let at_ns = shown_at_ns(truth, sources, flow);
        let found = open
            .get_mut(&ends)
            .and_then(|candidates| take_nearest(candidates, at_ns));
        if truth.answerable(flow, sources).visible {
            pairs.push((flow, found));
        }
    }
    Matched {
        pairs,
        lonely: open.into_values().flatten().map(describe).collect(),
    }
}

/// When the flow begins on the clock of the answer: that of the capture, where there is one.
fn shown_at_ns(truth: &Truth, sources: &Sources, flow: &TrueFlow) -> i64 {
    let host = truth.hosts.iter().position(|host| host.name == flow.host).unwrap_or(0);
    let captured = truth.shows(sources, SourceKind::Pcap);
    flow.first_ns + if captured { 0 } else { truth.knobs.skew_of_host(host) }
}

fn take_nearest<'a>(candidates: &mut Vec<&'a Conversation>, at_ns: i64) -> Option<&'a Conversation> {
    let distance = |conversation: &Conversation| conversation.first.map(|first| first.nanoseconds().abs_diff(at_ns));
    let nearest = candidates
        .iter()
        .enumerate()
        .min_by_key(|(_, conversation)| distance(conversation))?
        .0;
    Some(candidates.swap_remove(nearest))
}

fn ends(conversation: &Conversation) -> Ends {
    (conversation.protocol.0, conversation.local, conversation.remote)
}

fn true_ends(flow: &TrueFlow) -> Option<Ends> {
    let protocol = match flow.protocol {
        Protocol::Tcp => IpProtocol::TCP,
        Protocol::Udp => IpProtocol::UDP,
    };
    Some((protocol.0, endpoint(&flow.local)?, endpoint(&flow.remote)?))
}

fn endpoint(text: &str) -> Option<Endpoint> {
    let socket: std::net::SocketAddr = text.parse().ok()?;
    Some(Endpoint::new(socket.ip(), socket.port()))
}

fn describe(conversation: &Conversation) -> String {
    let first = conversation
        .proof
        .first()
        .map_or_else(String::new, |span| format!(" [{span}]"));
    format!(
        "{} {} → {}{first}",
        conversation.protocol, conversation.local, conversation.remote
    )
}
