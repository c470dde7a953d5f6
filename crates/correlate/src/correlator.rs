//! The order of work: indexes once, then one pass over the flows, then what only events and listings know.

use rustc_hash::FxHashSet;
use whotalks_record::{Endpoint, Span};

use crate::clocks::Clocks;
use crate::coverage::Coverage;
use crate::far_ends::FarEnds;
use crate::filter::FilterIndex;
use crate::hosts::Hosts;
use crate::listings::Listings;
use crate::name::{CacheIndex, CaptureNames, DnsIndex, EncryptedDns, ResolverIndex};
use crate::observed::{FlowStream, Observed};
use crate::process::ProcessTable;
use crate::requests::{RequestIndex, stated_proxies};
use crate::rules::{BindIndex, CallIndex, EventIndex, ListenerIndex, OwnerIndex, RelayIndex, SocketIndex};
use crate::sessions::{OpenSockets, TraceSessions};
use crate::survey::{Lives, Survey};
use crate::{ClockOffset, Conversation, CoverageLine, Host, LocalBlock, ProcessLife};

/// Everything that was observed, indexed for the joins.
pub struct Correlator<'a> {
    pub(crate) observed: &'a Observed,
    pub(crate) hosts: Hosts,
    pub(crate) clocks: Clocks,
    pub(crate) coverage: Coverage,
    pub(crate) processes: ProcessTable,
    pub(crate) events: EventIndex<'a>,
    pub(crate) sockets: SocketIndex<'a>,
    pub(crate) owners: OwnerIndex<'a>,
    pub(crate) binds: BindIndex,
    pub(crate) calls: CallIndex,
    pub(crate) far_ends: FarEnds,
    pub(crate) listeners: ListenerIndex,
    pub(crate) relays: RelayIndex<'a>,
    pub(crate) dns: DnsIndex,
    pub(crate) resolver: ResolverIndex,
    pub(crate) requests: RequestIndex,
    pub(crate) capture_names: CaptureNames,
    pub(crate) cache: CacheIndex,
    pub(crate) filters: FilterIndex<'a>,
    pub(crate) proxies: FxHashSet<Endpoint>,
    pub(crate) encrypted_dns: EncryptedDns,
    pub(crate) lives: Lives,
}

/// Events and listing rows that a flow has already used.
#[derive(Debug, Default)]
pub(crate) struct Used {
    pub(crate) spans: FxHashSet<Span>,
}

/// The coverage ledger alone, in order of evidence: all that a manifest needs.
pub fn coverage(observed: &Observed, flows: &dyn FlowStream) -> Vec<CoverageLine> {
    let sessions = TraceSessions::find(observed);
    let survey = Survey::take(flows, observed, &sessions);
    let hosts = Hosts::find(observed, &survey, &sessions);
    let clocks = Clocks::measure(observed, &hosts, &survey);
    Coverage::draw_up(observed, &sessions, &hosts, &clocks).lines().to_vec()
}

impl<'a> Correlator<'a> {
    /// Indexes what was observed and aligns the clocks, in one pass over the flows.
    pub fn new(observed: &'a Observed, flows: &dyn FlowStream) -> Self {
        let sessions = TraceSessions::find(observed);
        let mut survey = Survey::take(flows, observed, &sessions);
        let hosts = Hosts::find(observed, &survey, &sessions);
        let clocks = Clocks::measure(observed, &hosts, &survey);
        let listings = Listings::find(observed);
        let open = OpenSockets::build(observed, &sessions);
        let events = EventIndex::build(observed, &hosts, &clocks);
        events.note_far_ends(&mut survey.far_ends);
        survey.proxies.extend(stated_proxies(observed));
        let coverage = Coverage::draw_up(observed, &sessions, &hosts, &clocks);
        Self {
            observed,
            proxies: survey.proxies,
            encrypted_dns: survey.encrypted_dns,
            lives: survey.lives,
            requests: RequestIndex::build(observed, &hosts, &clocks, &coverage),
            coverage,
            processes: ProcessTable::build(observed, &listings, &hosts, &clocks),
            events,
            sockets: SocketIndex::build(observed, &listings, &hosts, &clocks),
            owners: OwnerIndex::build(observed),
            binds: BindIndex::build(observed, &sessions, &open, &hosts, &clocks),
            calls: CallIndex::build(observed, &sessions, &open, &hosts, &clocks),
            far_ends: survey.far_ends,
            listeners: ListenerIndex::build(observed, &listings, &hosts, &clocks),
            relays: RelayIndex::build(observed, &hosts, &clocks, &survey.loopback),
            dns: DnsIndex::build(&observed.dns),
            resolver: ResolverIndex::build(observed, &hosts, &clocks),
            capture_names: CaptureNames::build(&observed.address_names),
            cache: CacheIndex::build(observed, &listings, &hosts, &clocks),
            filters: FilterIndex::build(observed, &listings, &hosts, &clocks),
            hosts,
            clocks,
        }
    }

    /// Gives every conversation to `sink`: those with packets in the order of the flows, then those only events know, then
    /// those only listings know, each in order.
    pub fn conversations(&self, flows: &dyn FlowStream, sink: &mut dyn FnMut(Conversation)) {
        let mut used = Used::default();
        flows.visit(&mut |flow, names| {
            for conversation in self.of_flow(flow, names, &mut used) {
                sink(conversation);
            }
        });
        self.of_events(&mut used, sink);
        self.of_listings(&used, sink);
    }

    /// Binds, listens and applications that were refused, in order of the log.
    pub fn local_blocks(&self) -> Vec<LocalBlock> {
        self.blocks_without_far_end()
    }

    /// The hosts, in order of number.
    pub fn hosts(&self) -> &[Host] {
        self.hosts.all()
    }

    /// The measured clock offsets, in order of evidence.
    pub fn clock_offsets(&self) -> &[ClockOffset] {
        self.clocks.measured()
    }

    /// The coverage ledger, in order of evidence.
    pub fn coverage(&self) -> &[CoverageLine] {
        self.coverage.lines()
    }

    /// All process instances, in order of host, pid and start.
    pub fn process_lives(&self) -> Vec<ProcessLife> {
        let lives = self.processes.all().into_iter();
        lives
            .map(|(host, instance)| ProcessLife::new(host, instance, &self.processes))
            .collect()
    }
}
