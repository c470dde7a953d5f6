//! What the oracle calls known and unknown, case by case.

use whotalks_testkit::answerable::{Answer, Answerable, Reason};
use whotalks_testkit::scenario::{Knobs, LogBegin, Scenario};
use whotalks_testkit::sources::{SourceKind, Sources};
use whotalks_testkit::truth::{FlowDecision, TrueFlow, Truth, truth};

const SECOND: i64 = 1_000_000_000;

fn told(knobs: Knobs) -> Truth {
    truth(&Scenario::generate(77, &knobs), &Sources::all())
}

/// The answers about all flows of an ingredient, with these sources; there must be some.
fn answers(truth: &Truth, ingredient: &str, sources: &Sources) -> Vec<(TrueFlow, Answerable)> {
    let of = truth.flows.iter().filter(|flow| flow.ingredient == ingredient);
    let found: Vec<_> = of.map(|flow| (flow.clone(), truth.answerable(flow, sources))).collect();
    assert!(!found.is_empty(), "no flow of {ingredient}");
    found
}

fn first_reason(answer: &Answer) -> Option<Reason> {
    match answer {
        Answer::UnknownBecause(reasons) => reasons.first().copied(),
        _ => None,
    }
}

#[test]
fn a_calm_day_with_all_sources_leaves_nothing_unknown() {
    let truth = told(Knobs::calm());
    for flow in truth
        .flows
        .iter()
        .filter(|flow| flow.in_capture && flow.first_ns > truth.capture_begins_ns)
    {
        let answerable = truth.answerable(flow, &Sources::all());
        assert!(answerable.visible);
        for answer in [
            &answerable.process,
            &answerable.image,
            &answerable.service,
            &answerable.name,
            &answerable.decision,
        ] {
            assert!(
                first_reason(answer).is_none(),
                "{answer:?} for {} {}",
                flow.ingredient,
                flow.remote
            );
        }
        assert_eq!(answerable.filter.is_known(), flow.filter.is_some());
    }
}

#[test]
fn a_name_on_a_shared_address_needs_sni() {
    let truth = told(Knobs {
        shared_cdn: true,
        ..Knobs::calm()
    });
    let (with, without): (Vec<_>, Vec<_>) = answers(&truth, "content_network", &Sources::all())
        .into_iter()
        .partition(|(flow, _)| flow.evidence.name_in_packets);
    assert!(with.iter().all(|(_, answerable)| answerable.name.is_known()));
    let reasons: Vec<_> = without
        .iter()
        .map(|(_, answerable)| first_reason(&answerable.name))
        .collect();
    assert_eq!(
        reasons,
        [None, Some(Reason::Ambiguous)],
        "first one name was asked for, then three"
    );
}

#[test]
fn without_packets_the_lookups_of_the_process_itself_name_its_flows() {
    let truth = told(Knobs {
        shared_cdn: true,
        sysmon: true,
        ..Knobs::calm()
    });
    let only = Sources::of(&[SourceKind::Sysmon]);
    let (frame, chrome): (Vec<_>, Vec<_>) = answers(&truth, "content_network", &only)
        .into_iter()
        .partition(|(flow, _)| flow.process.image.ends_with("photo-frame.exe"));
    let known = |answers: &[(TrueFlow, Answerable)]| -> Vec<bool> {
        answers
            .iter()
            .map(|(_, answerable)| answerable.name.is_known())
            .collect()
    };
    assert_eq!(
        (known(&frame), known(&chrome)),
        (vec![true, false], vec![true, false, false])
    );
}

#[test]
fn an_encrypted_name_is_known_only_when_its_lookup_was_plain() {
    let truth = told(Knobs {
        ech: true,
        ..Knobs::calm()
    });
    for (flow, answerable) in answers(&truth, "ech", &Sources::all()) {
        match flow.name.as_deref() {
            Some("secret.example.org") => assert_eq!(first_reason(&answerable.name), Some(Reason::EncryptedName)),
            _ => assert!(answerable.name.is_known()),
        }
    }
}

#[test]
fn a_program_that_used_an_address_has_no_name_to_know() {
    let truth = told(Knobs {
        beacon: true,
        ..Knobs::calm()
    });
    for (_, answerable) in answers(&truth, "beacon", &Sources::all()) {
        assert_eq!(answerable.name, Answer::NotApplicable);
        assert_eq!(answerable.name_silence, [Reason::SourceNotCollected]);
    }
}

#[test]
fn events_before_the_log_are_overwritten_or_were_never_written() {
    let lead = -200 * SECOND;
    for (log_begin, reason) in [
        (
            LogBegin::Overwritten {
                before_capture_ns: lead,
            },
            Reason::RingOverwritten,
        ),
        (
            LogBegin::AuditSwitchedOn {
                before_capture_ns: lead,
            },
            Reason::SourceBeganLater,
        ),
    ] {
        let truth = told(Knobs {
            log_begin,
            ..Knobs::calm()
        });
        let only = Sources::of(&[SourceKind::Pcap, SourceKind::Evtx]);
        let early = truth
            .flows
            .iter()
            .filter(|flow| flow.first_ns < truth.capture_begins_ns + 150 * SECOND);
        let mut count = 0;
        for flow in early {
            let answerable = truth.answerable(flow, &only);
            assert_eq!(first_reason(&answerable.process), Some(reason));
            assert_eq!(first_reason(&answerable.filter), Some(reason));
            count += 1;
        }
        assert!(count > 5);
    }
}

#[test]
fn a_restart_makes_listed_filters_useless_unless_the_log_lists_them_itself() {
    let everything = Knobs {
        blocked: true,
        reboot: true,
        log_begin: LogBegin::AtBoot,
        ..Knobs::calm()
    };
    let stale = told(everything.clone());
    let listed = told(Knobs {
        policy_events: true,
        ..everything
    });
    for (flow, answerable) in answers(&stale, "blocked", &Sources::all()) {
        assert_eq!(flow.decision, FlowDecision::Blocked);
        assert_eq!(first_reason(&answerable.filter), Some(Reason::FilterIdsRenumbered));
    }
    for (_, answerable) in answers(&listed, "blocked", &Sources::all()) {
        assert!(answerable.filter.is_known());
    }
}

#[test]
fn a_process_id_without_events_or_list_has_no_name() {
    let truth = told(Knobs::calm());
    let only = Sources::of(&[SourceKind::Pcap, SourceKind::Netstat]);
    let seen: Vec<_> = truth
        .flows
        .iter()
        .filter(|flow| {
            flow.evidence
                .socket
                .as_ref()
                .is_some_and(|socket| socket.pid > 4 && socket.own_row)
        })
        .collect();
    assert!(!seen.is_empty());
    for flow in seen {
        let without = truth.answerable(flow, &only);
        assert!(without.process.is_known());
        assert_eq!(first_reason(&without.image), Some(Reason::SourceNotCollected));
        let with = Sources::of(&[SourceKind::Pcap, SourceKind::Netstat, SourceKind::Tasklist]);
        assert!(truth.answerable(flow, &with).image.is_known());
    }
}

#[test]
fn one_of_several_services_is_not_picked() {
    let truth = told(Knobs {
        shared_service_host: true,
        ..Knobs::calm()
    });
    for (flow, answerable) in answers(&truth, "shared_service", &Sources::all()) {
        assert_eq!(flow.process.service.as_deref(), Some("wuauserv"));
        assert_eq!(first_reason(&answerable.service), Some(Reason::Ambiguous));
    }
}

#[test]
fn a_host_that_nobody_observed_has_no_answers() {
    let truth = told(Knobs {
        hosts: 2,
        second_host_observed: false,
        ..Knobs::calm()
    });
    let silent = truth.flows.iter().filter(|flow| flow.host == "FILESERVER");
    let reasons: Vec<_> = silent
        .map(|flow| first_reason(&truth.answerable(flow, &Sources::all()).process))
        .collect();
    assert!(!reasons.is_empty() && reasons.iter().all(|reason| *reason == Some(Reason::HostNotObserved)));
}

#[test]
fn a_proxy_hides_the_name_when_its_request_is_not_in_the_capture() {
    let truth = told(Knobs {
        proxy: true,
        ..Knobs::calm()
    });
    let without_capture = Sources::of(&[SourceKind::Evtx, SourceKind::Netstat]);
    for (flow, answerable) in answers(&truth, "proxy", &without_capture) {
        assert_eq!(flow.address_name.as_deref(), Some("proxy.corp.example"));
        assert_eq!(first_reason(&answerable.name), Some(Reason::BehindProxyWithoutLog));
        assert!(truth.answerable(&flow, &Sources::all()).name.is_known());
    }
}
