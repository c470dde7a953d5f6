//! What HTTP libraries and services say of requests: names for connections that the library made, and who made them.
//!
//! A library names a connection by both ends, or by its far end alone. Of both ends, the connection is the conversation that began
//! when it was made, and the name is derived. Of the far end alone, it is derived only where there are not more conversations with
//! it at that moment than connections of libraries, and those of the conversation's process all say the same; else every name is
//! only inferred. So is it where the trace lost events, since the address of a request may have been given to another one
//! meanwhile. What is told without its connection names no conversation.

use std::net::IpAddr;

use rustc_hash::{FxHashMap, FxHashSet};
use whotalks_record::{
    DnsRecordData, Endpoint, Grade, IpProtocol, Nanoseconds, Pid, Span, Text, Timestamp, WebRequest, WebRequestStage,
};

use crate::clocks::{Clock, Clocks};
use crate::coverage::Coverage;
use crate::far_ends::FarEnds;
use crate::hosts::Hosts;
use crate::observed::Observed;
use crate::rules::{Claim, Subject};
use crate::{Conversation, HostId, NameCandidate, NameEvidence, ProcessRule};

/// A library tells of a connection when it stands; Windows tries for that long.
const LONGEST_CALL: Nanoseconds = Nanoseconds::from_seconds(21);
/// The most names of one conversation that are listed.
const MOST_NAMES: usize = 8;
/// The most far ends that are known as proxies by what the system says of them.
const MOST_STATED_PROXIES: usize = 4_096;

/// Connections that libraries made, by host and far end.
#[derive(Debug, Default)]
pub(crate) struct RequestIndex {
    carriers: FxHashMap<(HostId, Endpoint), Vec<Carrier>>,
}

/// A connection of a library.
#[derive(Clone, Debug)]
struct Carrier {
    made: Timestamp,
    /// None where the clocks are not aligned.
    tolerance: Option<Nanoseconds>,
    local: Option<Endpoint>,
    pid: Option<Pid>,
    span: Span,
    asked: Vec<Asked>,
    is_doubtful: bool,
}

/// A name that was asked for.
#[derive(Clone, Debug)]
struct Asked {
    name: Text,
    port: Option<u16>,
    time: Timestamp,
    span: Span,
    /// Whether it may be the name of a proxy that the connection goes to, as well as that of its target.
    may_be_proxy: bool,
}

/// When a conversation began, and whether that is known and not just when it was first seen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Beginning {
    pub(crate) time: Option<Timestamp>,
    pub(crate) is_seen: bool,
    /// Whether no other flow has the same ends.
    pub(crate) is_only: bool,
}

impl RequestIndex {
    pub(crate) fn build(observed: &Observed, hosts: &Hosts, clocks: &Clocks, coverage: &Coverage) -> Self {
        let mut index = Self::default();
        let mut places: FxHashMap<Span, (HostId, Endpoint, usize)> = FxHashMap::default();
        for request in &observed.requests {
            let evidence = request.span.evidence;
            let (Some(host), Some(carrier)) = (hosts.of(request.host.as_ref(), evidence), request.carrier) else {
                continue;
            };
            let clock = Clock::of_evidence(evidence);
            let asked = asked(request, clocks.to_reference(clock, Some(host), request.time));
            let span = carrier.span(evidence);
            let (host, far_end, place) = *places.entry(span).or_insert_with(|| {
                let known = index.carriers.entry((host, carrier.remote)).or_default();
                known.push(Carrier {
                    made: clocks.to_reference(clock, Some(host), carrier.made),
                    tolerance: clocks.tolerance(clock, Some(host)),
                    local: carrier.local,
                    pid: request.pid,
                    span,
                    asked: Vec::new(),
                    is_doubtful: coverage.lost_by_trace(evidence).is_some_and(|lost| lost > 0),
                });
                (host, carrier.remote, known.len() - 1)
            });
            let known = index.carriers.get_mut(&(host, far_end));
            if let Some(known) = known.and_then(|known| known.get_mut(place)) {
                known.ask(asked);
            }
        }
        index
    }

    /// Who made the conversation as the only one who called its far end then, where libraries tell so without the near end.
    pub(crate) fn caller(&self, subject: &Subject, far_ends: &FarEnds) -> Option<Claim> {
        let is_call = subject.protocol == IpProtocol::TCP && subject.start_seen;
        let fitting = self.calls(subject.host, subject.remote, subject.first);
        let (first, rest) = fitting.split_first().filter(|_| is_call)?;
        let pid = first.pid.filter(|pid| rest.iter().all(|one| one.pid == Some(*pid)))?;
        let is_told_of_all = are_all_told(&fitting, (subject.remote, subject.first), far_ends);
        is_told_of_all.then(|| Claim {
            rule: ProcessRule::Call,
            grade: Grade::Derived,
            pid: Some(pid),
            image: None,
            service: None,
            time: first.made,
            stated: first.made,
            proof: vec![first.span],
        })
    }

    /// The names that were asked for over the conversation; `proxies` are the far ends that pass requests on.
    pub(crate) fn candidates(
        &self,
        conversation: &Conversation,
        began: Beginning,
        far_ends: &FarEnds,
        proxies: &FxHashSet<Endpoint>,
    ) -> Vec<NameCandidate> {
        let (Some(host), Some(time)) = (conversation.host, began.time) else {
            return Vec::new();
        };
        if conversation.protocol != IpProtocol::TCP {
            return Vec::new();
        }
        let is_proxy = proxies.contains(&conversation.remote);
        let mut found = self.over_both_ends(conversation, host, (time, began.is_only));
        if found.is_empty() && began.is_seen {
            found = self.over_far_end(conversation, host, (time, far_ends));
        }
        let mut candidates: Vec<NameCandidate> = Vec::new();
        for (asked, carrier, grade) in found {
            let candidate = asked.candidate(carrier, grade, is_proxy);
            let is_known = candidates.iter().any(|known| {
                (&known.name, known.evidence, known.port) == (&candidate.name, candidate.evidence, candidate.port)
            });
            if !is_known && candidates.len() < MOST_NAMES {
                candidates.push(candidate);
            }
        }
        candidates
    }

    /// Requests over a connection of which both ends are told.
    fn over_both_ends(
        &self,
        conversation: &Conversation,
        host: HostId,
        (began, is_only): (Timestamp, bool),
    ) -> Vec<Named<'_>> {
        let carriers = self.of(host, conversation.remote);
        let fitting = carriers.filter(|one| one.local == Some(conversation.local) && one.was_made_for(began));
        let fitting: Vec<&Carrier> = fitting.collect();
        let is_sure = match fitting.as_slice() {
            [only] => (only.tolerance.is_some() || is_only) && !only.is_doubtful,
            _ => false,
        };
        fitting.into_iter().flat_map(|one| one.names(grade(is_sure))).collect()
    }

    /// Requests over connections of which the far end is told, and who called it.
    fn over_far_end(
        &self,
        conversation: &Conversation,
        host: HostId,
        (began, far_ends): (Timestamp, &FarEnds),
    ) -> Vec<Named<'_>> {
        let fitting = self.calls(host, conversation.remote, began);
        let are_all_told = are_all_told(&fitting, (conversation.remote, began), far_ends);
        let process = &conversation.process;
        let pid = process.process.as_ref().and_then(|process| process.pid);
        let pid = pid.filter(|_| process.grade >= Grade::Derived);
        let own = fitting.into_iter().filter(|one| pid.is_none() || one.pid == pid);
        let own: Vec<&Carrier> = own.collect();
        let all_alike = own
            .iter()
            .all(|one| own.first().is_some_and(|first| first.asks_like(one)));
        let is_sure = are_all_told && all_alike && !own.iter().any(|one| one.is_doubtful);
        own.into_iter().flat_map(|one| one.names(grade(is_sure))).collect()
    }

    /// Connections with a far end that were called at a moment, of which the near end is not told.
    fn calls(&self, host: HostId, remote: Endpoint, moment: Timestamp) -> Vec<&Carrier> {
        let is_call = |one: &&Carrier| {
            let within = one.tolerance.map(|tolerance| (moment - tolerance, moment + tolerance));
            one.local.is_none() && within.is_some_and(|(from, until)| from <= one.made && one.made <= until)
        };
        self.of(host, remote).filter(is_call).collect()
    }

    fn of(&self, host: HostId, remote: Endpoint) -> impl Iterator<Item = &Carrier> {
        self.carriers
            .get(&(host, remote))
            .map(Vec::as_slice)
            .unwrap_or_default()
            .iter()
    }
}

/// A name with the connection that it was asked over.
type Named<'a> = (&'a Asked, Span, Grade);

const fn grade(is_sure: bool) -> Grade {
    if is_sure { Grade::Derived } else { Grade::Inferred }
}

/// Whether there are not more conversations with a far end at a moment than connections to it that libraries tell of.
fn are_all_told(fitting: &[&Carrier], (remote, moment): (Endpoint, Timestamp), far_ends: &FarEnds) -> bool {
    let within = fitting.iter().filter_map(|one| one.tolerance).max().unwrap_or_default();
    let near_ends = far_ends.near_ends((IpProtocol::TCP, remote), moment, within);
    !fitting.is_empty() && near_ends.len() <= fitting.len()
}

fn asked(request: &WebRequest, time: Timestamp) -> Option<Asked> {
    let is_wanted = request.stage.names_carrier();
    Some(Asked {
        name: Text::clone(request.name.as_ref().filter(|_| is_wanted)?),
        port: request.port,
        time,
        span: request.span,
        may_be_proxy: request.stage == WebRequestStage::Connected,
    })
}

impl Carrier {
    fn ask(&mut self, asked: Option<Asked>) {
        let is_new = |asked: &Asked| {
            self.asked
                .iter()
                .all(|known| (&known.name, known.port) != (&asked.name, asked.port))
        };
        let asked = asked.filter(|asked| self.asked.len() < MOST_NAMES && is_new(asked));
        self.asked.extend(asked);
    }

    /// Whether it is the connection that began then; without a common clock it may be.
    fn was_made_for(&self, began: Timestamp) -> bool {
        self.tolerance
            .is_none_or(|tolerance| began - tolerance <= self.made && self.made <= began + LONGEST_CALL + tolerance)
    }

    fn asks_like(&self, other: &Self) -> bool {
        let names = |one: &Self| {
            one.asked
                .iter()
                .map(|asked| Text::clone(&asked.name))
                .collect::<FxHashSet<_>>()
        };
        names(self) == names(other)
    }

    fn names(&self, grade: Grade) -> impl Iterator<Item = Named<'_>> {
        self.asked.iter().map(move |asked| (asked, self.span, grade))
    }
}

impl Asked {
    fn candidate(&self, carrier: Span, grade: Grade, is_proxy: bool) -> NameCandidate {
        let evidence = match (self.may_be_proxy, is_proxy) {
            (true, _) => NameEvidence::AskedByProcess,
            (false, true) => NameEvidence::RequestToProxy,
            (false, false) => NameEvidence::Requested,
        };
        NameCandidate {
            name: Text::clone(&self.name),
            port: self.port.filter(|_| is_proxy),
            evidence,
            grade,
            time: Some(self.time),
            proof: std::iter::once(self.span)
                .chain(Some(carrier).filter(|carrier| *carrier != self.span))
                .collect(),
        }
    }
}

/// The far ends that the system names as proxies, by their addresses where names were looked up.
pub(crate) fn stated_proxies(observed: &Observed) -> FxHashSet<Endpoint> {
    let stated = observed.requests.iter().filter_map(|request| request.proxy.as_deref());
    let stated: FxHashSet<&str> = stated.collect();
    let named: FxHashSet<(String, u16)> = stated.into_iter().flat_map(proxies_in).collect();
    let mut found: FxHashSet<Endpoint> = FxHashSet::default();
    let mut by_name: FxHashMap<&str, Vec<u16>> = FxHashMap::default();
    for (host, port) in &named {
        match host.parse::<IpAddr>() {
            Ok(address) => _ = found.insert(Endpoint::new(address, *port)),
            Err(_) => by_name.entry(host).or_default().push(*port),
        }
    }
    if by_name.is_empty() {
        return found;
    }
    for (name, address) in addresses_told(observed) {
        for port in by_name.get(name).map(Vec::as_slice).unwrap_or_default() {
            if found.len() < MOST_STATED_PROXIES {
                found.insert(Endpoint::new(address, *port));
            }
        }
    }
    found
}

/// Every name with every address that somebody was told for it.
fn addresses_told(observed: &Observed) -> impl Iterator<Item = (&str, IpAddr)> {
    let asked = observed.resolver.iter();
    let asked = asked.flat_map(|event| event.addresses.iter().map(|address| (&*event.name, *address)));
    let answered = observed.dns.iter().flat_map(|dns| {
        dns.answers.iter().filter_map(|answer| match answer.data {
            DnsRecordData::Address(address) => Some((&*dns.name, address)),
            _ => None,
        })
    });
    let cached = observed.cached_names.iter();
    let cached = cached.filter_map(|cached| Some((&*cached.name, cached.address?)));
    asked.chain(answered).chain(cached)
}

/// The proxies in what a script or a setting gives: `PROXY a:8080; SOCKS b:1080; DIRECT`, `http=a:8080;https=b:8080`,
/// `http://a:8080`. Without a port nobody is named.
fn proxies_in(text: &str) -> Vec<(String, u16)> {
    let words = text.split([';', ' ', ',']);
    let proxy = |word: &str| {
        let word = word.rsplit_once('=').map_or(word, |(_, proxy)| proxy);
        let word = word.rsplit_once("//").map_or(word, |(_, proxy)| proxy);
        let (host, port) = word.trim_end_matches('/').rsplit_once(':')?;
        let host = host.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.');
        let port = port.parse().ok().filter(|port| *port != 0)?;
        (!host.is_empty()).then(|| (host.to_lowercase(), port))
    };
    words.filter_map(proxy).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxies_are_read_out_of_scripts_and_settings() {
        let told = |text| {
            let proxies = proxies_in(text).into_iter();
            proxies
                .map(|(host, port)| format!("{host} {port}"))
                .collect::<Vec<_>>()
                .join(", ")
        };
        assert_eq!(
            told("PROXY A.example:8080; SOCKS b.example.:1080; DIRECT"),
            "a.example 8080, b.example 1080"
        );
        assert_eq!(
            told("http=a.example:8080;https=192.0.2.1:3128"),
            "a.example 8080, 192.0.2.1 3128"
        );
        assert_eq!(told("http://a.example:8080/"), "a.example 8080");
        assert_eq!(told("PROXY [2001:db8::1]:8080"), "2001:db8::1 8080");
        assert_eq!(told("DIRECT"), "");
        assert_eq!(told("a.example:99999 b.example:0 :80 a.example"), "");
    }
}
