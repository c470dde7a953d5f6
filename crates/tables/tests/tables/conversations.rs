//! What becomes of a conversation on its way into its table.

use whotalks_correlate::{
    Attribution, Conflict, Conversation, DecisionAnswer, FilterAnswer, FilterMatch, Host, HostId, NameAnswer,
    NameCandidate, NameEvidence, ProcessIdentity, ProcessRule, ServiceAnswer, UnknownReason, Verdict,
};
use whotalks_record::{
    ApplicationProtocol, Endpoint, EvidenceId, FilterAction, FilterId, FlowId, Grade, IpProtocol, Pid, RecognisedBy,
    SourceKind, Span, Traffic,
};
use whotalks_tables::{ConversationRow, UnknownKind};

fn span(reference: &str) -> Span {
    reference.parse().unwrap()
}

fn process(pid: u32, image: &str) -> ProcessIdentity {
    ProcessIdentity {
        pid: Some(Pid(pid)),
        started: None,
        ended: None,
        image: Some(image.into()),
        command_line: None,
        parent_image: None,
        parent_pid: None,
        user: None,
        service: ServiceAnswer {
            grade: Grade::Inferred,
            services: vec!["Dnscache".into(), "NlaSvc".into()],
        },
        proof: vec![span("E2@5"), span("E2@7")],
    }
}

fn candidate(name: &str, evidence: NameEvidence) -> NameCandidate {
    NameCandidate {
        name: name.into(),
        port: None,
        evidence,
        grade: Grade::Derived,
        time: None,
        proof: vec![span("E1#3")],
    }
}

fn filter() -> FilterAnswer {
    FilterAnswer {
        id: FilterId(72_001),
        name: Some("Block telemetry".into()),
        provider: None,
        origin: None,
        layer: Some("FWPM_LAYER_ALE_AUTH_CONNECT_V4".into()),
        action: FilterAction::Block,
        grade: Grade::Derived,
        matched: FilterMatch::SameBoot,
        proof: vec![span("E4/12")],
    }
}

fn conversation() -> Conversation {
    Conversation {
        host: Some(HostId(1)),
        protocol: IpProtocol::TCP,
        local: Endpoint::new("10.0.0.5".parse().unwrap(), 50_000),
        remote: Endpoint::new("203.0.113.7".parse().unwrap(), 443),
        direction: None,
        flow: Some((EvidenceId(1), FlowId(9))),
        first: None,
        last: None,
        sent: Some(Traffic {
            packets: 3,
            ip_bytes: 200,
            payload_bytes: 80,
        }),
        received: None,
        initial_rtt: None,
        answered: Some(false),
        close: None,
        application: ApplicationProtocol::Tls,
        recognised_by: Some(RecognisedBy::Content),
        proof: vec![span("E1#801"), span("E1#801"), span("E3:14")],
        process: Attribution {
            grade: Grade::Observed,
            process: Some(process(1234, r"C:\Windows\System32\svchost.exe")),
            rule: Some(ProcessRule::ExactEvent),
            proof: vec![span("E2@7")],
            unknown: None,
            conflicts: vec![Conflict {
                process: process(99, "other.exe"),
                rule: ProcessRule::ExactSnapshot,
                proof: vec![span("E3:2")],
            }],
        },
        relayed_for: Some(Attribution {
            grade: Grade::Derived,
            process: Some(process(4312, "browser.exe")),
            rule: Some(ProcessRule::Relay),
            proof: vec![span("E2@6")],
            ..Attribution::default()
        }),
        name: NameAnswer {
            best: None,
            others: vec![candidate("a.example", NameEvidence::SharedDnsAnswer)],
            unknown: Some(UnknownReason::Ambiguous(vec!["a.example".into()])),
        },
        decision: DecisionAnswer {
            verdict: Verdict::Blocked,
            grade: Grade::Observed,
            filter: Some(filter()),
            events: 2,
            proof: vec![span("E2@7")],
            unknown: Some(UnknownReason::SourceNotCollected(SourceKind::FilterDump)),
            ..DecisionAnswer::default()
        },
    }
}

fn row() -> ConversationRow {
    let host = |id, name: &str| Host {
        id: HostId(id),
        name: Some(name.into()),
        addresses: Vec::new(),
    };
    ConversationRow::new(&conversation(), &[host(0, "PC0"), host(1, "PC1")])
}

fn texts(list: &[whotalks_record::Text]) -> Vec<&str> {
    list.iter().map(|text| &**text).collect()
}

#[test]
fn ends_traffic_and_host_are_kept_and_nothing_becomes_zero() {
    let row = row();
    assert_eq!(row.host.as_deref(), Some("PC1"));
    assert_eq!((row.local_port, row.remote_port), (50_000, 443));
    assert_eq!((row.sent_ip_bytes, row.received_ip_bytes), (Some(200), None));
    assert_eq!(row.flow, Some(FlowId(9)));
    assert_eq!(texts(&row.proof), ["E1#801", "E3:14"]);
}

#[test]
fn the_process_keeps_its_grade_its_rivals_and_its_whole_proof() {
    let row = row();
    assert_eq!(
        (row.process_grade, row.process_rule),
        (Grade::Observed, Some(ProcessRule::ExactEvent))
    );
    assert_eq!(row.service_grade, Grade::Inferred);
    assert_eq!(texts(&row.services), ["Dnscache", "NlaSvc"]);
    assert_eq!(texts(&row.process_proof), ["E2@7", "E2@5"]);
    assert_eq!(row.process_conflicts[0].image.as_deref(), Some("other.exe"));
}

#[test]
fn a_relay_keeps_for_whom_it_called() {
    let row = row();
    assert_eq!(row.relayed_for_grade, Some(Grade::Derived));
    assert_eq!(row.relayed_for_image.as_deref(), Some("browser.exe"));
    assert_eq!(texts(&row.relayed_for_proof), ["E2@6"]);
}

#[test]
fn an_ambiguous_name_is_no_name() {
    let row = row();
    assert_eq!((row.name.clone(), row.name_grade), (None, Grade::Unknown));
    assert_eq!(
        (row.name_unknown, row.name_unknown_source),
        (Some(UnknownKind::Ambiguous), None)
    );
    assert_eq!(row.other_names[0].evidence, NameEvidence::SharedDnsAnswer);
}

#[test]
fn the_verdict_keeps_its_filter_and_the_source_to_blame() {
    let row = row();
    assert_eq!((row.verdict, row.verdict_events), (Verdict::Blocked, 2));
    assert_eq!(row.filter, Some(FilterId(72_001)));
    assert_eq!(row.filter_match, Some(FilterMatch::SameBoot));
    assert_eq!(row.verdict_unknown, Some(UnknownKind::SourceNotCollected));
    assert_eq!(row.verdict_unknown_source, Some(SourceKind::FilterDump));
}
