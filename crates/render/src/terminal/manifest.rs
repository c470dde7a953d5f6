//! The manifest: one block per piece of evidence.

use whotalks_correlate::CoverageLine;
use whotalks_report::{EvidenceLine, EvidenceStatus, SupportBundle};

use super::Face;
use super::host::bundle;
use super::ink::{Painted, Role};
use super::page::Page;
use super::table::{Cell, Column, Cut, lines};
use crate::messages::{HostMessage, LabelMessage, UnitMessage};
use crate::words::{cannot_see, evidence_status};

/// The most issues shown per piece of evidence.
const MOST_ISSUES: usize = 4;

/// Blanks before the details of one piece.
const INDENT: usize = 5;

pub(super) fn write(face: &Face, evidence: &[EvidenceLine], bundles: &[SupportBundle]) -> String {
    let mut page = face.page();
    if evidence.is_empty() {
        page.line(0, &face.ink.plain(&face.words.text(&LabelMessage::NoEvidence)));
        return page.finish();
    }
    for (heading, line) in headings(face, evidence).iter().zip(evidence) {
        page.verbatim(heading);
        details(face, &mut page, line);
    }
    for one in bundles {
        page.gap();
        page.line(
            0,
            &face
                .ink
                .paint(Role::Heading, &face.words.text(&HostMessage::LabelBundle)),
        );
        bundle(face, &mut page, INDENT, one, usize::MAX);
    }
    page.finish()
}

fn headings(face: &Face, evidence: &[EvidenceLine]) -> Vec<Painted> {
    let columns = [
        Column::fixed(),
        Column::flexible(Cut::Middle, 20),
        Column::fixed(),
        Column::number(),
        Column::fixed(),
    ];
    let row = |line: &EvidenceLine| {
        vec![
            Cell::new(Role::Command, &line.id.to_string()),
            Cell::new(Role::Heading, &line.path),
            Cell::new(Role::Plain, &line.format),
            Cell::new(Role::Plain, &face.words.size(line.bytes)),
            Cell::new(
                status_role(line.status),
                &face.words.text(&evidence_status(line.status)),
            ),
        ]
    };
    let rows: Vec<Vec<Cell>> = evidence.iter().map(row).collect();
    lines(face.ink, &columns, &rows, (!face.wide).then_some(face.width))
}

fn status_role(status: EvidenceStatus) -> Role {
    match status {
        EvidenceStatus::Read | EvidenceStatus::Container | EvidenceStatus::Duplicate(_) => Role::Plain,
        EvidenceStatus::ReadInPart | EvidenceStatus::NotUnderstood => Role::Caution,
        EvidenceStatus::Failed => Role::Alarm,
    }
}

fn details(face: &Face, page: &mut Page, line: &EvidenceLine) {
    if let Some(hash) = &line.sha256 {
        page.verbatim(&Painted::blanks(INDENT).then(&face.ink.paint(Role::Muted, &format!("SHA-256 {hash}"))));
    }
    for coverage in &line.coverage {
        page.line(INDENT, &face.ink.plain(&covers(face, coverage)));
        if face.wide {
            let blind = face.words.text(&cannot_see(coverage.source));
            page.line(INDENT + 2, &face.ink.paint(Role::Muted, &blind));
        }
    }
    let shown = face.shown(line.issues.len(), MOST_ISSUES);
    for issue in line.issues.iter().take(shown) {
        page.line(INDENT, &face.ink.paint(Role::Caution, &face.words.issue(issue)));
    }
    if line.issues.len() > shown {
        let count = (line.issues.len() - shown) as u64;
        page.line(
            INDENT,
            &face.ink.plain(&face.words.text(&UnitMessage::AndMore { count })),
        );
    }
}

/// What one source of a piece covers: `packet capture: 84,211 packets, 0 lost · 10:02:11 – 10:14:50 +09:00`.
fn covers(face: &Face, line: &CoverageLine) -> String {
    let units = face
        .words
        .labelled(face.words.source(line.source), face.words.units(line));
    let mut text = format!("{units} · {}", face.words.period_and_length(line.first, line.last));
    if let (true, Some(first)) = (line.overwritten_before, line.first) {
        let time = face.words.time(first);
        text.push_str(" · ");
        text.push_str(&face.words.text(&LabelMessage::OverwrittenBefore { time }));
    }
    text
}
