//! The overview: what `whotalks investigate` answers.

use std::net::IpAddr;

use whotalks_correlate::{
    ClockOffset, CoverageLine, FilterAnswer, NameCandidate, Remedy, ServiceAnswer, UnknownReason, Verdict,
};
use whotalks_record::{
    ConnectionEventKind, Direction, Endpoint, EvidenceId, Grade, IpProtocol, Issue, Nanoseconds, Pid, Span, Text,
    Timestamp,
};

use crate::{Finding, PolicyReport, SettingLine, SupportBundle};

/// Everything an investigation says, most important first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overview {
    /// What was opened, read or not.
    pub evidence: Vec<EvidenceLine>,
    /// The hosts.
    pub hosts: Vec<HostLine>,
    /// First and last moment of all evidence, on the reference clock.
    pub range: Option<(Timestamp, Timestamp)>,
    /// Clock offsets that were measured.
    pub clocks: Vec<ClockOffset>,
    /// Support bundles, with what they lack.
    pub bundles: Vec<SupportBundle>,
    /// Settings of the hosts that decide what evidence means.
    pub settings: Vec<SettingLine>,
    /// Findings, most severe first.
    pub findings: Vec<Finding>,
    /// How the policy was applied, where there is one.
    pub policy: Option<PolicyReport>,
    /// Far ends outside the observed hosts' own networks, unknown and suspicious ones first.
    pub endpoints: Vec<EndpointRow>,
    /// How many endpoint rows were folded away because of their number.
    pub endpoints_omitted: u64,
    /// Blocked connections, by program, far end and filter.
    pub blocked: Vec<BlockRow>,
    /// Packet drops that were no block of a connection.
    pub drops: Vec<DropRow>,
    /// What is not known and how to know it.
    pub unknowns: Vec<UnknownRow>,
    /// The coverage ledger.
    pub coverage: Vec<CoverageLine>,
    /// Traffic over time.
    pub timeline: Timeline,
    /// The catalogue's version, a date.
    pub catalogue_version: Text,
    /// What to do next: subjects worth an `ask`, most interesting first.
    pub next: Vec<Text>,
}

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceLine {
    /// Its number.
    pub id: EvidenceId,
    /// Its path as given, with `!` before a member of an archive.
    pub path: Text,
    /// What it is, in a language-neutral word: `pcapng`, `evtx`, `netstat`, `tasklist`, `wfp-filters`, `zip`, …, or what it looks like.
    pub format: Text,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: Option<Text>,
    /// Whether it was read.
    pub status: EvidenceStatus,
    /// What its sources cover.
    pub coverage: Vec<CoverageLine>,
    /// What could not be read in it, or was lost.
    pub issues: Vec<Issue>,
    /// What its path says of the collector that took it.
    pub collected: Option<Collected>,
}

/// What the stamp of a collector on a path says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collected {
    /// The computer.
    pub computer: Text,
    /// When the collection began: `yyMMdd-HHmmss` in the computer's local time.
    pub stamp: Text,
    /// Whether it was taken at the start of the collection, or at its stop; none where its name does not say.
    pub at_start: Option<bool>,
}

/// Whether a piece of evidence was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidenceStatus {
    /// Whole.
    Read,
    /// The same bytes as an earlier piece, and not read again.
    Duplicate(EvidenceId),
    /// In part; the issues say what is missing.
    ReadInPart,
    /// Not at all: no reader for it.
    NotUnderstood,
    /// Not at all: it could not be opened.
    Failed,
    /// A container; its members have lines of their own.
    Container,
}

/// One host.
#[derive(Clone, Debug, PartialEq)]
pub struct HostLine {
    /// Its computer name, or none.
    pub name: Option<Text>,
    /// Its addresses.
    pub addresses: Vec<IpAddr>,
}

/// A proof as a reader can follow it: `whotalks explain` opens it.
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    /// The place.
    pub span: Span,
    /// The file name, without folders.
    pub file: Text,
    /// The source, for a short word such as `5156`, `netstat`, `packet`.
    pub what: Text,
    /// When, on the source's own clock.
    pub time: Option<Timestamp>,
}

/// A text of the catalogue in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Localised {
    /// English.
    pub en: Text,
    /// Japanese.
    pub ja: Text,
}

/// A program cell of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProgramCell {
    /// The file name of the image (`svchost.exe`), `System`, or none where only a pid or nothing is known.
    pub name: Option<Text>,
    /// The whole image path.
    pub image: Option<Text>,
    /// The process identifiers, in order; several where the same program called several times.
    pub pids: Vec<Pid>,
    /// The service it hosts.
    pub service: ServiceAnswer,
    /// How sure.
    pub grade: Grade,
    /// The rule in a language-neutral word (`exact-event`, `bind`, …).
    pub rule: Option<whotalks_correlate::ProcessRule>,
    /// Programs that other evidence names instead.
    pub conflicts: Vec<Text>,
    /// Programs on the host that it relays for (as a virus scanner or a local proxy does); at most a handful.
    pub relayed_for: Vec<RelayedProgram>,
}

/// A program that a relay on its host calls the outside for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelayedProgram {
    /// The program: `name (pid)`.
    pub program: Text,
    /// How sure; unknown where it is one of several that come into question.
    pub grade: Grade,
}

/// One far end, as one program on one host uses it.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointRow {
    /// The host's name or address.
    pub host: Option<Text>,
    /// The far end; behind a proxy, the proxy.
    pub remote: Endpoint,
    /// The protocol above IP.
    pub protocol: IpProtocol,
    /// Who opened it.
    pub direction: Option<Direction>,
    /// Its best name.
    pub name: Option<NameCandidate>,
    /// Other names, best first, at most a handful.
    pub other_names: Vec<NameCandidate>,
    /// The program.
    pub program: ProgramCell,
    /// How many conversations.
    pub conversations: u64,
    /// Bytes the host sent; none without packets.
    pub sent_bytes: Option<u64>,
    /// Bytes the host received; none without packets.
    pub received_bytes: Option<u64>,
    /// First moment.
    pub first: Option<Timestamp>,
    /// Last moment.
    pub last: Option<Timestamp>,
    /// Median initial round-trip time.
    pub initial_rtt: Option<Nanoseconds>,
    /// Allowed or blocked.
    pub verdict: Verdict,
    /// The filter that decided most of them.
    pub filter: Option<FilterAnswer>,
    /// Whether it is known, explained or unknown.
    pub explanation: Explanation,
    /// The proof, the best few.
    pub citations: Vec<Citation>,
    /// Why something about it is unknown.
    pub unknowns: Vec<(UnknownAspect, UnknownReason)>,
    /// What happened, in order; bounded, for the page of one endpoint.
    pub events: Vec<EndpointEvent>,
}

/// Whether an endpoint is known and what it is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Explanation {
    /// In the catalogue, and reached by a program that is expected there.
    Known(Box<Known>),
    /// In the catalogue, but this program is not expected there.
    KnownButUnexpectedProgram(Box<Known>),
    /// Not in the catalogue, but program and name are both known.
    Explained,
    /// Nothing explains it; suspicious where findings name it.
    Unknown {
        /// Whether a finding names it.
        suspicious: bool,
    },
}

/// What the catalogue says of an endpoint.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// The catalogue's pattern that matched.
    pub pattern: Text,
    /// The owner or area (`Microsoft`, `Windows Update`).
    pub owner: Text,
    /// The feature's identifier.
    pub feature: Text,
    /// What it is for.
    pub purpose: Localised,
    /// What breaks when it is blocked.
    pub breaks: Localised,
    /// How to turn it off; empty where the catalogue knows no way.
    pub turn_offs: Vec<KnownTurnOff>,
}

/// One way to turn a feature off.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KnownTurnOff {
    /// The catalogue's identifier.
    pub id: Text,
    /// What is turned off.
    pub feature: Localised,
    /// Group policies: path, setting and state, in the words of the editor of each language.
    pub group_policies: Vec<Localised>,
    /// Registry values, one `KEY!Value:TYPE=data` each.
    pub registry: Vec<Text>,
    /// Services to stop and disable.
    pub services: Vec<Text>,
    /// MDM settings, `Area/Name=value`.
    pub mdm: Vec<Text>,
    /// A command that does it.
    pub command: Option<Text>,
    /// Path in the settings application.
    pub ui: Option<Localised>,
    /// What else to know.
    pub note: Option<Localised>,
}

/// One moment in the life of an endpoint row.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointEvent {
    /// When, on the reference clock.
    pub time: Timestamp,
    /// What happened.
    pub kind: EndpointEventKind,
    /// The proof.
    pub citation: Citation,
}

/// What happened at an endpoint.
#[derive(Clone, Debug, PartialEq)]
pub enum EndpointEventKind {
    /// The process started.
    ProcessStart(Text),
    /// A name was asked.
    NameSeen(Text),
    /// A conversation began.
    Connect {
        /// The local port.
        local_port: u16,
        /// Bytes both ways; none without packets.
        bytes: Option<u64>,
    },
    /// A connection was blocked.
    Block,
    /// A conversation ended.
    Close,
    /// The process ended.
    ProcessEnd,
}

/// Blocked connections that share program, far end and filter.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockRow {
    /// The host.
    pub host: Option<Text>,
    /// The program.
    pub program: ProgramCell,
    /// The far end; none for blocked binds and listens.
    pub remote: Option<Endpoint>,
    /// The protocol.
    pub protocol: Option<IpProtocol>,
    /// Who opened it.
    pub direction: Option<Direction>,
    /// The filter.
    pub filter: Option<FilterAnswer>,
    /// How many connections.
    pub connections: u64,
    /// The event that says so.
    pub event: ConnectionEventKind,
    /// Proof.
    pub citations: Vec<Citation>,
    /// Why the filter is unknown.
    pub unknown: Option<UnknownReason>,
}

/// Packet drops folded to flows: no decision about a connection stands behind them.
#[derive(Clone, Debug, PartialEq)]
pub struct DropRow {
    /// The host.
    pub host: Option<Text>,
    /// Far ends concerned.
    pub flows: u64,
    /// Packets dropped.
    pub packets: u64,
    /// Whether a permitted or seen connection with the same 5-tuple explains them (late segments).
    pub late_segments: bool,
    /// The filter or default that dropped them.
    pub filter: Option<FilterAnswer>,
    /// Proof.
    pub citations: Vec<Citation>,
}

/// Something that is not known.
#[derive(Clone, Debug, PartialEq)]
pub struct UnknownRow {
    /// What about.
    pub aspect: UnknownAspect,
    /// Why.
    pub reason: UnknownReason,
    /// How many conversations it concerns.
    pub conversations: u64,
    /// An example far end.
    pub example: Option<Endpoint>,
    /// Proof of an example.
    pub citations: Vec<Citation>,
    /// The command that would have supplied it, and its undo.
    pub remedy: Option<Remedy>,
}

/// Which statement is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnknownAspect {
    /// Which program.
    Program,
    /// The program's image: only its pid is known.
    ProgramName,
    /// Which service in a shared host.
    Service,
    /// The far end's name.
    Name,
    /// Whether it was allowed or blocked.
    Decision,
    /// Which filter decided.
    Filter,
}

/// Traffic over time: equal buckets from `start`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// The first bucket's start.
    pub start: Option<Timestamp>,
    /// The width of a bucket.
    pub bucket: Nanoseconds,
    /// Bytes sent by observed hosts per bucket.
    pub sent_bytes: Vec<u64>,
    /// Bytes received per bucket.
    pub received_bytes: Vec<u64>,
    /// Blocks and findings to mark.
    pub marks: Vec<TimelineMark>,
}

/// A mark on the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineMark {
    /// When.
    pub time: Timestamp,
    /// What.
    pub kind: TimelineMarkKind,
}

/// What a mark shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimelineMarkKind {
    /// A connection was blocked.
    Block,
    /// A finding begins; its place in [`Overview::findings`].
    Finding(usize),
}
