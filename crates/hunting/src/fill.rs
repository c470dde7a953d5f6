//! All rows of all tables.

use rustc_hash::FxHashMap;
use whotalks_catalogue::Catalogue;
use whotalks_correlate::{Conversation, Correlator, FlowStream, ListingAnswer, Observed, ProcessAnswer};
use whotalks_record::{
    Counter, DnsTransaction, Endpoint, EvidenceId, Filter, Flow, NameObservation, ResolverEvent, ResolverSource,
};
use whotalks_tables::EvidenceRow;
use whotalks_tables::hunting::{
    Coverage, DeviceEvents, DeviceInfo, DeviceNetworkEvents, DeviceNetworkInfo, DeviceProcessEvents, DnsTransactions,
    Endpoints, Evidence, FirewallFilters, Flows, HttpTransactions, Names, NetworkCounters, NetworkEventRow, Sockets,
    Take, TlsHandshakes,
};

use crate::inspected::View;
use crate::listed::Listed;
use crate::{
    Devices, Wanted, counters, coverage, device_events, device_info, device_network_events, device_process_events, dns,
    endpoints, evidence, filters, flows, in_flow, inspected, names, sockets,
};

/// Records of one kind that need not be in memory.
pub trait Records<R> {
    /// Calls `visit` for every record, in the order of the evidence.
    fn visit(&self, visit: &mut dyn FnMut(&R));
}

/// Records in memory.
impl<R> Records<R> for Vec<R> {
    fn visit(&self, visit: &mut dyn FnMut(&R)) {
        self.iter().for_each(visit);
    }
}

/// What the tables are made of.
pub struct Sources<'a> {
    /// What was concluded.
    pub correlator: &'a Correlator<'a>,
    /// What was observed, apart from flows and what follows.
    pub observed: &'a Observed,
    /// The flows with their names.
    pub flows: &'a dyn FlowStream,
    /// Gives every DNS transaction.
    pub dns: &'a dyn Records<DnsTransaction>,
    /// Gives every counter.
    pub counters: &'a dyn Records<Counter>,
    /// The manifest.
    pub evidence: &'a [EvidenceRow],
    /// The known endpoints.
    pub catalogue: &'a Catalogue,
}

/// Declares what takes rows of all these tables.
macro_rules! sink {
    ($first:ident, $($table:ident),+ $(,)?) => {
        /// Takes the rows of every table that evidence can fill.
        pub trait Sink: Take<$first> $( + Take<$table> )+ {}

        impl<S: Take<$first> $( + Take<$table> )+> Sink for S {}
    };
}

sink!(
    DeviceNetworkEvents,
    DeviceEvents,
    DeviceProcessEvents,
    DeviceNetworkInfo,
    DeviceInfo,
    Flows,
    DnsTransactions,
    HttpTransactions,
    TlsHandshakes,
    Sockets,
    NetworkCounters,
    FirewallFilters,
    Endpoints,
    Names,
    Evidence,
    Coverage,
);

/// Hands every row of the tables that are wanted to `sink`, in a fixed order that is not that of time; those of the small tables
/// in any case. It goes through the flows at most twice and holds no row. A table has the same rows whichever others are wanted.
pub fn fill<S: Sink>(sources: &Sources<'_>, wanted: &Wanted, sink: &mut S) {
    let mut filling = Filling {
        sources,
        wanted,
        devices: Devices::of(sources.correlator.hosts()),
        listings: listings(sources.correlator.listings()),
        network_reports: 0,
        device_reports: 0,
        process_reports: 0,
        sink,
    };
    if wanted.has::<DeviceNetworkEvents>() || wanted.has::<Flows>() || wanted.has::<Names>() {
        filling.conversations();
    }
    filling.inside_flows();
    filling.events();
    filling.listed();
    filling.known();
}

type Listings<'a> = FxHashMap<(EvidenceId, u32), ListingAnswer<'a>>;

fn listings(answers: Vec<ListingAnswer<'_>>) -> Listings<'_> {
    let keyed = answers.into_iter().map(|answer| {
        let snapshot = answer.snapshot;
        ((snapshot.span.evidence, snapshot.number), answer)
    });
    keyed.collect()
}

struct Filling<'a, S> {
    sources: &'a Sources<'a>,
    wanted: &'a Wanted,
    devices: Devices,
    listings: Listings<'a>,
    /// Rows of `DeviceNetworkEvents` so far.
    network_reports: i64,
    /// Rows of `DeviceEvents` so far.
    device_reports: i64,
    /// Rows of `DeviceProcessEvents` so far.
    process_reports: i64,
    sink: &'a mut S,
}

impl<S: Sink> Filling<'_, S> {
    fn conversations(&mut self) {
        let sources = self.sources;
        let mut sink = |conversation: Conversation| self.conversation(&conversation);
        sources.correlator.conversations(sources.flows, &mut sink);
    }

    fn conversation(&mut self, conversation: &Conversation) {
        if self.wanted.has::<DeviceNetworkEvents>() {
            for row in device_network_events::of_conversation(conversation, &self.devices) {
                self.network_event(row);
            }
        }
        if self.wanted.has::<Flows>() {
            let row = flows::row(conversation, &self.devices);
            Take::<Flows>::take(self.sink, &row);
        }
        if self.wanted.has::<Names>() {
            for row in names::of_conversation(conversation, &self.devices) {
                Take::<Names>::take(self.sink, &row);
            }
        }
    }

    fn inside_flows(&mut self) {
        let (sources, wanted) = (self.sources, self.wanted);
        let network = wanted.has::<DeviceNetworkEvents>();
        if network || wanted.has::<HttpTransactions>() || wanted.has::<TlsHandshakes>() {
            sources.flows.visit(&mut |flow, names| self.inside_flow(flow, names));
        }
        if network || wanted.has::<DnsTransactions>() {
            sources.dns.visit(&mut |transaction| self.dns(transaction));
        }
    }

    fn inside_flow(&mut self, flow: &Flow, names: &[NameObservation]) {
        let view = self.view(flow.key.client, flow.key.server);
        if self.wanted.has::<DeviceNetworkEvents>()
            && let Some(row) = inspected::of_flow(flow, &view, &self.devices)
        {
            self.network_event(row);
        }
        for name in names {
            self.name(name, &view);
        }
    }

    fn name(&mut self, name: &NameObservation, view: &View) {
        if self.wanted.has::<DeviceNetworkEvents>()
            && let Some(row) = inspected::of_name(name, view, &self.devices)
        {
            self.network_event(row);
        }
        if self.wanted.has::<HttpTransactions>()
            && let Some(row) = in_flow::http(name, view, &self.devices)
        {
            Take::<HttpTransactions>::take(self.sink, &row);
        }
        if self.wanted.has::<TlsHandshakes>()
            && let Some(row) = in_flow::tls(name, view, &self.devices)
        {
            Take::<TlsHandshakes>::take(self.sink, &row);
        }
    }

    fn dns(&mut self, transaction: &DnsTransaction) {
        let view = self.view(transaction.client, transaction.server);
        if self.wanted.has::<DeviceNetworkEvents>() {
            let row = inspected::of_dns(transaction, &view, &self.devices);
            self.network_event(row);
        }
        if self.wanted.has::<DnsTransactions>() {
            let row = dns::row(transaction, &view, &self.devices);
            Take::<DnsTransactions>::take(self.sink, &row);
        }
    }

    fn events(&mut self) {
        let (network, device) = (
            self.wanted.has::<DeviceNetworkEvents>(),
            self.wanted.has::<DeviceEvents>(),
        );
        if network || device {
            self.logged_connections(network, device);
        }
        if device {
            self.judgements();
        }
        if device || self.wanted.has::<DnsTransactions>() {
            self.questions();
        }
        if self.wanted.has::<DeviceProcessEvents>() {
            self.starts();
        }
    }

    fn logged_connections(&mut self, network: bool, device: bool) {
        let sources = self.sources;
        for event in &sources.observed.connections {
            let Some(answer) = sources.correlator.told_by(event) else {
                continue;
            };
            let listen = network.then(|| device_network_events::of_listen(event, &answer, &self.devices));
            if let Some(row) = listen.flatten() {
                self.network_event(row);
            }
            let refusal = (device && !sources.correlator.is_told_better(event))
                .then(|| device_events::of_refusal(event, &answer, &self.devices));
            if let Some(mut row) = refusal.flatten() {
                row.report_id = next(&mut self.device_reports);
                Take::<DeviceEvents>::take(self.sink, &row);
            }
        }
    }

    fn judgements(&mut self) {
        let sources = self.sources;
        for event in &sources.observed.protection {
            if let Some(answer) = sources.correlator.protected_by(event) {
                let mut row = device_events::of_protection(event, &answer, &self.devices);
                row.report_id = next(&mut self.device_reports);
                Take::<DeviceEvents>::take(self.sink, &row);
            }
        }
    }

    fn questions(&mut self) {
        let sources = self.sources;
        for event in &sources.observed.resolver {
            if let Some(answer) = sources.correlator.asked_by(event) {
                self.question(event, &answer);
            }
        }
    }

    fn question(&mut self, event: &ResolverEvent, answer: &ProcessAnswer) {
        if self.wanted.has::<DeviceEvents>() {
            let mut row = device_events::of_question(event, answer, &self.devices);
            row.report_id = next(&mut self.device_reports);
            Take::<DeviceEvents>::take(self.sink, &row);
        }
        // The DNS client tells of the resolver itself; Sysmon tells of the program.
        if self.wanted.has::<DnsTransactions>() && event.source != ResolverSource::Sysmon {
            let row = dns::row_of_client(event, answer, &self.devices);
            Take::<DnsTransactions>::take(self.sink, &row);
        }
    }

    fn starts(&mut self) {
        let sources = self.sources;
        for event in &sources.observed.processes {
            let answer = sources.correlator.started_by(event);
            let row = answer.and_then(|answer| device_process_events::of_start(event, &answer, &self.devices));
            if let Some(mut row) = row {
                row.report_id = next(&mut self.process_reports);
                Take::<DeviceProcessEvents>::take(self.sink, &row);
            }
        }
    }

    fn listed(&mut self) {
        let sources = self.sources;
        if self.wanted.has::<Sockets>() {
            for socket in &sources.observed.sockets {
                let listing = self.listings.get(&(socket.span.evidence, socket.snapshot));
                let row = sockets::row(socket, listing, &self.devices);
                Take::<Sockets>::take(self.sink, &row);
            }
        }
        if self.wanted.has::<NetworkCounters>() {
            sources.counters.visit(&mut |counter| {
                let listing = self.listings.get(&(counter.span.evidence, counter.snapshot));
                let row = counters::row(counter, listing, &self.devices);
                Take::<NetworkCounters>::take(self.sink, &row);
            });
        }
        if self.wanted.has::<FirewallFilters>() {
            for filter in &sources.observed.filters {
                self.filter(filter);
            }
        }
    }

    /// A filter of a dump has the host and the time of the dump.
    fn filter(&mut self, filter: &Filter) {
        let evidence = filter.span.evidence;
        let dump = filter
            .snapshot
            .and_then(|number| self.listings.get(&(evidence, number)));
        let stated = filter
            .time
            .map(|time| self.sources.correlator.logged(filter.host.as_ref(), evidence, time));
        let host = stated.and_then(|(host, _)| host).or_else(|| dump?.host);
        let time = stated.map(|(_, time)| time).or_else(|| dump?.time);
        let row = filters::row(filter, host, time, &self.devices);
        Take::<FirewallFilters>::take(self.sink, &row);
    }

    fn known(&mut self) {
        let sources = self.sources;
        let ledger = sources.correlator.coverage();
        let listed = Listed::of(sources.observed, ledger);
        for host in sources.correlator.hosts() {
            let row = device_info::device(host, ledger, &self.devices, &listed);
            Take::<DeviceInfo>::take(self.sink, &row);
            for row in device_info::networks(host, ledger, &self.devices, (&listed, sources.observed)) {
                Take::<DeviceNetworkInfo>::take(self.sink, &row);
            }
        }
        for row in endpoints::rows(sources.catalogue) {
            Take::<Endpoints>::take(self.sink, &row);
        }
        for piece in sources.evidence {
            Take::<Evidence>::take(self.sink, &evidence::row(piece, ledger));
        }
        for line in ledger {
            Take::<Coverage>::take(self.sink, &coverage::row(line, &self.devices));
        }
    }

    fn network_event(&mut self, mut row: NetworkEventRow) {
        row.report_id = next(&mut self.network_reports);
        Take::<DeviceNetworkEvents>::take(self.sink, &row);
    }

    fn view(&self, client: Endpoint, server: Endpoint) -> View {
        View::of(client, server, |end| self.sources.correlator.host_at(end.address))
    }
}

/// The number of the next row of a table, from 1.
fn next(reports: &mut i64) -> Option<i64> {
    *reports = reports.saturating_add(1);
    Some(*reports)
}
