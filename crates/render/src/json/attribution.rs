//! Programs, names, filters, reasons.

use serde_json::{Value, json};
use whotalks_correlate::{AuditGap, FilterAnswer, NameCandidate, ServiceAnswer, UnknownReason};
use whotalks_report::{Explanation, Known, KnownTurnOff, ProgramCell, RelayedProgram};

use super::value::{endpoint, list, localised, maybe_time, references, text, texts, time};
use super::vocabulary::{encrypted_by, filter_action, filter_match, name_evidence, process_rule, source};

pub(super) fn program(program: &ProgramCell) -> Value {
    json!({
        "name": text(program.name.as_ref()),
        "image": text(program.image.as_ref()),
        "pids": program.pids.iter().map(|pid| pid.0).collect::<Vec<_>>(),
        "service": service(&program.service),
        "grade": program.grade.word(),
        "rule": program.rule.map(process_rule),
        "conflicts": texts(&program.conflicts),
        "relayed_for": program.relayed_for.iter().map(relayed).collect::<Vec<_>>(),
    })
}

fn relayed(relayed: &RelayedProgram) -> Value {
    json!({ "program": relayed.program.as_ref(), "grade": relayed.grade.word() })
}

pub(super) fn service(service: &ServiceAnswer) -> Value {
    json!({ "grade": service.grade.word(), "candidates": texts(&service.services) })
}

pub(super) fn name(name: &NameCandidate) -> Value {
    json!({
        "name": name.name.as_ref(),
        "port": name.port,
        "evidence": name_evidence(name.evidence),
        "grade": name.grade.word(),
        "time": maybe_time(name.time),
        "proof": references(&name.proof),
    })
}

pub(super) fn filter(filter: &FilterAnswer) -> Value {
    json!({
        "id": filter.id.0,
        "name": text(filter.name.as_ref()),
        "provider": text(filter.provider.as_ref()),
        "origin": text(filter.origin.as_ref().map(|origin| &origin.0)),
        "layer": text(filter.layer.as_ref()),
        "action": filter_action(filter.action),
        "grade": filter.grade.word(),
        "matched": filter_match(filter.matched),
        "proof": references(&filter.proof),
    })
}

pub(super) fn explanation(explanation: &Explanation) -> Value {
    match explanation {
        Explanation::Known(it) => json!({ "verdict": "known", "known": known(it) }),
        Explanation::KnownButUnexpectedProgram(it) => {
            json!({ "verdict": "known_but_unexpected_program", "known": known(it) })
        }
        Explanation::Explained => json!({ "verdict": "explained", "known": null }),
        Explanation::Unknown { suspicious: false } => json!({ "verdict": "unknown", "known": null }),
        Explanation::Unknown { suspicious: true } => json!({ "verdict": "unknown_and_suspicious", "known": null }),
    }
}

pub(super) fn known(known: &Known) -> Value {
    json!({
        "pattern": known.pattern.as_ref(),
        "owner": known.owner.as_ref(),
        "feature": known.feature.as_ref(),
        "purpose": localised(&known.purpose),
        "breaks": localised(&known.breaks),
        "turn_offs": known.turn_offs.iter().map(turn_off).collect::<Vec<_>>(),
    })
}

fn turn_off(way: &KnownTurnOff) -> Value {
    json!({
        "id": way.id.as_ref(),
        "feature": localised(&way.feature),
        "group_policies": list(&way.group_policies, localised),
        "registry": texts(&way.registry),
        "services": texts(&way.services),
        "mdm": texts(&way.mdm),
        "command": text(way.command.as_ref()),
        "ui": way.ui.as_ref().map(localised),
        "note": way.note.as_ref().map(localised),
    })
}

/// An object with `kind` and the fields of that kind.
pub(super) fn reason(reason: &UnknownReason) -> Value {
    match reason {
        UnknownReason::SourceNotCollected(kind) => json!({ "kind": "source_not_collected", "source": source(*kind) }),
        UnknownReason::SourceBeganLater { source: kind, began } => {
            json!({ "kind": "source_began_later", "source": source(*kind), "began": time(*began) })
        }
        UnknownReason::SourceEndedEarlier { source: kind, ended } => {
            json!({ "kind": "source_ended_earlier", "source": source(*kind), "ended": time(*ended) })
        }
        UnknownReason::RingOverwritten { source: kind, oldest } => {
            json!({ "kind": "ring_overwritten", "source": source(*kind), "oldest": time(*oldest) })
        }
        UnknownReason::EventsLost { source: kind, count } => {
            json!({ "kind": "events_lost", "source": source(*kind), "count": count })
        }
        UnknownReason::Ambiguous(candidates) => json!({ "kind": "ambiguous", "candidates": texts(candidates) }),
        UnknownReason::ClocksNotAligned => json!({ "kind": "clocks_not_aligned" }),
        UnknownReason::OneDirectionOnly => json!({ "kind": "one_direction_only" }),
        UnknownReason::SnappedTooShort => json!({ "kind": "snapped_too_short" }),
        UnknownReason::EncryptedName(by) => json!({ "kind": "encrypted_name", "by": encrypted_by(*by) }),
        UnknownReason::ProcessEndedBeforeItsNameWasRead(pid) => {
            json!({ "kind": "process_ended_before_its_name_was_read", "pid": pid.0 })
        }
        UnknownReason::BehindProxy(proxy) => json!({ "kind": "behind_proxy", "proxy": endpoint(proxy) }),
        UnknownReason::HostNotObserved => json!({ "kind": "host_not_observed" }),
        UnknownReason::NotInSource(kind) => json!({ "kind": "not_in_source", "source": source(*kind) }),
        UnknownReason::NotAudited { source: kind, gap } => {
            json!({ "kind": "not_audited", "source": source(*kind), "missing": audit_gap(*gap) })
        }
        UnknownReason::FilterIdsRenumbered => json!({ "kind": "filter_ids_renumbered" }),
        UnknownReason::NoFilterRecorded => json!({ "kind": "no_filter_recorded" }),
    }
}

const fn audit_gap(gap: AuditGap) -> &'static str {
    match gap {
        AuditGap::Everything => "everything",
        AuditGap::Successes => "successes",
        AuditGap::Failures => "failures",
    }
}
