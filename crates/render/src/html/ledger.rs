//! What was observed: the coverage ledger, the clocks, the manifest and what could not be read.

use maud::{Markup, html};
use whotalks_correlate::CoverageLine;
use whotalks_report::EvidenceLine;

use super::Report;
use super::cite::limited;
use crate::messages::{HostMessage, LabelMessage as Label, ReportMessage as Message, UnitMessage};
use crate::words;

/// The most lines of the ledger and of the manifest.
const MOST_LINES: usize = 1_000;

/// The most issues of one piece of evidence.
const MOST_ISSUES: usize = 20;

impl Report<'_> {
    pub(super) fn coverage(&self) -> Markup {
        let (lines, more) = limited(&self.overview.coverage, MOST_LINES);
        let content = html! {
            div class="scroll" {
                table {
                    thead { tr { @for title in [
                        Label::ColumnFile, Label::ColumnSource, Label::ColumnUnits, Label::ColumnCovers, Label::ColumnCannotSee,
                    ] { th scope="col" { (self.text(&title)) } } } }
                    tbody { @for line in lines { (self.coverage_line(line)) } }
                }
            }
            @if more > 0 { p { (self.text(&UnitMessage::AndMore { count: more })) } }
            (self.clocks())
            (self.settings())
            (self.bundles())
        };
        self.section("coverage", &Message::SectionCoverage, &content)
    }

    fn coverage_line(&self, line: &CoverageLine) -> Markup {
        let file = words::file_name(&self.overview.evidence, line.evidence);
        let overwritten = line.first.filter(|_| line.overwritten_before);
        html! {
            tr {
                td { code { (line.evidence) } " " (file) }
                td { (self.words.source(line.source)) }
                td { (self.words.units(line)) }
                td {
                    (self.words.period_and_length(line.first, line.last))
                    @if let Some(first) = overwritten {
                        span class="note" { (self.text(&Label::OverwrittenBefore { time: self.words.time(first) })) }
                    }
                }
                td { (self.text(&words::cannot_see(line.source))) }
            }
        }
    }

    fn clocks(&self) -> Markup {
        html! {
            @if !self.overview.clocks.is_empty() {
                h3 { (self.text(&Message::SectionClocks)) }
                ul { @for clock in &self.overview.clocks { li { (self.words.clock(clock, &self.overview.evidence)) } } }
            }
        }
    }

    fn settings(&self) -> Markup {
        html! {
            @if !self.overview.settings.is_empty() {
                h3 { (self.text(&HostMessage::LabelSettings)) }
                ul { @for line in &self.overview.settings {
                    li { (self.words.setting(line)) " " (self.references(&line.citations)) }
                } }
            }
        }
    }

    fn bundles(&self) -> Markup {
        html! {
            @for bundle in &self.overview.bundles {
                h3 { (self.text(&HostMessage::LabelBundle)) }
                @for line in self.words.bundle(bundle) { p { (line) } }
                ul { @for missing in &bundle.missing {
                    li {
                        (self.words.missing_part(missing.part))
                        @if let Some(remedy) = &missing.remedy { " " code { (words::quote(&remedy.command)) } }
                    }
                } }
            }
        }
    }

    pub(super) fn manifest(&self) -> Markup {
        let (lines, more) = limited(&self.overview.evidence, MOST_LINES);
        let content = html! {
            @if lines.is_empty() { p { (self.text(&Label::NoEvidence)) } }
            div class="scroll" {
                table class="manifest" {
                    thead { tr { @for title in [
                        Label::ColumnReference, Label::ColumnFile, Label::ColumnFormat, Label::ColumnSize, Label::ColumnStatus,
                    ] { th scope="col" { (self.text(&title)) } } } }
                    tbody { @for line in lines { (self.manifest_line(line)) } }
                }
            }
            @if more > 0 { p { (self.text(&UnitMessage::AndMore { count: more })) } }
            (self.issues(lines))
        };
        self.section("evidence", &Message::SectionEvidence, &content)
    }

    fn manifest_line(&self, line: &EvidenceLine) -> Markup {
        html! {
            tr {
                td { code { (line.id) } }
                td {
                    (words::quote(&line.path))
                    @if let Some(hash) = &line.sha256 { span class="note hash" { "SHA-256 " (words::quote(hash)) } }
                }
                td { (words::quote(&line.format)) }
                td class="number" { (self.words.size(line.bytes)) }
                td { (self.text(&words::evidence_status(line.status))) }
            }
        }
    }

    fn issues(&self, lines: &[EvidenceLine]) -> Markup {
        let shown = lines.iter().flat_map(|line| limited(&line.issues, MOST_ISSUES).0);
        let issues: Vec<String> = shown.map(|issue| self.words.issue(issue)).collect();
        html! {
            @if !issues.is_empty() {
                h3 { (self.text(&Message::SectionIssues)) }
                ul class="issues" { @for issue in issues { li { (issue) } } }
            }
        }
    }
}
