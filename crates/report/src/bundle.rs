//! Support bundles: what a collector took on a computer, which expected part is missing, what that costs, and the command that
//! would add it.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;
use whotalks_correlate::{Conversation, Observed, Remedy};
use whotalks_record::{EvidenceId, IpProtocol, ListingTool, Nanoseconds, SourceKind, Text};

use crate::sources::Sources;
use crate::{EvidenceLine, EvidenceStatus, remedies};

/// Names that the collector pings just before it stops, as a mark in its traces (TSS, `-NET_DNScli`).
const MARKER_NAMES: [&str; 2] = ["www.microsoft.de", "www.google.de"];
/// The marks are the last that a trace sees.
const MARKER_WINDOW: Nanoseconds = Nanoseconds::from_seconds(300);

/// What a collector took on one computer in one run.
#[derive(Clone, Debug, PartialEq)]
pub struct SupportBundle {
    /// The computer, as the collector's stamp names it.
    pub computer: Text,
    /// When the collection began, as the stamp says: `yyMMdd-HHmmss` in the computer's local time.
    pub stamp: Text,
    /// Pieces that were read.
    pub pieces: u64,
    /// Of these, pieces of the start of the collection.
    pub at_start: u64,
    /// Pieces of its stop.
    pub at_stop: u64,
    /// Expected parts that are not there.
    pub missing: Vec<MissingPart>,
    /// Conversations that are the collector's own pings and stand in no table.
    pub own_conversations: u64,
}

/// A part that a bundle should have and has not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingPart {
    /// Which.
    pub part: BundlePart,
    /// The command that would have added it.
    pub remedy: Option<Remedy>,
}

/// What answers need of a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BundlePart {
    /// The Security log, which is not in the basic set.
    SecurityLog,
    /// Packets, of a trace or a capture.
    Packets,
    /// A socket listing.
    SocketList,
    /// A process listing.
    ProcessList,
    /// The adapters and their addresses.
    Addresses,
    /// The DNS cache.
    ResolverCache,
    /// The filters.
    FilterDump,
    /// What is audited.
    AuditPolicy,
    /// The settings of Defender.
    Defender,
    /// The settings of the proxy.
    Proxy,
}

impl BundlePart {
    /// Every one, in the order in which they are told.
    pub const ALL: [Self; 10] = [
        Self::SecurityLog,
        Self::Packets,
        Self::SocketList,
        Self::ProcessList,
        Self::Addresses,
        Self::ResolverCache,
        Self::FilterDump,
        Self::AuditPolicy,
        Self::Defender,
        Self::Proxy,
    ];

    /// The row of the table of commands.
    const fn remedy(self) -> &'static str {
        match self {
            Self::SecurityLog => "security-log",
            Self::Packets => "packets",
            Self::SocketList => "socket-list",
            Self::ProcessList => "process-list",
            Self::Addresses => "device-settings",
            Self::ResolverCache => "resolver-cache",
            Self::FilterDump => "filter-dump",
            Self::AuditPolicy => "audit-policy",
            Self::Defender => "defender-settings",
            Self::Proxy => "proxy-settings",
        }
    }

    fn is_source(self, source: SourceKind) -> bool {
        match self {
            Self::SecurityLog => matches!(
                source,
                SourceKind::ConnectionAudit
                    | SourceKind::PacketDropAudit
                    | SourceKind::ProcessCreationAudit
                    | SourceKind::ProcessTerminationAudit
                    | SourceKind::FilterPolicyAudit
            ),
            Self::Packets => source == SourceKind::Packets,
            Self::SocketList => source == SourceKind::SocketList,
            Self::ProcessList => source == SourceKind::ProcessList,
            Self::ResolverCache => source == SourceKind::ResolverCache,
            Self::FilterDump => source == SourceKind::FilterDump,
            Self::Addresses | Self::AuditPolicy | Self::Defender | Self::Proxy => false,
        }
    }

    const fn is_listed_by(self, tool: ListingTool) -> bool {
        match self {
            Self::Addresses => matches!(tool, ListingTool::Ipconfig),
            Self::AuditPolicy => matches!(tool, ListingTool::Auditpol),
            Self::Defender => matches!(tool, ListingTool::Defender),
            Self::Proxy => matches!(tool, ListingTool::WinHttpProxy | ListingTool::RegistryText),
            _ => false,
        }
    }
}

/// The bundles of a manifest, in order of computer and stamp.
pub fn support_bundles(evidence: &[EvidenceLine], observed: &Observed) -> Vec<SupportBundle> {
    let mut bundles: BTreeMap<(&Text, &Text), Vec<&EvidenceLine>> = BTreeMap::new();
    for line in evidence.iter().filter(|line| is_read(line.status)) {
        if let Some(collected) = &line.collected {
            let key = (&collected.computer, &collected.stamp);
            bundles.entry(key).or_default().push(line);
        }
    }
    let bundle = |((computer, stamp), lines): ((&Text, &Text), Vec<&EvidenceLine>)| SupportBundle {
        computer: Text::clone(computer),
        stamp: Text::clone(stamp),
        pieces: lines.len() as u64,
        at_start: count(&lines, true),
        at_stop: count(&lines, false),
        missing: missing(&lines, observed),
        own_conversations: 0,
    };
    bundles.into_iter().map(bundle).collect()
}

const fn is_read(status: EvidenceStatus) -> bool {
    matches!(
        status,
        EvidenceStatus::Read | EvidenceStatus::ReadInPart | EvidenceStatus::Duplicate(_)
    )
}

fn count(lines: &[&EvidenceLine], start: bool) -> u64 {
    let phases = lines.iter().filter_map(|line| line.collected.as_ref()?.at_start);
    phases.filter(|at_start| *at_start == start).count() as u64
}

fn missing(lines: &[&EvidenceLine], observed: &Observed) -> Vec<MissingPart> {
    let own: FxHashSet<EvidenceId> = lines.iter().map(|line| line.id).collect();
    let listed = |part: BundlePart| {
        let mut snapshots = observed.snapshots.iter();
        snapshots.any(|snapshot| own.contains(&snapshot.span.evidence) && part.is_listed_by(snapshot.tool))
    };
    let covered = |part: BundlePart| {
        let mut sources = lines.iter().flat_map(|line| &line.coverage);
        sources.any(|line| part.is_source(line.source) && line.units > 0)
    };
    let parts = BundlePart::ALL.into_iter();
    parts
        .filter(|part| !covered(*part) && !listed(*part))
        .map(|part| MissingPart {
            part,
            remedy: remedies::command(part.remedy()),
        })
        .collect()
}

/// The place of the bundle whose collector made a conversation itself: a ping to one of its marks, at the end of a trace.
pub(crate) fn maker_of(conversation: &Conversation, bundles: &[SupportBundle], sources: &Sources<'_>) -> Option<usize> {
    let ping = matches!(conversation.protocol, IpProtocol::ICMP | IpProtocol::ICMPV6);
    let names = conversation.name.best.iter().chain(&conversation.name.others);
    let marked = names.map(|one| &*one.name).any(|name| MARKER_NAMES.contains(&name));
    let (evidence, _) = conversation.flow.filter(|_| ping && marked)?;
    let line = sources.evidence.iter().find(|line| line.id == evidence)?;
    let collected = line.collected.as_ref()?;
    let end = line.coverage.iter().filter_map(|one| one.last).max()?;
    let at_end = conversation.first.is_some_and(|first| end - first <= MARKER_WINDOW);
    let same = |bundle: &SupportBundle| bundle.computer == collected.computer && bundle.stamp == collected.stamp;
    bundles.iter().position(same).filter(|_| at_end)
}
