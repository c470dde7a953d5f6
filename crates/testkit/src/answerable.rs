//! What an honest observer can know about a flow from the evidence that was written: the oracle of the accuracy run.
//!
//! A question is `Known` when at least one rule of the field leads to the one right answer; otherwise the reasons why it
//! stays unknown are given, the one to show first in front.

use crate::scenario::TraceLayout;
use crate::sources::{SourceKind, Sources};
use crate::truth::{
    FirewallSighting, FlowDirection, Protocol, TraceRange, TraceSighting, TrueFlow, TrueHost, TrueLookup, TrueProcess,
    Truth,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::net::SocketAddr;

/// Why something stays unknown. The list is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The kind of evidence that would say it was not collected.
    SourceNotCollected,
    /// The source began after it happened.
    SourceBeganLater,
    /// The ring overwrote the record.
    RingOverwritten,
    /// The source lost records or packets.
    EventsLost,
    /// Several answers fit and nothing tells them apart.
    Ambiguous,
    /// The name was sent encrypted.
    EncryptedName,
    /// The process was gone when processes were listed.
    ProcessEndedBeforeItsNameWasRead,
    /// A proxy stands between and its target was not seen.
    BehindProxyWithoutLog,
    /// Filter ids may have been renumbered between the event and the list.
    FilterIdsRenumbered,
    /// The platform recorded no filter (run-time id 0).
    NoFilterRecorded,
    /// The capture holds only what the other end sent.
    OneDirectionOnly,
    /// Nothing was collected on the host.
    HostNotObserved,
    /// The source states times of a zone that it does not name, and nothing else shows it.
    ClockNotAligned,
}

/// Whether a question about a flow can be answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It can.
    Known,
    /// It cannot; every reason given is right, the first one is the most telling.
    UnknownBecause(Vec<Reason>),
    /// There is nothing to know: the flow never had it.
    NotApplicable,
}

impl Answer {
    /// Whether it can be answered.
    #[must_use]
    pub fn is_known(&self) -> bool {
        *self == Self::Known
    }

    fn unknown(reasons: impl IntoIterator<Item = Reason>) -> Self {
        let mut kept: Vec<Reason> = Vec::new();
        for reason in reasons {
            if !kept.contains(&reason) {
                kept.push(reason);
            }
        }
        Self::UnknownBecause(kept)
    }
}

/// What can be known about one flow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answerable {
    /// Any source shows that the flow took place.
    pub visible: bool,
    /// The process id.
    pub process: Answer,
    /// The file name of the program.
    pub image: Answer,
    /// The service, for processes that host services.
    pub service: Answer,
    /// The name of the other end. `NotApplicable` when the program used an address: then it must be unknown, too, for
    /// the reasons of `name_silence`.
    pub name: Answer,
    /// Reasons that are right for a flow that never had a name.
    pub name_silence: Vec<Reason>,
    /// Whether the host's firewall let it pass, as events say it. That a connection carried data also shows that it was
    /// allowed, but only by inference.
    pub decision: Answer,
    /// The name of the filter that decided.
    pub filter: Answer,
    /// The program that a relay on the host talks for. `NotApplicable` where there is none: then nothing may be claimed.
    pub client: Answer,
}

/// A DNS answer counts for at least this long after it arrived.
const LEAST_LIFE_NS: i64 = 60_000_000_000;
/// Tolerance for a connection that begins with its answer.
const EARLY_NS: i64 = 1_000_000;

/// Calls of one far end that are further apart are told apart without doubt.
const SAME_MOMENT_NS: i64 = 10_000_000_000;

/// A relay connects to the outside within this time after it was connected to.
const LEG_NS: i64 = 1_000_000_000;

impl Truth {
    /// What can be known about the flow when only these sources are looked at.
    #[must_use]
    pub fn answerable(&self, flow: &TrueFlow, sources: &Sources) -> Answerable {
        let oracle = Oracle {
            truth: self,
            flow,
            sources,
        };
        if !self.host(&flow.host).is_some_and(|host| host.observed) {
            return unobserved();
        }
        let process = oracle.process();
        let image = oracle.image(&process);
        Answerable {
            visible: oracle.visible(),
            service: oracle.service(&process),
            name: oracle.name(process.is_known()),
            name_silence: oracle.name_silence(),
            decision: oracle.decision(),
            filter: oracle.filter(),
            client: oracle.client(),
            process,
            image,
        }
    }
}

fn unobserved() -> Answerable {
    let nothing = || Answer::unknown([Reason::HostNotObserved, Reason::SourceNotCollected]);
    Answerable {
        visible: false,
        process: nothing(),
        image: nothing(),
        service: nothing(),
        name: nothing(),
        name_silence: vec![Reason::HostNotObserved],
        decision: nothing(),
        filter: nothing(),
        client: Answer::NotApplicable,
    }
}

struct Oracle<'a> {
    truth: &'a Truth,
    flow: &'a TrueFlow,
    sources: &'a Sources,
}

impl Oracle<'_> {
    fn shows(&self, kind: SourceKind) -> bool {
        self.truth.shows(self.sources, kind)
    }

    /// Whether packets were captured, in whichever form.
    fn captured(&self) -> bool {
        self.shows(SourceKind::Pcap) || self.shows(SourceKind::Etlpackets)
    }

    /// What the trace tells of the flow.
    fn trace(&self) -> TraceSighting {
        match self.shows(SourceKind::Etl) {
            true => self.flow.evidence.trace,
            false => TraceSighting::default(),
        }
    }

    fn host(&self) -> Option<&TrueHost> {
        self.truth.host(&self.flow.host)
    }

    fn instance(&self) -> Option<&TrueProcess> {
        self.truth.process_of(self.flow)
    }

    fn has_decision_event(&self) -> bool {
        self.shows(SourceKind::Evtx) && self.flow.evidence.decision_event.is_some()
    }

    fn has_sysmon_event(&self) -> bool {
        self.shows(SourceKind::Sysmon) && self.flow.evidence.sysmon_event.is_some()
    }

    /// The port was bound or listened on by the process, as an event says.
    fn has_bind_event(&self) -> bool {
        let evidence = &self.flow.evidence;
        self.shows(SourceKind::Evtx) && (evidence.bind_event.is_some() || evidence.listener_event.is_some())
    }

    /// What the text log of the firewall tells.
    fn firewall(&self) -> FirewallSighting {
        let told = self.flow.evidence.firewall.filter(|_| self.shows(SourceKind::Firewall));
        told.unwrap_or_default()
    }

    /// Whether its rows have a time: another source that tells of the same connections shows its zone.
    fn firewall_has_times(&self) -> bool {
        let others = [
            SourceKind::Pcap,
            SourceKind::Etlpackets,
            SourceKind::Evtx,
            SourceKind::Sysmon,
            SourceKind::Etl,
        ];
        others.into_iter().any(|kind| self.shows(kind))
    }

    fn socket_pid(&self) -> Option<u32> {
        let socket = self
            .flow
            .evidence
            .socket
            .as_ref()
            .filter(|_| self.shows(SourceKind::Netstat))?;
        (socket.pid != 0 || self.flow.process.pid == 0).then_some(socket.pid)
    }

    fn visible(&self) -> bool {
        // A UDP row has no remote end, so it does not show the flow.
        let tcp = self.flow.protocol == Protocol::Tcp;
        let listed = self
            .flow
            .evidence
            .socket
            .as_ref()
            .is_some_and(|socket| socket.own_row && tcp);
        (self.captured() && self.flow.in_capture)
            || self.trace().owner
            || self.trace().listed
            || self.firewall().decides
            || self.has_decision_event()
            || self.has_sysmon_event()
            || (self.shows(SourceKind::Netstat) && listed)
    }

    fn process(&self) -> Answer {
        let logged = self.has_decision_event() || self.has_sysmon_event() || self.has_bind_event();
        if logged || self.socket_pid().is_some() || self.firewall().owned {
            return Answer::Known;
        }
        if self.trace().owner || self.trace().listed_with_owner {
            return self.told_by_trace();
        }
        Answer::unknown(self.event_reasons())
    }

    /// Whether the trace lies in files that follow one another, so that the program of a process may stand in another one than
    /// its connections.
    fn is_in_turn(&self) -> bool {
        self.shows(SourceKind::Etl) && self.truth.knobs.trace.layout == TraceLayout::InTurn
    }

    /// What the trace tells of the opening of the flow stands, whatever else was lost. Where that itself was lost, what is left is
    /// a word of another time, and another process may have had the port.
    fn told_by_trace(&self) -> Answer {
        let trace = self.trace();
        let is_stated = trace.opening || trace.standing;
        match !is_stated && trace.opening_lost {
            true => Answer::unknown([Reason::EventsLost].into_iter().chain(self.event_reasons())),
            false => Answer::Known,
        }
    }

    fn traced(&self) -> Option<TraceRange> {
        self.host()?.trace.filter(|_| self.shows(SourceKind::Etl))
    }

    /// A trace may name the process where nobody can demand it; then its program is the next question, with reasons of its own.
    fn with_trace_doubts(&self, process: &Answer) -> Answer {
        let Answer::UnknownBecause(reasons) = process else {
            return process.clone();
        };
        let mut reasons = reasons.clone();
        if self.traced().is_some() {
            reasons.push(Reason::SourceNotCollected);
            if self.shows(SourceKind::Tasklist) {
                reasons.extend([Reason::ProcessEndedBeforeItsNameWasRead, Reason::Ambiguous]);
            }
        }
        Answer::unknown(reasons)
    }

    /// Why a trace does not tell of what happened when the flow began.
    fn trace_reasons(&self) -> Vec<Reason> {
        let Some(trace) = self.traced() else {
            return Vec::new();
        };
        let mut reasons = Vec::new();
        if trace.lost {
            reasons.push(Reason::EventsLost);
        }
        if self.flow.first_ns < trace.begins_ns || self.is_in_turn() {
            reasons.push(Reason::SourceBeganLater);
        }
        reasons
    }

    /// Why no event names the process or the decision.
    fn event_reasons(&self) -> Vec<Reason> {
        let mut reasons = Vec::new();
        if self.shows(SourceKind::Evtx) {
            let overwritten = self
                .host()
                .and_then(|host| host.security_log)
                .is_some_and(|log| log.overwritten);
            if self.flow.evidence.event_before_log {
                reasons.push(if overwritten {
                    Reason::RingOverwritten
                } else {
                    Reason::SourceBeganLater
                });
                reasons.push(Reason::SourceBeganLater);
            }
            // Whoever sees only a row of a listing cannot tell whether its event lies before the log or in a gap of it.
            let only_listed = !(self.captured() && self.flow.in_capture);
            if self.flow.evidence.event_before_log && only_listed && self.truth.knobs.lost_events {
                reasons.push(Reason::EventsLost);
            }
            if self.flow.evidence.event_lost {
                reasons.push(Reason::EventsLost);
            }
        }
        if self.shows(SourceKind::Netstat) && self.flow.evidence.socket.is_none() && reasons.is_empty() {
            reasons.push(Reason::SourceNotCollected);
            reasons.push(Reason::ProcessEndedBeforeItsNameWasRead);
        }
        if !self.shows(SourceKind::Evtx) {
            reasons.extend(self.trace_reasons());
        }
        if !self.shows(SourceKind::Evtx) || reasons.is_empty() {
            reasons.push(Reason::SourceNotCollected);
        }
        if self.shows(SourceKind::Firewall) && !self.firewall_has_times() {
            reasons.push(Reason::ClockNotAligned);
        }
        reasons
    }

    fn image(&self, process: &Answer) -> Answer {
        if !process.is_known() {
            return self.with_trace_doubts(process);
        }
        let evidence = self
            .instance()
            .map(|process| process.evidence.clone())
            .unwrap_or_default();
        let bound = self.has_bind_event();
        let created =
            self.shows(SourceKind::Evtx) && (evidence.creation_event.is_some() || evidence.exit_event.is_some());
        let sysmon = self.shows(SourceKind::Sysmon) && evidence.sysmon_event.is_some();
        let listed = self.shows(SourceKind::Tasklist) && evidence.in_tasklist;
        let traced = self.shows(SourceKind::Etl) && evidence.in_trace && !self.is_in_turn();
        let owner = self
            .flow
            .evidence
            .socket
            .as_ref()
            .is_some_and(|socket| socket.owner.is_some());
        let owned = self.shows(SourceKind::Netstat) && owner;
        // Process id 4 is always the kernel.
        let kernel = self.flow.process.pid == 4;
        if traced && self.traced().is_some_and(|trace| trace.lost) && !listed {
            // The process may have ended, and another one taken its number, in what was lost.
            let lost = [Reason::EventsLost, Reason::SourceNotCollected];
            return Answer::unknown(lost.into_iter().chain(self.creation_reasons()));
        }
        if self.has_decision_event()
            || self.has_sysmon_event()
            || bound
            || created
            || sysmon
            || listed
            || traced
            || owned
            || kernel
        {
            return Answer::Known;
        }
        if self.shows(SourceKind::Tasklist) {
            let order = [Reason::ProcessEndedBeforeItsNameWasRead, Reason::SourceNotCollected];
            let silent = self.event_reasons().into_iter().chain(self.trace_reasons());
            return Answer::unknown(order.into_iter().chain(silent));
        }
        let silent = self.event_reasons().into_iter().chain(self.trace_reasons());
        Answer::unknown(
            silent
                .chain(self.creation_reasons())
                .chain([Reason::SourceNotCollected]),
        )
    }

    /// Why the log does not tell of the start of a process that something else names: it lies before the oldest event.
    fn creation_reasons(&self) -> Vec<Reason> {
        let log = self.host().and_then(|host| host.security_log);
        let is_overwritten = self.shows(SourceKind::Evtx) && log.is_some_and(|log| log.overwritten);
        is_overwritten.then_some(Reason::RingOverwritten).into_iter().collect()
    }

    fn service(&self, process: &Answer) -> Answer {
        let Some(instance) = self.instance().filter(|_| self.flow.process.service.is_some()) else {
            return Answer::NotApplicable;
        };
        if !process.is_known() {
            return self.with_trace_doubts(process);
        }
        let single = instance.command_line.contains(" -s ");
        let read = (self.shows(SourceKind::Evtx)
            && instance.evidence.creation_event.is_some()
            && self.truth.knobs.command_lines)
            || (self.shows(SourceKind::Sysmon) && instance.evidence.sysmon_event.is_some());
        let owner = self
            .flow
            .evidence
            .socket
            .as_ref()
            .is_some_and(|socket| socket.service.is_some());
        let listed = self.shows(SourceKind::Tasklist) && instance.evidence.in_tasklist;
        let listed = listed && !self.is_in_turn();
        if (single && read) || (self.shows(SourceKind::Netstat) && owner) || (listed && instance.services.len() == 1) {
            return Answer::Known;
        }
        if instance.services.len() > 1 {
            let reasons = [Reason::Ambiguous, Reason::SourceNotCollected];
            return Answer::unknown(reasons.into_iter().chain(self.trace_reasons()));
        }
        let reasons = [Reason::SourceNotCollected].into_iter().chain(self.event_reasons());
        self.with_trace_doubts(&Answer::unknown(reasons))
    }

    fn name(&self, process_known: bool) -> Answer {
        if self.flow.name.is_none() {
            return Answer::NotApplicable;
        }
        if self.captured() && self.flow.evidence.name_in_packets {
            return Answer::Known;
        }
        if self.trace().named && self.flow.proxy_target.is_none() {
            return Answer::Known;
        }
        if self.is_requested() {
            return Answer::Known;
        }
        if self.flow.proxy_target.is_some() {
            let lost = self.name_silence();
            return Answer::unknown([Reason::BehindProxyWithoutLog].into_iter().chain(lost));
        }
        if process_known && self.asked_names().len() == 1 {
            return Answer::Known;
        }
        match self.answered_names().len() {
            0 => Answer::unknown(self.name_silence()),
            1 => Answer::Known,
            _ => Answer::unknown([Reason::Ambiguous].into_iter().chain(self.name_silence())),
        }
    }

    /// Whether an HTTP library tells what was asked for over the flow: of both ends, or of the far end where nobody else called that
    /// at the time. Where events were lost, or lie in files that know nothing of one another, handles may mean something else.
    fn is_requested(&self) -> bool {
        let trace = self.trace();
        let is_whole = self.traced().is_some_and(|trace| !trace.lost) && !self.is_in_turn();
        let is_near = |other: &&TrueFlow| {
            other.remote == self.flow.remote && (other.first_ns - self.flow.first_ns).abs() <= SAME_MOMENT_NS
        };
        let is_alone = || !self.captured() && self.truth.flows.iter().filter(is_near).count() == 1;
        is_whole && (trace.requested || trace.requested_of_far_end && is_alone())
    }

    /// Names that the process itself asked for, as Sysmon 22 or the DNS client in a trace tell.
    fn asked_names(&self) -> BTreeSet<&str> {
        let by_process = |lookup: &&TrueLookup| {
            self.is_logged(lookup)
                && lookup.asker_pid == self.flow.process.pid
                && lookup.asker_start_ns == self.flow.process.start_ns
        };
        self.lookups()
            .filter(by_process)
            .map(|lookup| lookup.name.as_str())
            .collect()
    }

    /// Names that the process asked for at any time before, and was told this address, as a trace has it.
    fn hinted_names(&self) -> BTreeSet<&str> {
        let address = self
            .flow
            .remote
            .parse::<SocketAddr>()
            .map(|remote| remote.ip().to_string());
        let hints = |lookup: &&TrueLookup| {
            self.shows(SourceKind::Etl)
                && lookup.in_trace
                && lookup.host == self.flow.host
                && lookup.asker_pid == self.flow.process.pid
                && lookup.answered_ns <= self.flow.first_ns + EARLY_NS
                && address.as_ref().is_ok_and(|address| lookup.addresses.contains(address))
        };
        let lookups = self.truth.lookups.iter().filter(hints);
        lookups.map(|lookup| lookup.name.as_str()).collect()
    }

    /// Names that HTTP libraries on the host asked for over calls of the far end at about that moment, where they do not tell the near end.
    fn called_names(&self) -> BTreeSet<&str> {
        let is_near = |other: &&TrueFlow| {
            self.shows(SourceKind::Etl)
                && other.evidence.trace.requested_of_far_end
                && (&other.host, &other.remote) == (&self.flow.host, &self.flow.remote)
                && (other.first_ns - self.flow.first_ns).abs() <= SAME_MOMENT_NS
        };
        let calls = self.truth.flows.iter().filter(is_near);
        calls.filter_map(|flow| flow.name.as_deref()).collect()
    }

    /// Whether the host's own log or trace tells who asked.
    fn is_logged(&self, lookup: &TrueLookup) -> bool {
        (self.shows(SourceKind::Sysmon) && lookup.sysmon_record.is_some())
            || (self.shows(SourceKind::Etl) && lookup.in_trace)
    }

    /// Names whose answers in the capture, or in Sysmon, held the address when the flow began.
    fn answered_names(&self) -> BTreeSet<&str> {
        let seen = |lookup: &&TrueLookup| {
            (self.captured() && lookup.in_capture) || (self.shows(SourceKind::Sysmon) && lookup.sysmon_record.is_some())
        };
        self.lookups().filter(seen).map(|lookup| lookup.name.as_str()).collect()
    }

    fn lookups(&self) -> impl Iterator<Item = &TrueLookup> {
        let address = self
            .flow
            .remote
            .parse::<SocketAddr>()
            .map(|remote| remote.ip().to_string())
            .unwrap_or_default();
        let begins_ns = self.flow.first_ns;
        self.truth.lookups.iter().filter(move |lookup| {
            // Only packets tell how long an answer may be kept; Sysmon does not.
            let packets = self.captured() && lookup.in_capture;
            let told_ns = if packets {
                i64::from(lookup.ttl_seconds) * 1_000_000_000
            } else {
                0
            };
            lookup.host == self.flow.host
                && lookup.addresses.contains(&address)
                && lookup.answered_ns <= begins_ns + EARLY_NS
                && begins_ns <= lookup.answered_ns + told_ns.max(LEAST_LIFE_NS)
        })
    }

    /// Why no name was seen.
    fn name_silence(&self) -> Vec<Reason> {
        let evidence = &self.flow.evidence;
        let mut reasons = Vec::new();
        if evidence.name_encrypted && self.captured() && self.flow.in_capture {
            reasons.push(Reason::EncryptedName);
        }
        if self.captured() {
            let heard_only = self.flow.packets_sent == 0 && self.flow.packets_received > 0;
            if heard_only && self.flow.protocol == Protocol::Tcp {
                reasons.push(Reason::OneDirectionOnly);
            }
            if evidence.began_before_capture {
                reasons.push(Reason::SourceBeganLater);
            }
            let dropped = self.host().and_then(|host| host.packets_dropped).unwrap_or(0);
            if evidence.packets_lost > 0 || evidence.name_packets_missing || dropped > 0 {
                reasons.push(Reason::EventsLost);
            }
        }
        reasons.extend(self.trace_reasons());
        if self.shows(SourceKind::Firewall) && !self.firewall_has_times() {
            reasons.push(Reason::ClockNotAligned);
        }
        let hinted: BTreeSet<&str> = self.hinted_names().union(&self.called_names()).copied().collect();
        if hinted.len() > 1 {
            reasons.push(Reason::Ambiguous);
        }
        // The log of DNS clients would have said it in every case.
        reasons.push(Reason::SourceNotCollected);
        reasons
    }

    fn decision(&self) -> Answer {
        if self.has_decision_event() || self.has_sysmon_event() || self.firewall().decides {
            return Answer::Known;
        }
        if self.trace().standing {
            return self.told_by_trace();
        }
        Answer::unknown(self.event_reasons())
    }

    /// Both legs are known by their own events, and no other program goes through the relay at that moment.
    fn client(&self) -> Answer {
        let Some(client) = &self.flow.relayed_for else {
            return Answer::NotApplicable;
        };
        let logged = |flow: &TrueFlow| {
            (self.shows(SourceKind::Evtx) && flow.evidence.decision_event.is_some())
                || (self.shows(SourceKind::Sysmon) && flow.evidence.sysmon_event.is_some())
                || (self.shows(SourceKind::Etl) && (flow.evidence.trace.opening || flow.evidence.trace.standing))
        };
        let begins_ns = self.flow.first_ns;
        let legs = self.truth.flows.iter().filter(|flow| {
            let leads = flow.host == self.flow.host && flow.ingredient == "loopback" && logged(flow);
            leads && (begins_ns - LEG_NS..=begins_ns).contains(&flow.first_ns)
        });
        let (inbound, outbound): (Vec<&TrueFlow>, Vec<&TrueFlow>) =
            legs.partition(|flow| flow.direction == FlowDirection::Inbound);
        let of_client = outbound.iter().any(|flow| flow.process == *client);
        if !logged(self.flow) || inbound.is_empty() || !of_client {
            return Answer::unknown(self.event_reasons());
        }
        if self.traced().is_some_and(|trace| trace.lost) {
            return Answer::unknown([Reason::EventsLost, Reason::Ambiguous]);
        }
        match outbound.iter().all(|flow| flow.process == *client) {
            true => Answer::Known,
            false => Answer::unknown([Reason::Ambiguous]),
        }
    }

    fn filter(&self) -> Answer {
        if !self.has_decision_event() {
            return Answer::unknown(self.event_reasons());
        }
        if self.flow.filter.is_none() {
            return Answer::unknown([Reason::NoFilterRecorded]);
        }
        let host = self.host();
        let boot_ns = host.map_or(i64::MAX, |host| host.boot_ns);
        let from_boot = host
            .and_then(|host| host.security_log)
            .is_some_and(|log| log.begins_ns <= boot_ns + LEAST_LIFE_NS);
        // 5441 lists every filter when the filtering engine starts.
        if self.truth.knobs.policy_events && from_boot {
            return Answer::Known;
        }
        let listed = self.shows(SourceKind::Filters) || self.shows(SourceKind::Wfpstate);
        match (listed, host.is_some_and(|host| host.reboot_ns.is_some())) {
            (true, false) => Answer::Known,
            (true, true) => Answer::unknown([Reason::FilterIdsRenumbered, Reason::Ambiguous]),
            (false, _) => Answer::unknown([Reason::SourceNotCollected]),
        }
    }
}
