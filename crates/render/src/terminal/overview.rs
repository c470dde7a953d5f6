//! The overview, most important first, a screen and not a log.

use whotalks_correlate::CoverageLine;
use whotalks_record::SourceKind;
use whotalks_report::{BlockRow, EvidenceLine, EvidenceStatus, Finding, Overview, UnknownRow, event_word};

use super::Face;
use super::endpoints;
use super::host;
use super::ink::{Painted, Role, severity_mark, shown_width};
use super::page::Page;
use super::table::{Cell, Column, Cut, lines};
use crate::format::command_word;
use crate::messages::{HostMessage, LabelMessage as Label, Message, UnitMessage};
use crate::words::{base_name, severity, unknown_aspect};

/// Rows of each part that a screenful has room for.
const MOST_FILES: usize = 6;
const MOST_FINDINGS: usize = 5;
const MOST_BLOCKS: usize = 4;
const MOST_UNKNOWNS: usize = 4;
const MOST_NEXT: usize = 4;
const MOST_MISSING: usize = 4;
const MOST_SETTINGS: usize = 6;

/// Blanks before the lines of a part that has its own heading line.
const INDENT: usize = 2;

pub(super) fn write(face: &Face, overview: &Overview) -> String {
    let mut parts = Parts::new(face);
    evidence(&mut parts, overview);
    clocks(&mut parts, overview);
    bundles(&mut parts, overview);
    settings(&mut parts, overview);
    findings(&mut parts, overview);
    endpoints::write(face, &mut parts.page, overview);
    blocked(&mut parts, overview);
    unknowns(&mut parts, overview);
    next(&mut parts, overview);
    parts.page.finish()
}

/// The page with its left column of labels.
struct Parts<'f> {
    face: &'f Face,
    page: Page,
    /// Columns of the label column.
    labels: usize,
}

impl<'f> Parts<'f> {
    fn new(face: &'f Face) -> Self {
        let labels = [
            Label::LabelEvidence,
            Label::LabelClocks,
            Label::LabelBlocked,
            Label::LabelUnknown,
            Label::LabelNext,
        ];
        let of_hosts = [HostMessage::LabelBundle, HostMessage::LabelSettings];
        let words = labels.iter().map(|label| face.words.text(label));
        let words = words.chain(of_hosts.iter().map(|label| face.words.text(label)));
        let widest = words.map(|word| shown_width(&word)).max().unwrap_or(0);
        Self {
            face,
            page: face.page(),
            labels: widest + 3,
        }
    }

    /// A line behind a label.
    fn labelled(&mut self, label: &impl Message, line: &Painted) {
        let label = self.face.ink.paint(Role::Heading, &self.face.words.text(label));
        self.page.hanging(&label, self.labels, line);
    }

    /// A line below a labelled one.
    fn below(&mut self, line: &Painted) {
        self.page.line(self.labels, line);
    }

    fn plain(&self, text: &str) -> Painted {
        self.face.ink.plain(text)
    }

    /// "… and 23 more", where some are left out.
    fn more(&mut self, indent: usize, left_out: usize) {
        if left_out > 0 {
            let text = self.face.words.text(&Label::More { count: left_out as u64 });
            self.page.line(indent, &self.face.ink.paint(Role::Muted, &text));
        }
    }
}

fn evidence(parts: &mut Parts<'_>, overview: &Overview) {
    let face = parts.face;
    let read: Vec<&EvidenceLine> = overview.evidence.iter().filter(|line| is_read(line)).collect();
    let mut summary = vec![
        face.words.text(&UnitMessage::Files {
            count: read.len() as u64,
        }),
        hosts(face, overview),
    ];
    if let Some((first, last)) = overview.range {
        summary.push(face.words.period_and_length(Some(first), Some(last)));
    }
    let summary = parts.plain(&summary.join(" · "));
    parts.labelled(&Label::LabelEvidence, &summary);
    let shown = face.shown(read.len(), MOST_FILES);
    for line in files(face, read.get(..shown).unwrap_or_default(), parts.labels) {
        parts.below(&line);
    }
    parts.more(parts.labels, read.len() - shown);
    not_read(parts, overview);
}

fn is_read(line: &EvidenceLine) -> bool {
    matches!(line.status, EvidenceStatus::Read | EvidenceStatus::ReadInPart)
}

fn hosts(face: &Face, overview: &Overview) -> String {
    let count = face.words.text(&UnitMessage::Hosts {
        count: overview.hosts.len() as u64,
    });
    let names: Vec<&str> = overview.hosts.iter().filter_map(|host| host.name.as_deref()).collect();
    if names.is_empty() {
        count
    } else {
        format!("{count} {}", face.words.list(&names))
    }
}

fn files(face: &Face, files: &[&EvidenceLine], indent: usize) -> Vec<Painted> {
    let row = |line: &&EvidenceLine| {
        vec![
            Cell::new(Role::Command, &line.id.to_string()),
            Cell::new(Role::Plain, if face.wide { &line.path } else { base_name(&line.path) }),
            Cell::new(Role::Plain, &line.format),
            Cell::new(Role::Plain, &units(face, &line.coverage)),
            Cell::new(Role::Caution, &losses(face, line)),
        ]
    };
    let columns = [
        Column::fixed(),
        Column::flexible(Cut::Middle, 16),
        Column::fixed(),
        Column::flexible(Cut::End, 20),
        Column::flexible(Cut::End, 20),
    ];
    let rows: Vec<Vec<Cell>> = files.iter().map(row).collect();
    lines(
        face.ink,
        &columns,
        &rows,
        (!face.wide).then(|| face.width.saturating_sub(indent)),
    )
}

/// The units of all sources of one piece: equal units are added up. Packets that name a process are among the packets.
fn units(face: &Face, coverage: &[CoverageLine]) -> String {
    let Some(first) = coverage.first() else {
        return String::new();
    };
    let counted = coverage
        .iter()
        .filter(|line| line.source != SourceKind::PacketProcesses);
    let total = CoverageLine {
        units: counted.fold(0, |sum, line| sum.saturating_add(line.units)),
        lost: coverage.iter().filter_map(|line| line.lost).reduce(u64::saturating_add),
        ..first.clone()
    };
    face.words.units(&total)
}

fn losses(face: &Face, line: &EvidenceLine) -> String {
    let mut parts = Vec::new();
    let oldest = line
        .coverage
        .iter()
        .filter(|it| it.overwritten_before)
        .filter_map(|it| it.first)
        .min();
    parts.extend(oldest.map(|first| {
        face.words.text(&Label::OverwrittenBefore {
            time: face.words.time(first),
        })
    }));
    if !line.issues.is_empty() {
        parts.push(face.words.text(&Label::EvidenceIssues {
            count: line.issues.len() as u64,
        }));
    }
    parts.join(" · ")
}

fn not_read(parts: &mut Parts<'_>, overview: &Overview) {
    let face = parts.face;
    let unread = |line: &&EvidenceLine| matches!(line.status, EvidenceStatus::NotUnderstood | EvidenceStatus::Failed);
    let all: Vec<&EvidenceLine> = overview.evidence.iter().filter(unread).collect();
    let shown = face.shown(all.len(), MOST_FILES);
    let name = |line: &&EvidenceLine| {
        let (path, format) = (base_name(&line.path).to_owned(), line.format.to_string());
        face.words.text(&Label::NotReadFile { path, format })
    };
    let mut files: Vec<String> = all.iter().take(shown).map(name).collect();
    if all.len() > shown {
        files.push(face.words.text(&UnitMessage::AndMore {
            count: (all.len() - shown) as u64,
        }));
    }
    if !files.is_empty() {
        let text = face.words.text(&Label::NotRead {
            files: face.words.list(&files),
        });
        parts.below(&face.ink.paint(Role::Caution, &text));
    }
}

fn clocks(parts: &mut Parts<'_>, overview: &Overview) {
    for (place, clock) in overview.clocks.iter().enumerate() {
        let line = parts.plain(&parts.face.words.clock(clock, &overview.evidence));
        if place == 0 {
            parts.labelled(&Label::LabelClocks, &line);
        } else {
            parts.below(&line);
        }
    }
}

fn bundles(parts: &mut Parts<'_>, overview: &Overview) {
    for bundle in &overview.bundles {
        parts.page.gap();
        let label = parts.face.words.text(&HostMessage::LabelBundle);
        parts.page.line(0, &parts.face.ink.paint(Role::Heading, &label));
        host::bundle(parts.face, &mut parts.page, INDENT, bundle, MOST_MISSING);
    }
}

fn settings(parts: &mut Parts<'_>, overview: &Overview) {
    let face = parts.face;
    let shown = face.shown(overview.settings.len(), MOST_SETTINGS);
    for (place, line) in overview.settings.iter().take(shown).enumerate() {
        let text = face.ink.plain(&face.words.setting(line));
        let line = Painted::join(&[text, face.references(&line.citations)], "  ");
        if place == 0 {
            parts.page.gap();
            parts.labelled(&HostMessage::LabelSettings, &line);
        } else {
            parts.below(&line);
        }
    }
    parts.more(parts.labels, overview.settings.len() - shown);
}

fn findings(parts: &mut Parts<'_>, overview: &Overview) {
    let face = parts.face;
    parts.page.gap();
    parts.page.line(
        0,
        &face.ink.paint(Role::Heading, &face.words.text(&Label::LabelFindings)),
    );
    if overview.findings.is_empty() {
        parts
            .page
            .line(INDENT, &face.ink.plain(&face.words.text(&Label::NoFindings)));
    }
    let shown = face.shown(overview.findings.len(), MOST_FINDINGS);
    for finding in overview.findings.iter().take(shown) {
        finding_line(parts, finding);
    }
    parts.more(INDENT, overview.findings.len() - shown);
    for line in overview
        .policy
        .iter()
        .flat_map(|report| face.words.policy_report(report))
    {
        parts.page.line(INDENT, &face.ink.paint(Role::Muted, &line));
    }
}

fn finding_line(parts: &mut Parts<'_>, finding: &Finding) {
    let face = parts.face;
    let word = face.words.text(&severity(finding.severity));
    let mark = format!("{} {word}", severity_mark(finding.severity));
    let mark = Painted::blanks(INDENT).then(&face.ink.paint(Role::of_severity(finding.severity), &mark));
    let sentence = face.ink.plain(&face.words.finding(finding));
    let grade = face.words.text(&crate::words::grade(finding.grade));
    let grade = face.ink.paint(Role::of_grade(finding.grade), &grade);
    let line = Painted::join(&[sentence, grade, face.references(&finding.citations)], "  ");
    parts.page.hanging(&mark, INDENT + 10, &line);
}

fn blocked(parts: &mut Parts<'_>, overview: &Overview) {
    parts.page.gap();
    let summary = blocked_summary(parts.face, overview);
    let summary = parts.plain(&summary);
    parts.labelled(&Label::LabelBlocked, &summary);
    let shown = parts.face.shown(overview.blocked.len(), MOST_BLOCKS);
    for row in overview.blocked.iter().take(shown) {
        let line = block_line(parts.face, row);
        parts.below(&line);
    }
    parts.more(parts.labels, overview.blocked.len() - shown);
    let drops = parts.face.shown(overview.drops.len(), MOST_BLOCKS);
    for row in overview.drops.iter().take(drops) {
        let text = parts.plain(&parts.face.words.dropped(row));
        let line = Painted::join(&[text, parts.face.references(&row.citations)], "  ");
        parts.below(&line);
    }
}

/// Absence is only said where it was observable.
fn blocked_summary(face: &Face, overview: &Overview) -> String {
    let observable = |line: &CoverageLine| line.source == SourceKind::ConnectionAudit;
    let mut parts = Vec::new();
    if !overview.blocked.is_empty() {
        parts.push(face.words.blocked_summary(&overview.blocked));
    } else if overview.coverage.iter().any(observable) {
        parts.push(face.words.text(&Label::NoBlocks));
    } else {
        parts.push(face.words.text(&Label::NoBlocksUnobserved));
    }
    let dropped = overview
        .drops
        .iter()
        .fold(0u64, |sum, row| sum.saturating_add(row.packets));
    if dropped > 0 {
        let packets = face.words.text(&UnitMessage::Packets { count: dropped });
        parts.push(face.words.text(&Label::DroppedSummary { packets }));
    }
    parts.join(" · ")
}

fn block_line(face: &Face, row: &BlockRow) -> Painted {
    let who = face.ink.plain(&face.words.blocked(row));
    let filter = match (&row.filter, &row.unknown) {
        (Some(filter), _) if face.wide => face.words.filter_in_full(filter),
        (Some(filter), _) => face.words.filter_in_brief(filter),
        (None, Some(reason)) => face.words.unknown(whotalks_report::UnknownAspect::Filter, reason),
        (None, None) => String::new(),
    };
    let times = face.words.text(&Label::Times { count: row.connections });
    let event = face.ink.plain(&format!("{} {times}", event_word(row.event)));
    Painted::join(
        &[who, face.ink.plain(&filter), event, face.references(&row.citations)],
        "  ",
    )
}

fn unknowns(parts: &mut Parts<'_>, overview: &Overview) {
    if overview.evidence.is_empty() {
        return;
    }
    parts.page.gap();
    if overview.unknowns.is_empty() {
        let text = parts.plain(&parts.face.words.text(&Label::NoUnknowns));
        parts.labelled(&Label::LabelUnknown, &text);
        return;
    }
    let shown = parts.face.shown(overview.unknowns.len(), MOST_UNKNOWNS);
    for (place, row) in overview.unknowns.iter().take(shown).enumerate() {
        let line = unknown_line(parts.face, row);
        if place == 0 {
            parts.labelled(&Label::LabelUnknown, &line);
        } else {
            parts.below(&line);
        }
        if let Some(remedy) = &row.remedy {
            parts.face.remedy(&mut parts.page, parts.labels + 2, remedy);
        }
    }
    parts.more(parts.labels, overview.unknowns.len() - shown);
}

fn unknown_line(face: &Face, row: &UnknownRow) -> Painted {
    let aspect = face.words.text(&unknown_aspect(row.aspect));
    let text = face.words.labelled(aspect, face.words.reason(&row.reason));
    let text = face.words.with_detail(text, &face.words.concerns(row));
    Painted::join(&[face.ink.plain(&text), face.references(&row.citations)], "  ")
}

fn next(parts: &mut Parts<'_>, overview: &Overview) {
    let face = parts.face;
    let ask = |subject: String| {
        face.ink
            .paint(Role::Command, &face.words.text(&Label::NextAsk { subject }))
    };
    let shown = face.shown(overview.next.len(), MOST_NEXT);
    let commands: Vec<Painted> = overview
        .next
        .iter()
        .filter_map(|it| command_word(it))
        .take(shown)
        .map(ask)
        .collect();
    if !commands.is_empty() {
        parts.page.gap();
        parts.labelled(&Label::LabelNext, &Painted::join(&commands, " · "));
    }
}
