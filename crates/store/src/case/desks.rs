//! One writer per observed table.

use std::path::Path;

use whotalks_record::{EvidenceId, Flow, FlowId, NameObservation, Record};
use whotalks_tables::{
    AddressNames, CachedNames, ConnectionEvents, Counters, DeviceFacts, DnsTransactions, Evidence, EvidenceRow,
    FilterLayers, Filters, FlowNames, Flows, HostEvents, LogGaps, NetworkProtectionEvents, PacketOwners, ProcessEvents,
    ResolverEvents, RuleChanges, Snapshots, SocketCalls, Sockets, SourceRanges, WebRequests,
};

use super::table_writer::TableWriter;
use crate::StoreError;
use crate::log::Stage;
use crate::parts::FinishedPart;

macro_rules! desks {
    ($($field:ident: $table:ty),+ $(,)?) => {
        /// The writers of all observed tables of one batch.
        pub(crate) struct Desks {
            $( $field: TableWriter<$table>, )+
            last_flow: Option<(EvidenceId, FlowId)>,
        }

        impl Desks {
            /// Writers into `folder`; a table gets a file with its first row, whose name begins with `stem` once it is committed.
            pub(crate) fn new(folder: &Path, stem: &str) -> Self {
                Self {
                    $( $field: TableWriter::new(folder, Stage::Observed, stem), )+
                    last_flow: None,
                }
            }

            /// All parts of all tables, on the disk.
            pub(crate) fn finish(self) -> Result<Vec<FinishedPart>, StoreError> {
                let mut parts = Vec::new();
                $( parts.extend(self.$field.finish()?); )+
                Ok(parts)
            }
        }
    };
}

desks!(
    evidence: Evidence,
    flows: Flows,
    names: FlowNames,
    owners: PacketOwners,
    dns: DnsTransactions,
    connections: ConnectionEvents,
    processes: ProcessEvents,
    resolver: ResolverEvents,
    requests: WebRequests,
    protection: NetworkProtectionEvents,
    calls: SocketCalls,
    sockets: Sockets,
    snapshots: Snapshots,
    filters: Filters,
    layers: FilterLayers,
    rules: RuleChanges,
    hosts: HostEvents,
    gaps: LogGaps,
    counters: Counters,
    address_names: AddressNames,
    cached_names: CachedNames,
    device_facts: DeviceFacts,
    ranges: SourceRanges,
);

impl Desks {
    pub(crate) fn evidence(&mut self, row: &EvidenceRow) -> Result<(), StoreError> {
        self.evidence.append(row)
    }

    /// A flow and its names, in parts of the same number, so that readers join them without an index.
    pub(crate) fn flow(&mut self, flow: &Flow, names: &[NameObservation]) -> Result<(), StoreError> {
        if self.flows.is_full() || self.names.is_full() {
            self.flows.begin_part()?;
            self.names.begin_part()?;
        }
        self.last_flow = Some((flow.span.evidence, flow.id));
        self.flows.append_here(flow)?;
        names.iter().try_for_each(|name| self.name(name))
    }

    fn name(&mut self, name: &NameObservation) -> Result<(), StoreError> {
        let (evidence, flow) = (name.span.evidence, name.flow);
        if self.last_flow != Some((evidence, flow)) {
            return Err(StoreError::NameWithoutFlow { evidence, flow });
        }
        self.names.append_here(name)
    }

    pub(crate) fn record(&mut self, record: &Record) -> Result<(), StoreError> {
        match record {
            Record::Flow(flow) => self.flow(flow, &[]),
            Record::Name(name) => self.name(name),
            Record::Owner(row) => self.owners.append(row),
            Record::Dns(row) => self.dns.append(row),
            Record::Connection(row) => self.connections.append(row),
            Record::Process(row) => self.processes.append(row),
            Record::Resolver(row) => self.resolver.append(row),
            Record::Request(row) => self.requests.append(row),
            Record::Protection(row) => self.protection.append(row),
            Record::Call(row) => self.calls.append(row),
            Record::Socket(row) => self.sockets.append(row),
            Record::Snapshot(row) => self.snapshots.append(row),
            Record::Filter(row) => self.filters.append(row),
            Record::FilterLayer(row) => self.layers.append(row),
            Record::Rule(row) => self.rules.append(row),
            Record::Host(row) => self.hosts.append(row),
            Record::Gap(row) => self.gaps.append(row),
            Record::Counter(row) => self.counters.append(row),
            Record::AddressName(row) => self.address_names.append(row),
            Record::CachedName(row) => self.cached_names.append(row),
            Record::Device(row) => self.device_facts.append(row),
            Record::Range(row) => self.ranges.append(row),
        }
    }
}
