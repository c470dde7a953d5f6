//! Which hosts the evidence speaks of, and which host an address, a log or a listing belongs to.
//!
//! A host is a computer name with the addresses that its own logs and listings give it. A listing that names no computer
//! belongs to the computer that its collector stamped on its path, else to the one host of its folder, else to the host whose
//! addresses it shows, else to the only host there is.
//! A capture knows only addresses, and a trace names no computer but is of one.

mod traces;

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use rustc_hash::FxHashMap;
use whotalks_record::{DeviceFact, DeviceFactKind, EvidenceId, IpProtocol, Socket, Text, is_multicast_or_broadcast};

use crate::observed::Observed;
use crate::sessions::TraceSessions;
use crate::survey::Survey;
use crate::{Host, HostId};

/// The hosts of a case.
#[derive(Debug, Default)]
pub(crate) struct Hosts {
    hosts: Vec<Host>,
    by_name: BTreeMap<String, HostId>,
    by_address: FxHashMap<IpAddr, HostId>,
    /// Listings and traces, which name no computer in what they list.
    by_listing: FxHashMap<EvidenceId, HostId>,
    /// The host of what names no computer in a folder.
    unnamed_of_folder: BTreeMap<String, HostId>,
    /// Captures that one host took of its own traffic.
    by_capture: FxHashMap<EvidenceId, HostId>,
}

impl Hosts {
    /// Finds the hosts of `observed`.
    pub(crate) fn find(observed: &Observed, survey: &Survey, sessions: &TraceSessions) -> Self {
        let mut hosts = Self::default();
        hosts.name_hosts(observed);
        hosts.attach_collected(observed);
        hosts.collect_logged_addresses(observed);
        hosts.attach_traces(observed, survey, sessions);
        hosts.attach_listings(observed);
        hosts.collect_listed_addresses(observed);
        hosts.attach_captures(observed, survey);
        hosts.sort_addresses();
        hosts
    }

    /// All hosts, in order of number.
    pub(crate) fn all(&self) -> &[Host] {
        &self.hosts
    }

    /// The host of a computer name.
    pub(crate) fn named(&self, name: &str) -> Option<HostId> {
        self.by_name.get(&short_name(name)).copied()
    }

    /// The host that has an address.
    pub(crate) fn at(&self, address: IpAddr) -> Option<HostId> {
        self.by_address.get(&address).copied()
    }

    /// The host that a listing, a trace or a log without a computer name belongs to.
    pub(crate) fn of_listing(&self, evidence: EvidenceId) -> Option<HostId> {
        self.by_listing.get(&evidence).copied()
    }

    /// The host of a record that may or may not name its computer.
    pub(crate) fn of(&self, name: Option<&Text>, evidence: EvidenceId) -> Option<HostId> {
        name.and_then(|name| self.named(name))
            .or_else(|| self.of_listing(evidence))
    }

    /// The host that took a capture of its own traffic.
    pub(crate) fn of_capture(&self, evidence: EvidenceId) -> Option<HostId> {
        self.by_capture.get(&evidence).copied()
    }

    /// Whether a host has a capture of its own.
    pub(crate) fn has_capture(&self, host: HostId) -> bool {
        self.by_capture.values().any(|known| *known == host)
    }

    fn name_hosts(&mut self, observed: &Observed) {
        let mut names: BTreeMap<String, Text> = BTreeMap::new();
        for name in named_by(observed) {
            let known = names.entry(short_name(name)).or_insert_with(|| Text::clone(name));
            if name.len() > known.len() {
                *known = Text::clone(name);
            }
        }
        let stamped = stamped_names(observed, &names);
        names.retain(|short, _| !stamped.contains_key(short));
        for (short, name) in names {
            let id = self.add(Some(name));
            self.by_name.insert(short, id);
        }
        for (short, whole) in stamped {
            if let Some(id) = self.by_name.get(&whole).copied() {
                self.by_name.insert(short, id);
            }
        }
    }

    /// Whatever a collector took on a computer belongs to that computer, whether or not it says so itself.
    fn attach_collected(&mut self, observed: &Observed) {
        for facts in &observed.evidence {
            let host = facts.computer.as_ref().and_then(|name| self.named(name));
            self.by_listing.extend(host.map(|host| (facts.id, host)));
        }
        for fact in computer_names(observed) {
            let host = self.named(&fact.value);
            let evidence = fact.span.evidence;
            if let (Some(host), false) = (host, self.by_listing.contains_key(&evidence)) {
                self.by_listing.insert(evidence, host);
            }
        }
    }

    fn add(&mut self, name: Option<Text>) -> HostId {
        let id = HostId(u32::try_from(self.hosts.len()).unwrap_or(u32::MAX));
        self.hosts.push(Host {
            id,
            name,
            addresses: Vec::new(),
        });
        id
    }

    fn collect_logged_addresses(&mut self, observed: &Observed) {
        for event in &observed.connections {
            let host = event.host.as_ref().and_then(|name| self.named(name));
            if let (Some(host), Some(local)) = (host, event.local) {
                self.give_address(host, local.address);
            }
        }
    }

    fn attach_listings(&mut self, observed: &Observed) {
        let folders = hosts_by_folder(self, observed);
        for snapshot in &observed.snapshots {
            let evidence = snapshot.span.evidence;
            if self.by_listing.contains_key(&evidence) {
                continue;
            }
            let folder = observed.facts(evidence).map_or("", |facts| &*facts.folder);
            let host = snapshot
                .host
                .as_ref()
                .and_then(|name| self.named(name))
                .or_else(|| only_host_of_folder(&folders, observed, evidence))
                .or_else(|| self.by_listed_addresses(observed, evidence))
                .or_else(|| self.only_named_host())
                .unwrap_or_else(|| self.unnamed_of(folder));
            self.by_listing.insert(evidence, host);
        }
    }

    fn unnamed_of(&mut self, folder: &str) -> HostId {
        if let Some(known) = self.unnamed_of_folder.get(folder) {
            return *known;
        }
        let host = self.add(None);
        self.unnamed_of_folder.insert(folder.to_owned(), host);
        host
    }

    fn only_named_host(&self) -> Option<HostId> {
        let mut named = self.by_name.values();
        let first = named.next().copied();
        first.filter(|first| named.all(|other| other == first))
    }

    fn only_host(&self) -> Option<HostId> {
        match self.hosts.as_slice() {
            [only] => Some(only.id),
            _ => None,
        }
    }

    fn by_listed_addresses(&self, observed: &Observed, evidence: EvidenceId) -> Option<HostId> {
        let mut votes: BTreeMap<HostId, u32> = BTreeMap::new();
        for socket in listed(observed, evidence) {
            if let Some(host) = self.at(socket.local.address) {
                *votes.entry(host).or_default() += 1;
            }
        }
        votes.into_iter().max_by_key(|(_, votes)| *votes).map(|(host, _)| host)
    }

    fn collect_listed_addresses(&mut self, observed: &Observed) {
        for socket in &observed.sockets {
            if let Some(host) = self.of_listing(socket.span.evidence) {
                self.give_address(host, socket.local.address);
            }
        }
        let own = observed
            .device_facts
            .iter()
            .filter(|fact| fact.kind == DeviceFactKind::IpAddress);
        for fact in own {
            if let (Some(host), Ok(address)) = (self.of_listing(fact.span.evidence), fact.value.parse()) {
                self.give_address(host, address);
            }
        }
    }

    /// A capture whose flows nearly all have one end in common was taken on that host, and so was one whose packets say at which end
    /// of them its processes are. It teaches the host's addresses of the other family too.
    fn attach_captures(&mut self, observed: &Observed, survey: &Survey) {
        let stated = stated_by_packets(observed);
        let common = survey.own_addresses.iter();
        let common = common.filter(|(evidence, own)| !own.is_empty() && !stated.contains_key(evidence));
        let mut captures: Vec<(&EvidenceId, &Vec<IpAddr>)> = stated.iter().chain(common).collect();
        captures.sort_unstable();
        for (evidence, own) in captures {
            let known = self
                .of_listing(*evidence)
                .or_else(|| own.iter().find_map(|address| self.at(*address)));
            let host = known
                .or_else(|| self.host_without_addresses(observed, *evidence))
                .unwrap_or_else(|| self.add(None));
            self.by_capture.insert(*evidence, host);
            for address in own {
                self.give_address(host, *address);
            }
        }
    }

    /// The one host of the capture's folder, or the only host there is, as long as nothing says that it has other addresses.
    fn host_without_addresses(&self, observed: &Observed, evidence: EvidenceId) -> Option<HostId> {
        let folders = hosts_by_folder(self, observed);
        let host = only_host_of_folder(&folders, observed, evidence).or_else(|| self.only_host())?;
        let known = self.hosts.get(host.0 as usize)?;
        known.addresses.is_empty().then_some(host)
    }

    /// The first host to claim an address keeps it.
    fn give_address(&mut self, host: HostId, address: IpAddr) {
        if !is_address_of_host(address) {
            return;
        }
        let is_new = !self.by_address.contains_key(&address);
        if let Some(known) = self.hosts.get_mut(host.0 as usize).filter(|_| is_new) {
            self.by_address.insert(address, host);
            known.addresses.push(address);
        }
    }

    fn sort_addresses(&mut self) {
        for host in &mut self.hosts {
            host.addresses.sort_unstable();
        }
    }
}

/// The addresses at which captures say that processes of the host are: what such processes sent from, and what they have a TCP
/// connection at. What came in by UDP may have been for everybody on the network.
fn stated_by_packets(observed: &Observed) -> BTreeMap<EvidenceId, Vec<IpAddr>> {
    let mut stated: BTreeMap<EvidenceId, BTreeSet<IpAddr>> = BTreeMap::new();
    for owner in &observed.owners {
        let is_own = owner.sent_packets > 0 || owner.protocol == IpProtocol::TCP;
        if is_own && is_address_of_host(owner.local.address) {
            stated
                .entry(owner.span.evidence)
                .or_default()
                .insert(owner.local.address);
        }
    }
    let listed = stated.into_iter();
    listed
        .map(|(evidence, own)| (evidence, own.into_iter().collect()))
        .collect()
}

/// Whether an address can tell one host from another.
fn is_address_of_host(address: IpAddr) -> bool {
    !address.is_loopback() && !address.is_unspecified() && !is_multicast_or_broadcast(address)
}

/// The first label of a computer name in lower case: logs write `PC1` and `PC1.example.org` for one machine.
fn short_name(name: &str) -> String {
    name.split('.').next().unwrap_or(name).to_lowercase()
}

fn named_by(observed: &Observed) -> impl Iterator<Item = &Text> {
    let connections = observed.connections.iter().filter_map(|event| event.host.as_ref());
    let processes = observed.processes.iter().filter_map(|event| event.host.as_ref());
    let resolver = observed.resolver.iter().filter_map(|event| event.host.as_ref());
    let protection = observed.protection.iter().map(|event| &event.host);
    let requests = observed.requests.iter().filter_map(|request| request.host.as_ref());
    let snapshots = observed.snapshots.iter().filter_map(|snapshot| snapshot.host.as_ref());
    let filters = observed.filters.iter().filter_map(|filter| filter.host.as_ref());
    let rules = observed.rules.iter().map(|rule| &rule.host);
    let collected = observed.evidence.iter().filter_map(|facts| facts.computer.as_ref());
    let listed = computer_names(observed).map(|fact| &fact.value);
    connections
        .chain(processes)
        .chain(resolver)
        .chain(protection)
        .chain(requests)
        .chain(snapshots)
        .chain(filters)
        .chain(rules)
        .chain(collected)
        .chain(listed)
}

/// Computer names in listings; a collector's stamp on the path is the better word for what it collected.
fn computer_names(observed: &Observed) -> impl Iterator<Item = &DeviceFact> {
    let stamped = |evidence| observed.facts(evidence).is_some_and(|facts| facts.computer.is_some());
    let names = observed.device_facts.iter();
    names.filter(move |fact| fact.kind == DeviceFactKind::ComputerName && !stamped(fact.span.evidence))
}

/// The length at which the name of a computer for NetBIOS is cut; logs write the whole one.
const LONGEST_STAMPED_NAME: usize = 15;

/// Names that a stamp cut, each with the only whole name that begins with it. They are no hosts of their own.
fn stamped_names(observed: &Observed, names: &BTreeMap<String, Text>) -> BTreeMap<String, String> {
    let cut = observed.evidence.iter().filter_map(|facts| facts.computer.as_deref());
    let cut = cut
        .map(short_name)
        .filter(|name| name.chars().count() == LONGEST_STAMPED_NAME);
    let whole = |short: &String| {
        let mut longer = names
            .keys()
            .filter(|name| *name != short && name.starts_with(short.as_str()));
        longer.next().filter(|_| longer.next().is_none()).cloned()
    };
    cut.filter_map(|short| Some((short.clone(), whole(&short)?))).collect()
}

fn listed(observed: &Observed, evidence: EvidenceId) -> impl Iterator<Item = &Socket> {
    observed
        .sockets
        .iter()
        .filter(move |socket| socket.span.evidence == evidence)
}

/// For each folder, the hosts that logs in it name.
fn hosts_by_folder<'a>(hosts: &Hosts, observed: &'a Observed) -> FxHashMap<&'a str, Vec<HostId>> {
    let mut folders: FxHashMap<&str, Vec<HostId>> = FxHashMap::default();
    let ranges = observed
        .ranges
        .iter()
        .filter_map(|range| Some((range.evidence, range.host.as_ref()?)));
    for (evidence, name) in ranges {
        let (Some(facts), Some(host)) = (observed.facts(evidence), hosts.named(name)) else {
            continue;
        };
        let known = folders.entry(&facts.folder).or_default();
        if !known.contains(&host) {
            known.push(host);
        }
    }
    folders
}

fn only_host_of_folder(
    folders: &FxHashMap<&str, Vec<HostId>>,
    observed: &Observed,
    evidence: EvidenceId,
) -> Option<HostId> {
    let facts = observed.facts(evidence)?;
    match folders.get(&*facts.folder)?.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}
