//! Findings.

use serde_json::{Value, json};
use whotalks_record::NetworkProtectionAction;
use whotalks_report::{Finding, FindingKind, Judged, PolicyReport, Unjudged, UnjudgedReason, Violation};

use super::value::{citations, endpoint, list, maybe_time, pid, span_ns, text, texts};
use super::vocabulary::severity;

pub(super) fn finding(finding: &Finding) -> Value {
    json!({
        "severity": severity(finding.severity),
        "grade": finding.grade.word(),
        "finding": kind(&finding.kind),
        "host": text(finding.host.as_ref()),
        "program": text(finding.program.as_ref()),
        "pid": pid(finding.pid),
        "first": maybe_time(finding.first),
        "last": maybe_time(finding.last),
        "remotes": list(&finding.remotes, endpoint),
        "citations": citations(&finding.citations),
    })
}

/// An object with `kind` and the fields of that kind.
fn kind(kind: &FindingKind) -> Value {
    match kind {
        FindingKind::SynSweep {
            network,
            targets,
            ports,
            duration,
            answered,
        } => json!({
            "kind": "syn_sweep",
            "network": text(network.as_ref()),
            "targets": targets,
            "ports": ports,
            "duration_ns": duration.0,
            "answered": answered,
        }),
        FindingKind::PortScan {
            caller,
            target,
            ports,
            duration,
            answered,
        } => json!({
            "kind": "port_scan",
            "caller": caller.to_string(),
            "target": target.to_string(),
            "ports": ports,
            "duration_ns": duration.0,
            "answered": answered,
        }),
        FindingKind::LookAlikeName {
            imitates,
            image,
            parent,
        } => json!({
            "kind": "look_alike_name",
            "imitates": imitates.as_ref(),
            "image": image.as_ref(),
            "parent": text(parent.as_ref()),
        }),
        FindingKind::WrongPath { image, expected } => {
            json!({ "kind": "wrong_path", "image": image.as_ref(), "expected": expected.as_ref() })
        }
        FindingKind::ListenerBurst { ports, duration } => {
            json!({ "kind": "listener_burst", "ports": ports, "duration_ns": span_ns(*duration) })
        }
        FindingKind::Beacon {
            interval,
            jitter,
            calls,
            score,
        } => json!({
            "kind": "beacon",
            "interval_ns": interval.0,
            "jitter_ns": jitter.0,
            "calls": calls,
            "score": score,
        }),
        FindingKind::UnexpectedProgram { name, expected } => {
            json!({ "kind": "unexpected_program", "name": name.as_ref(), "expected": texts(expected) })
        }
        FindingKind::SourcesDisagree { programs } => {
            json!({ "kind": "sources_disagree", "programs": texts(programs) })
        }
        FindingKind::NameMismatch { asked, shown } => {
            json!({ "kind": "name_mismatch", "asked": asked.as_ref(), "shown": shown.as_ref() })
        }
        FindingKind::PolicyViolation(violation) => policy_violation(violation),
        FindingKind::LogCleared => json!({ "kind": "log_cleared" }),
        FindingKind::NetworkProtection(judged) => network_protection(judged),
        FindingKind::ProtectionOff => json!({ "kind": "protection_off" }),
        FindingKind::LateralConnection { other, address } => {
            json!({ "kind": "lateral_connection", "other": other.as_ref(), "address": address.to_string() })
        }
    }
}

fn network_protection(judged: &Judged) -> Value {
    json!({
        "kind": "network_protection",
        "blocked": judged.action == NetworkProtectionAction::Blocked,
        "destinations": texts(&judged.destinations),
        "more": judged.more,
        "events": judged.events,
        "image": text(judged.image.as_ref()),
        "user": text(judged.user.as_ref()),
    })
}

fn policy_violation(violation: &Violation) -> Value {
    json!({
        "kind": "policy_violation",
        "rule": violation.rule,
        "title": violation.title.as_ref(),
        "conversations": violation.conversations,
        "blocked": violation.blocked,
        "names": texts(&violation.names),
        "program_grade": violation.program_grade.word(),
    })
}

/// How a policy was applied.
pub(super) fn policy(report: &PolicyReport) -> Value {
    json!({
        "rules": report.rules,
        "violated": report.violated,
        "unjudged": list(&report.unjudged, unjudged),
    })
}

fn unjudged(unjudged: &Unjudged) -> Value {
    let reason = match &unjudged.reason {
        UnjudgedReason::NotInCase { protocols } => json!({ "kind": "not_in_case", "protocols": texts(protocols) }),
        UnjudgedReason::NoContent { conversations } => {
            json!({ "kind": "no_content", "conversations": conversations })
        }
        UnjudgedReason::NoName { conversations } => json!({ "kind": "no_name", "conversations": conversations }),
    };
    json!({ "rule": unjudged.rule, "title": unjudged.title.as_ref(), "reason": reason })
}
