//! What listings of settings say of each host.

use rustc_hash::FxHashMap;
use whotalks_correlate::{CoverageLine, HostId, Observed};
use whotalks_record::{DeviceFact, DeviceFactKind, EvidenceId, Text};

/// The facts of every host, in the order of the evidence.
pub(crate) struct Listed<'a> {
    facts: FxHashMap<HostId, Vec<&'a DeviceFact>>,
}

/// An adapter in one listing.
pub(crate) struct Adapter<'a> {
    pub(crate) name: &'a Text,
    pub(crate) facts: Vec<&'a DeviceFact>,
}

impl<'a> Listed<'a> {
    pub(crate) fn of(observed: &'a Observed, coverage: &[CoverageLine]) -> Self {
        let hosts: FxHashMap<EvidenceId, HostId> = coverage
            .iter()
            .filter_map(|line| Some((line.evidence, line.host?)))
            .collect();
        let mut facts: FxHashMap<HostId, Vec<&DeviceFact>> = FxHashMap::default();
        for fact in &observed.device_facts {
            if let Some(host) = hosts.get(&fact.span.evidence) {
                facts.entry(*host).or_default().push(fact);
            }
        }
        Self { facts }
    }

    fn of_host(&self, host: HostId) -> &[&'a DeviceFact] {
        self.facts.get(&host).map(Vec::as_slice).unwrap_or_default()
    }

    /// The last fact of a kind, which is the newest where a collector wrote in order.
    pub(crate) fn last(&self, host: HostId, kind: DeviceFactKind) -> Option<&'a DeviceFact> {
        self.of_host(host).iter().rev().find(|fact| fact.kind == kind).copied()
    }

    /// The adapters of a host, each as often as listings differ about it.
    pub(crate) fn adapters(&self, host: HostId) -> Vec<Adapter<'a>> {
        let mut adapters: Vec<Adapter<'a>> = Vec::new();
        let mut places: FxHashMap<(EvidenceId, u32, &Text), usize> = FxHashMap::default();
        for fact in self.of_host(host).iter().filter(|fact| is_of_adapter(fact.kind)) {
            let Some(name) = &fact.about else { continue };
            let place = *places
                .entry((fact.span.evidence, fact.snapshot, name))
                .or_insert_with(|| {
                    adapters.push(Adapter {
                        name,
                        facts: Vec::new(),
                    });
                    adapters.len().saturating_sub(1)
                });
            if let Some(adapter) = adapters.get_mut(place) {
                adapter.facts.push(fact);
            }
        }
        let mut seen: Vec<Vec<(DeviceFactKind, &Text)>> = Vec::new();
        adapters.retain(|adapter| {
            let mut said: Vec<_> = adapter.facts.iter().map(|fact| (fact.kind, &fact.value)).collect();
            said.sort_unstable();
            said.push((DeviceFactKind::AdapterDescription, adapter.name));
            let is_new = !seen.contains(&said);
            seen.extend(is_new.then_some(said));
            is_new
        });
        adapters
    }
}

const fn is_of_adapter(kind: DeviceFactKind) -> bool {
    matches!(
        kind,
        DeviceFactKind::DnsSuffix
            | DeviceFactKind::AdapterDescription
            | DeviceFactKind::MacAddress
            | DeviceFactKind::IpAddress
            | DeviceFactKind::DefaultGateway
            | DeviceFactKind::DhcpServer
            | DeviceFactKind::DnsServer
    )
}

impl<'a> Adapter<'a> {
    /// The values of a kind, in order.
    pub(crate) fn values(&self, kind: DeviceFactKind) -> impl Iterator<Item = &'a Text> + '_ {
        let of_kind = self.facts.iter().filter(move |fact| fact.kind == kind);
        of_kind.map(|fact| &fact.value)
    }
}
