//! `Evidence`: the manifest.

use serde_json::Value;
use whotalks_correlate::CoverageLine;
use whotalks_record::{Span, Text};
use whotalks_tables::hunting::EvidencePieceRow;
use whotalks_tables::{EvidenceRow, IssueItem, Word as _};

use crate::device_network_events::{reference, whole};
use crate::json::{array, object, some, text};

/// The row of a piece of evidence.
pub(crate) fn row(piece: &EvidenceRow, coverage: &[CoverageLine]) -> EvidencePieceRow {
    let own = || coverage.iter().filter(|line| line.evidence == piece.id);
    EvidencePieceRow {
        timestamp: own().filter_map(|line| line.first).min(),
        last_time: own().filter_map(|line| line.last).max(),
        evidence_id: Some(i64::from(piece.id.0)),
        reference: Some(piece.id.to_string().into()),
        path: Some(Text::clone(&piece.path)),
        container_id: piece.container.map(|id| i64::from(id.0)),
        format: Some(Text::clone(&piece.format)),
        status: Some(Text::clone(&piece.status)),
        duplicate_of: piece.duplicate_of.map(|id| i64::from(id.0)),
        bytes: Some(whole(piece.bytes)),
        sha256: piece.sha256.clone(),
        modified: piece.modified,
        packets: Some(whole(piece.packets)),
        records: Some(whole(piece.records)),
        issues: array(piece.issues.iter().map(issue)),
        span: Some(reference(Span::whole(piece.id))),
    }
}

fn issue(issue: &IssueItem) -> Value {
    object([
        ("Span", text(issue.span.to_string())),
        ("Kind", text(issue.kind.word())),
        ("Subject", some(issue.subject.as_ref())),
        ("Found", some(issue.found.as_ref())),
        ("Needed", issue.needed.map(Value::from)),
        ("Available", issue.available.map(Value::from)),
        ("Count", issue.count.map(Value::from)),
    ])
}
