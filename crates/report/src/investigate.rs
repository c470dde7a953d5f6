//! The question of `investigate`: who talked to whom, under which name, allowed or blocked, and why.

use rustc_hash::{FxHashMap, FxHashSet};
use whotalks_correlate::{Conversation, LocalBlock, ProcessLife};
use whotalks_record::{Span, Text, Timestamp, is_multicast_or_broadcast, is_public};

use crate::blocked::BlockTable;
use crate::bundle::{SupportBundle, maker_of, support_bundles};
use crate::detect::{Detections, RawFinding};
use crate::endpoints::EndpointTable;
use crate::policy::Gaps;
use crate::proof::Citer;
use crate::settings::{RawSetting, settings};
use crate::sources::Sources;
use crate::timeline::TimelineBuilder;
use crate::unknowns::UnknownTable;
use crate::{EndpointRow, Explanation, Finding, FindingKind, HostLine, Overview, Severity};

/// The most packet times kept for citations; those beyond are cited without a time.
const MOST_PACKET_TIMES: usize = 200_000;
/// The most subjects that are worth a question next.
const MOST_NEXT: usize = 3;

/// An overview under construction: conversations come one by one and are let go.
pub struct Investigation<'a> {
    sources: Sources<'a>,
    endpoints: EndpointTable,
    blocks: BlockTable,
    unknowns: UnknownTable,
    timeline: TimelineBuilder,
    detections: Detections,
    gaps: Gaps,
    packets: FxHashMap<Span, Timestamp>,
    range: Option<(Timestamp, Timestamp)>,
    bundles: Vec<SupportBundle>,
}

impl<'a> Investigation<'a> {
    /// Begins with nothing seen.
    pub fn new(sources: Sources<'a>) -> Self {
        Self {
            sources,
            endpoints: EndpointTable::default(),
            blocks: BlockTable::default(),
            unknowns: UnknownTable::default(),
            timeline: TimelineBuilder::default(),
            detections: Detections::default(),
            gaps: Gaps::default(),
            packets: FxHashMap::default(),
            range: None,
            bundles: support_bundles(sources.evidence, sources.observed),
        }
    }

    /// Takes one conversation into account.
    pub fn add(&mut self, conversation: &Conversation) {
        self.note_times(conversation);
        self.detections.see(conversation, &self.sources);
        if let Some(policy) = self.sources.policy {
            self.gaps.see(conversation, policy);
        }
        self.blocks.add(conversation, &self.sources);
        self.timeline.add(conversation);
        if let Some(bundle) = maker_of(conversation, &self.bundles, &self.sources) {
            let own = self.bundles.get_mut(bundle).map(|bundle| &mut bundle.own_conversations);
            own.into_iter().for_each(|own| *own = own.saturating_add(1));
            return;
        }
        if is_external(conversation, &self.sources) {
            self.endpoints.add(conversation, &self.sources);
            self.unknowns.add(conversation);
        }
    }

    /// The finished overview.
    pub fn finish(mut self, processes: &[ProcessLife], local_blocks: &[LocalBlock]) -> Overview {
        for block in local_blocks {
            self.blocks.add_local(block, &self.sources);
        }
        let raw = self.detections.finish(processes, &self.sources);
        let mut wanted: FxHashSet<Span> = raw
            .iter()
            .flat_map(|finding| finding.proof.spans().iter().copied())
            .collect();
        let settings = settings(&self.sources);
        wanted.extend(settings.iter().flat_map(RawSetting::spans));
        wanted.extend(
            self.endpoints
                .spans()
                .chain(self.blocks.spans())
                .chain(self.unknowns.spans()),
        );
        let citer = Citer::new(self.sources, &wanted, self.packets);
        let findings: Vec<Finding> = raw
            .into_iter()
            .map(|finding: RawFinding| finding.cited(&citer))
            .collect();
        let endpoints_omitted = self.endpoints.omitted;
        let endpoints = self
            .endpoints
            .finish(&citer, &self.sources, &|row| is_suspicious(row, &findings));
        let (blocked, drops) = self.blocks.finish(&citer);
        Overview {
            evidence: self.sources.evidence.to_vec(),
            hosts: hosts(&self.sources),
            range: self.range,
            clocks: self.sources.clocks.to_vec(),
            bundles: self.bundles,
            settings: settings.into_iter().map(|setting| setting.cited(&citer)).collect(),
            next: next(&endpoints),
            endpoints,
            endpoints_omitted,
            blocked,
            drops,
            unknowns: self.unknowns.finish(&citer),
            policy: self
                .sources
                .policy
                .map(|policy| self.gaps.report(policy, violated_rules(&findings))),
            coverage: self.sources.coverage.to_vec(),
            timeline: self.timeline.finish(&findings),
            findings,
            catalogue_version: self.sources.catalogue.version().into(),
        }
    }

    fn note_times(&mut self, conversation: &Conversation) {
        for time in [conversation.first, conversation.last].into_iter().flatten() {
            let (first, last) = self.range.unwrap_or((time, time));
            self.range = Some((first.min(time), last.max(time)));
        }
        if self.packets.len() >= MOST_PACKET_TIMES {
            return;
        }
        if let (Some(span), Some(first), Some(_)) = (conversation.proof.first(), conversation.first, conversation.flow)
        {
            self.packets.insert(*span, first);
        }
        let names = conversation.name.best.iter().chain(&conversation.name.others);
        self.packets
            .extend(names.filter_map(|name| Some((*name.proof.first()?, name.time?))));
    }
}

/// How many rules of a policy findings speak of.
fn violated_rules(findings: &[Finding]) -> u64 {
    let rule = |finding: &Finding| match &finding.kind {
        FindingKind::PolicyViolation(violation) => Some(violation.rule),
        _ => None,
    };
    findings.iter().filter_map(rule).collect::<FxHashSet<u64>>().len() as u64
}

/// Whether the far end lies outside: a public address, or a proxy that leads there.
fn is_external(conversation: &Conversation, sources: &Sources<'_>) -> bool {
    let best = conversation.name.best.as_ref();
    let through_proxy = best.is_some_and(|best| best.evidence.is_proxy_target());
    let address = conversation.remote.address;
    (is_public(address) || through_proxy) && !is_multicast_or_broadcast(address) && !sources.is_own(conversation.remote)
}

fn is_suspicious(row: &EndpointRow, findings: &[Finding]) -> bool {
    let concerns = |finding: &&Finding| finding.severity >= Severity::Medium;
    // What is against a policy says nothing of whatever else the program does.
    let is_of_policy = |finding: &Finding| matches!(finding.kind, FindingKind::PolicyViolation(_));
    let same_program = |finding: &Finding| {
        let pid = finding.pid.is_some_and(|pid| row.program.pids.contains(&pid));
        pid && finding.host == row.host && !is_of_policy(finding)
    };
    findings
        .iter()
        .filter(concerns)
        .any(|finding| finding.remotes.contains(&row.remote) || same_program(finding))
}

fn hosts(sources: &Sources<'_>) -> Vec<HostLine> {
    let line = |host: &whotalks_correlate::Host| HostLine {
        name: host.name.clone(),
        addresses: host.addresses.clone(),
    };
    sources.hosts.iter().map(line).collect()
}

/// What to ask next: unknown and suspicious far ends first.
fn next(endpoints: &[EndpointRow]) -> Vec<Text> {
    let open = endpoints
        .iter()
        .filter(|row| !matches!(row.explanation, Explanation::Known(_) | Explanation::Explained));
    let mut next: Vec<Text> = Vec::new();
    for row in open {
        let subject: Text = row.remote.address.to_string().into();
        if next.len() < MOST_NEXT && !next.contains(&subject) {
            next.push(subject);
        }
    }
    next
}
