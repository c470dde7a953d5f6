//! From what correlation concludes to one flat row.

use whotalks_correlate::{
    Attribution, Conflict, Conversation, DecisionAnswer, FilterAnswer, Host, NameAnswer, NameCandidate,
    ProcessIdentity, UnknownReason, Verdict,
};
use whotalks_record::{Grade, SourceKind, Span, Text, Traffic};

use super::conversations::{ConversationRow, NameCandidateItem, ProcessConflictItem};
use crate::words::UnknownKind;

impl ConversationRow {
    /// The row of a conversation; `hosts` are all hosts of the case in order of number.
    pub fn new(conversation: &Conversation, hosts: &[Host]) -> Self {
        let host = conversation.host;
        let name = host.and_then(|id| hosts.iter().find(|host| host.id == id)?.name.clone());
        let traffic = (conversation.sent, conversation.received);
        let mut row = Self {
            first: conversation.first,
            last: conversation.last,
            host: name,
            host_number: host.map(|id| id.0),
            direction: conversation.direction,
            flow_evidence: conversation.flow.map(|(evidence, _)| evidence),
            flow: conversation.flow.map(|(_, flow)| flow),
            initial_rtt: conversation.initial_rtt,
            answered: conversation.answered,
            close: conversation.close,
            application: conversation.application,
            recognised_by: conversation.recognised_by,
            proof: references(&conversation.proof),
            ..Self::between(conversation)
        };
        row.set_traffic(traffic);
        row.set_process(&conversation.process);
        row.set_relayed_for(conversation.relayed_for.as_ref());
        row.set_name(&conversation.name);
        row.set_decision(&conversation.decision);
        row
    }

    fn set_traffic(&mut self, (sent, received): (Option<Traffic>, Option<Traffic>)) {
        self.sent_packets = sent.map(|sent| sent.packets);
        self.sent_ip_bytes = sent.map(|sent| sent.ip_bytes);
        self.sent_payload_bytes = sent.map(|sent| sent.payload_bytes);
        self.received_packets = received.map(|received| received.packets);
        self.received_ip_bytes = received.map(|received| received.ip_bytes);
        self.received_payload_bytes = received.map(|received| received.payload_bytes);
    }

    fn set_process(&mut self, attribution: &Attribution) {
        self.process_grade = attribution.grade;
        self.process_rule = attribution.rule;
        let identity = attribution.process.as_ref().map_or(&[][..], |process| &process.proof);
        self.process_proof = references(attribution.proof.iter().chain(identity));
        (self.process_unknown, self.process_unknown_source) = unknown(attribution.unknown.as_ref());
        self.process_conflicts = attribution.conflicts.iter().map(conflict).collect();
        if let Some(process) = &attribution.process {
            self.set_identity(process);
        }
    }

    fn set_identity(&mut self, process: &ProcessIdentity) {
        self.process_id = process.pid;
        self.process_started = process.started;
        self.process_ended = process.ended;
        self.image.clone_from(&process.image);
        self.command_line.clone_from(&process.command_line);
        self.parent_image.clone_from(&process.parent_image);
        self.parent_process_id = process.parent_pid;
        self.user.clone_from(&process.user);
        self.service_grade = process.service.grade;
        self.services.clone_from(&process.service.services);
    }

    fn set_relayed_for(&mut self, attribution: Option<&Attribution>) {
        let Some(attribution) = attribution else { return };
        let process = attribution.process.as_ref();
        self.relayed_for_grade = Some(attribution.grade);
        self.relayed_for_process_id = process.and_then(|process| process.pid);
        self.relayed_for_image = process.and_then(|process| process.image.clone());
        self.relayed_for_proof = references(&attribution.proof);
    }

    fn set_name(&mut self, answer: &NameAnswer) {
        self.other_names = answer.others.iter().map(candidate).collect();
        (self.name_unknown, self.name_unknown_source) = unknown(answer.unknown.as_ref());
        if let Some(best) = &answer.best {
            self.name = Some(Text::clone(&best.name));
            self.name_port = best.port;
            self.name_evidence = Some(best.evidence);
            self.name_grade = best.grade;
            self.name_proof = references(&best.proof);
        }
    }

    fn set_decision(&mut self, decision: &DecisionAnswer) {
        self.verdict = decision.verdict;
        self.verdict_grade = decision.grade;
        self.verdict_events = decision.events;
        self.verdict_proof = references(&decision.proof);
        self.dropped_packets = decision.dropped_packets;
        self.drop_filter = decision.drop_filter.as_ref().map(|filter| filter.id);
        self.drop_proof = references(&decision.drop_proof);
        (self.verdict_unknown, self.verdict_unknown_source) = unknown(decision.unknown.as_ref());
        if let Some(filter) = &decision.filter {
            self.set_filter(filter);
        }
    }

    fn set_filter(&mut self, filter: &FilterAnswer) {
        self.filter = Some(filter.id);
        self.filter_name.clone_from(&filter.name);
        self.filter_provider.clone_from(&filter.provider);
        self.filter_origin.clone_from(&filter.origin);
        self.filter_layer.clone_from(&filter.layer);
        self.filter_action = Some(filter.action);
        self.filter_grade = Some(filter.grade);
        self.filter_match = Some(filter.matched);
        self.filter_proof = references(&filter.proof);
    }

    /// The two ends of a conversation, with nothing known about it.
    fn between(conversation: &Conversation) -> Self {
        Self {
            protocol: conversation.protocol,
            local_address: conversation.local.address,
            local_port: conversation.local.port,
            remote_address: conversation.remote.address,
            remote_port: conversation.remote.port,
            application: conversation.application,
            recognised_by: conversation.recognised_by,
            first: None,
            last: None,
            host: None,
            host_number: None,
            direction: None,
            flow_evidence: None,
            flow: None,
            sent_packets: None,
            sent_ip_bytes: None,
            sent_payload_bytes: None,
            received_packets: None,
            received_ip_bytes: None,
            received_payload_bytes: None,
            initial_rtt: None,
            answered: None,
            close: None,
            proof: Vec::new(),
            process_grade: Grade::Unknown,
            process_rule: None,
            process_id: None,
            process_started: None,
            process_ended: None,
            image: None,
            command_line: None,
            parent_image: None,
            parent_process_id: None,
            user: None,
            service_grade: Grade::Unknown,
            services: Vec::new(),
            process_proof: Vec::new(),
            process_unknown: None,
            process_unknown_source: None,
            process_conflicts: Vec::new(),
            relayed_for_grade: None,
            relayed_for_process_id: None,
            relayed_for_image: None,
            relayed_for_proof: Vec::new(),
            name: None,
            name_port: None,
            name_evidence: None,
            name_grade: Grade::Unknown,
            name_proof: Vec::new(),
            other_names: Vec::new(),
            name_unknown: None,
            name_unknown_source: None,
            verdict: Verdict::Unknown,
            verdict_grade: Grade::Unknown,
            verdict_events: 0,
            verdict_proof: Vec::new(),
            filter: None,
            filter_name: None,
            filter_provider: None,
            filter_origin: None,
            filter_layer: None,
            filter_action: None,
            filter_grade: None,
            filter_match: None,
            filter_proof: Vec::new(),
            dropped_packets: 0,
            drop_filter: None,
            drop_proof: Vec::new(),
            verdict_unknown: None,
            verdict_unknown_source: None,
        }
    }
}

/// The references to places in evidence, each once, in the order in which they were given.
fn references<'a>(spans: impl IntoIterator<Item = &'a Span>) -> Vec<Text> {
    let mut texts: Vec<Text> = Vec::new();
    for span in spans {
        let text = Text::from(span.to_string());
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}

fn unknown(reason: Option<&UnknownReason>) -> (Option<UnknownKind>, Option<SourceKind>) {
    let (kind, source) = reason.map(UnknownKind::of).unzip();
    (kind, source.flatten())
}

fn conflict(conflict: &Conflict) -> ProcessConflictItem {
    ProcessConflictItem {
        process_id: conflict.process.pid,
        image: conflict.process.image.clone(),
        rule: conflict.rule,
        proof: references(&conflict.proof),
    }
}

fn candidate(candidate: &NameCandidate) -> NameCandidateItem {
    NameCandidateItem {
        name: Text::clone(&candidate.name),
        port: candidate.port,
        evidence: candidate.evidence,
        grade: candidate.grade,
        time: candidate.time,
        proof: references(&candidate.proof),
    }
}
