//! The manifest, the ledger, the clocks.

use serde_json::{Value, json};
use whotalks_correlate::{ClockOffset, CoverageLine};
use whotalks_record::{Issue, IssueKind};
use whotalks_report::{EvidenceLine, EvidenceStatus};

use super::value::{list, maybe_time, text};
use super::vocabulary::{source, status};

pub(super) fn lines(lines: &[EvidenceLine]) -> Value {
    list(lines, |line| {
        json!({
            "id": line.id.to_string(),
            "path": line.path.as_ref(),
            "format": line.format.as_ref(),
            "bytes": line.bytes,
            "sha256": text(line.sha256.as_ref()),
            "status": status(line.status),
            "duplicate_of": duplicate_of(line.status),
            "coverage": list(&line.coverage, coverage),
            "issues": list(&line.issues, issue),
        })
    })
}

pub(super) fn coverage(line: &CoverageLine) -> Value {
    json!({
        "host": line.host.map(|host| host.0),
        "evidence": line.evidence.to_string(),
        "source": source(line.source),
        "first": maybe_time(line.first),
        "last": maybe_time(line.last),
        "units": line.units,
        "lost": line.lost,
        "overwritten_before": line.overwritten_before,
    })
}

pub(super) fn clock(clock: &ClockOffset) -> Value {
    json!({
        "source": clock.source.to_string(),
        "reference": clock.reference.to_string(),
        "host": clock.host.map(|host| host.0),
        "offset_ns": clock.offset.0,
        "spread_ns": clock.spread.0,
        "pairs": clock.pairs,
        "drift_per_second": clock.drift_per_second,
        "aligned": clock.aligned,
    })
}

fn duplicate_of(status: EvidenceStatus) -> Option<String> {
    match status {
        EvidenceStatus::Duplicate(of) => Some(of.to_string()),
        _ => None,
    }
}

pub(super) fn issue(issue: &Issue) -> Value {
    let mut value = issue_kind(&issue.kind);
    if let Value::Object(fields) = &mut value {
        fields.insert("reference".to_owned(), json!(issue.span.to_string()));
        fields.insert("offset".to_owned(), json!(issue.span.offset));
    }
    value
}

fn issue_kind(kind: &IssueKind) -> Value {
    match kind {
        IssueKind::Truncated {
            field,
            needed,
            available,
        } => {
            json!({ "kind": "truncated", "field": field, "needed_bytes": needed, "available_bytes": available })
        }
        IssueKind::Malformed { field, found } => {
            json!({ "kind": "malformed", "field": field, "found": found.as_ref() })
        }
        IssueKind::Unsupported { field, found } => {
            json!({ "kind": "unsupported", "field": field, "found": found.as_ref() })
        }
        IssueKind::Skipped { unit, count } => json!({ "kind": "skipped", "unit": unit, "count": count }),
        IssueKind::Lost { unit, count } => json!({ "kind": "lost", "unit": unit, "count": count }),
        IssueKind::BoundReached { bound, limit, count } => {
            json!({ "kind": "bound_reached", "bound": bound, "limit": limit, "count": count })
        }
        IssueKind::Io { message } => json!({ "kind": "io", "message": message.as_ref() }),
    }
}
