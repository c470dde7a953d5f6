//! Which host wrote a trace, a text log of the firewall, or network events of the filtering platform. None of them names a
//! computer, but one computer wrote it: its events belong to one host, which is found by the stamp of a collector on its path,
//! else by the addresses that they show as the host's own, else by the company that the file keeps.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use rustc_hash::FxHashMap;
use whotalks_record::{ConnectionEvent, Direction, EvidenceId, IpProtocol, ListingTool, SourceKind};

use super::{Hosts, hosts_by_folder, is_address_of_host, only_host_of_folder};
use crate::HostId;
use crate::observed::Observed;
use crate::sessions::TraceSessions;
use crate::survey::Survey;

/// The host's own addresses as a trace shows them, with how often it does.
type Shown = BTreeMap<IpAddr, u32>;

impl Hosts {
    /// Gives each trace its host. Those that show addresses come first, so that the silent ones can keep company with them.
    pub(super) fn attach_traces(&mut self, observed: &Observed, survey: &Survey, sessions: &TraceSessions) {
        let mut shown = shown_addresses(observed, survey);
        let alone = traces(observed, &shown);
        share(&mut shown, &alone, sessions);
        let folders = hosts_by_folder(self, observed);
        let all = traces(observed, &shown).into_iter();
        let (speaking, silent): (Vec<_>, Vec<_>) = all.partition(|evidence| shown.contains_key(evidence));
        let mut settled: BTreeSet<EvidenceId> = BTreeSet::new();
        for evidence in speaking.into_iter().chain(silent) {
            let files = sessions.files_with(evidence);
            let addresses = shown.remove(&evidence).unwrap_or_default();
            if settled.insert(evidence) {
                let collected = files.iter().find_map(|file| self.of_listing(*file));
                self.by_listing.extend(collected.map(|host| (evidence, host)));
                let host = self.attach_trace(observed, &folders, evidence, &addresses);
                self.by_listing.extend(files.iter().map(|file| (*file, host)));
                settled.extend(files);
            }
        }
    }

    fn attach_trace(
        &mut self,
        observed: &Observed,
        folders: &FxHashMap<&str, Vec<HostId>>,
        evidence: EvidenceId,
        addresses: &Shown,
    ) -> HostId {
        let folder = observed.facts(evidence).map_or("", |facts| &*facts.folder);
        let neighbour = only_host_of_folder(folders, observed, evidence)
            .or_else(|| self.unnamed_of_folder.get(folder).copied())
            .or_else(|| self.only_named_host());
        let collected = self.of_listing(evidence);
        let host = collected
            .or_else(|| self.most_shown(addresses))
            .or_else(|| neighbour.filter(|host| !self.is_contradicted(*host, addresses)));
        let host = host.unwrap_or_else(|| self.add(None));
        if self
            .hosts
            .get(host.0 as usize)
            .is_some_and(|known| known.name.is_none())
        {
            self.unnamed_of_folder.entry(folder.to_owned()).or_insert(host);
        }
        self.by_listing.insert(evidence, host);
        for address in addresses.keys() {
            self.give_address(host, *address);
        }
        host
    }

    /// The host whose addresses a trace shows most often.
    fn most_shown(&self, addresses: &Shown) -> Option<HostId> {
        let mut votes: BTreeMap<HostId, u32> = BTreeMap::new();
        for (address, count) in addresses {
            if let Some(host) = self.at(*address) {
                *votes.entry(host).or_default() += count;
            }
        }
        votes.into_iter().max_by_key(|(_, votes)| *votes).map(|(host, _)| host)
    }

    /// Whether a host has addresses of a family of which a trace shows other ones: then it is another host's trace.
    fn is_contradicted(&self, host: HostId, addresses: &Shown) -> bool {
        let known = self.hosts.get(host.0 as usize).map(|host| host.addresses.as_slice());
        let known = known.unwrap_or_default();
        addresses
            .keys()
            .any(|shown| known.iter().any(|known| known.is_ipv4() == shown.is_ipv4()))
    }
}

/// Gives every file of a session the addresses that all of them show: one computer wrote them.
fn share(shown: &mut BTreeMap<EvidenceId, Shown>, traces: &BTreeSet<EvidenceId>, sessions: &TraceSessions) {
    for evidence in traces {
        let files = sessions.files_with(*evidence);
        if files.first() != Some(evidence) {
            continue;
        }
        let mut all = Shown::new();
        for (address, count) in files.iter().filter_map(|file| shown.get(file)).flatten() {
            *all.entry(*address).or_default() += count;
        }
        if !all.is_empty() {
            shown.extend(files.iter().map(|file| (*file, all.clone())));
        }
    }
}

/// The traces that tell of a host: those that hold more than packets, or packets of which one end is common. Beside them the logs
/// that name no computer.
fn traces(observed: &Observed, shown: &BTreeMap<EvidenceId, Shown>) -> BTreeSet<EvidenceId> {
    let of_source = |is_wanted: fn(SourceKind) -> bool| -> BTreeSet<EvidenceId> {
        let ranges = observed.ranges.iter().filter(|range| is_wanted(range.source));
        ranges.map(|range| range.evidence).collect()
    };
    let (telling, logs) = (of_source(SourceKind::is_traced), of_source(SourceKind::is_nameless_log));
    let traces = observed.evidence.iter().filter(|facts| facts.is_trace);
    let traces = traces.map(|facts| facts.id);
    traces
        .filter(|id| telling.contains(id) || shown.contains_key(id))
        .chain(logs.iter().copied())
        .collect()
}

/// What each trace shows as the host's own addresses: the local ends of its sockets, and the end that its packets have in common.
fn shown_addresses(observed: &Observed, survey: &Survey) -> BTreeMap<EvidenceId, Shown> {
    let is_trace = |evidence: &EvidenceId| observed.facts(*evidence).is_some_and(|facts| facts.is_trace);
    let events = observed.connections.iter().filter(|event| shows_own_address(event));
    let events = events.filter_map(|event| Some((event.span.evidence, event.local?.address)));
    let lists = observed.snapshots.iter();
    let lists = lists.filter(|list| list.tool == ListingTool::TraceRundown);
    let lists: BTreeSet<(EvidenceId, u32)> = lists.map(|list| (list.span.evidence, list.number)).collect();
    let rows = observed.sockets.iter();
    let rows = rows.filter(|row| lists.contains(&(row.span.evidence, row.snapshot)));
    let rows = rows.map(|row| (row.span.evidence, row.local.address));
    let packets = survey.own_addresses.iter().filter(|(evidence, _)| is_trace(evidence));
    let packets = packets.flat_map(|(evidence, own)| own.iter().map(|address| (*evidence, *address)));
    let mut shown: BTreeMap<EvidenceId, Shown> = BTreeMap::new();
    for (evidence, address) in events.chain(rows).chain(packets) {
        if is_address_of_host(address) {
            *shown.entry(evidence).or_default().entry(address).or_default() += 1;
        }
    }
    shown
}

/// Whether the local end of an event is an address of the host. What a log of the firewall says came in may have gone to everybody
/// on the network, whose address looks like any other.
fn shows_own_address(event: &ConnectionEvent) -> bool {
    let is_log = event.kind.is_firewall_text() || event.kind.is_network_event();
    let is_own = event.direction == Some(Direction::Outbound) || event.protocol == Some(IpProtocol::TCP);
    event.kind.is_traced() || is_log && is_own
}
