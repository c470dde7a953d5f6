//! One row: `[netid] state recv-q send-q local peer [users:((…))] […]`.

use whotalks_record::{Endpoint, IpProtocol, SocketState};

use super::users::{self, User};
use crate::endpoint::Party;
use crate::state;

/// Families whose rows are sockets too, but none that whotalks follows.
const OTHER_FAMILIES: [&str; 16] = [
    "nl", "u_str", "u_dgr", "u_seq", "p_raw", "p_dgr", "v_str", "v_dgr", "icmp", "icmp6", "raw", "sctp", "dccp",
    "tipc", "xdp", "mptcp",
];

/// What a line is.
pub(crate) enum Parsed {
    Row(Row),
    Other,
}

/// A row's columns.
pub(crate) struct Row {
    pub(crate) protocol: IpProtocol,
    pub(crate) local: Party,
    pub(crate) peer: Party,
    pub(crate) state: Option<SocketState>,
    pub(crate) users: Vec<User>,
    /// Whether it proves that a listing without the netid column is one of UDP.
    pub(crate) shows_udp: bool,
    /// Both ends as written.
    pub(crate) ends: String,
}

impl Row {
    /// The far end, or nobody; see [`Party::remote`].
    pub(crate) fn remote(&self) -> Option<Option<Endpoint>> {
        if self.state == Some(SocketState::Listen) {
            Some(None)
        } else {
            self.peer.remote()
        }
    }
}

/// Whether a line begins a row of TCP or UDP; its far end may be on the next line.
pub(crate) fn begins(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().take(5).collect();
    let words = match words.as_slice() {
        ["tcp" | "udp", rest @ ..] => rest,
        rest => rest,
    };
    matches!(words, [state, received, sent, ..] if state::of_word(state).is_some() && is_number(received) && is_number(sent))
}

/// Whether a line is a row of another family.
pub(crate) fn is_other_family(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().take(4).collect();
    matches!(words.as_slice(), [family, state, queue, _] if OTHER_FAMILIES.contains(family)
        && state::of_word(state).is_some() && is_number(queue))
}

/// Reads a row. `udp` is what a row without a netid is taken for; ss shows no netid when asked for one family only.
pub(crate) fn parse(text: &str, udp: bool) -> Parsed {
    let words: Vec<&str> = text.split_whitespace().take(6).collect();
    let (netid, words) = match words.as_slice() {
        ["tcp", rest @ ..] => (Some(IpProtocol::TCP), rest),
        ["udp", rest @ ..] => (Some(IpProtocol::UDP), rest),
        rest => (None, rest),
    };
    let [word, _, _, local, peer, ..] = words else {
        return Parsed::Other;
    };
    let Some(state) = state::of_word(word) else {
        return Parsed::Other;
    };
    let protocol = netid.unwrap_or_else(|| protocol_of(state, udp));
    let parties = (Party::parse(local, protocol), Party::parse(peer, protocol));
    let (Some(local_party), Some(peer_party)) = parties else {
        return Parsed::Other;
    };
    Parsed::Row(Row {
        protocol,
        local: local_party,
        peer: peer_party,
        state: Some(state).filter(|_| protocol == IpProtocol::TCP),
        users: users::parse(text),
        shows_udp: netid.is_none() && state == SocketState::Bound,
        ends: format!("{local} {peer}"),
    })
}

/// Only UDP sockets are UNCONN, and only UNCONN and ESTAB are states of UDP.
fn protocol_of(state: SocketState, udp: bool) -> IpProtocol {
    match state {
        SocketState::Bound => IpProtocol::UDP,
        SocketState::Established if udp => IpProtocol::UDP,
        _ => IpProtocol::TCP,
    }
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}
