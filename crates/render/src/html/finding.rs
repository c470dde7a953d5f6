//! Findings as cards.

use maud::{Markup, html};
use whotalks_report::Finding;

use super::Report;
use super::cite::limited;
use crate::messages::{LabelMessage, ReportMessage as Message, UnitMessage};
use crate::words::{finding_advice, finding_title};

/// The most findings on the page.
pub(super) const MOST_FINDINGS: usize = 100;

impl Report<'_> {
    pub(super) fn findings(&self) -> Markup {
        let (shown, more) = limited(&self.overview.findings, MOST_FINDINGS);
        let content = html! {
            @if shown.is_empty() { p { (self.text(&LabelMessage::NoFindings)) } }
            @for (place, finding) in shown.iter().enumerate() { (self.finding(place + 1, finding)) }
            @if more > 0 { p { (self.text(&UnitMessage::AndMore { count: more })) } }
            @for line in self.overview.policy.iter().flat_map(|report| self.words.policy_report(report)) { p { (line) } }
        };
        self.section("findings", &Message::SectionFindings, &content)
    }

    fn finding(&self, number: usize, finding: &Finding) -> Markup {
        let period = self.words.period_and_length(finding.first, finding.last);
        html! {
            article class="finding" id={ "finding-" (number) } {
                h3 {
                    span class="number" { (number) }
                    (self.severity(finding.severity))
                    (self.text(&finding_title(&finding.kind)))
                    (self.grade(finding.grade))
                }
                p class="sentence" { (self.words.finding(finding)) }
                p class="period" { (period) }
                p class="advice" {
                    strong { (self.text(&Message::FindingMeaning)) } " — "
                    (self.text(&finding_advice(&finding.kind)))
                }
                (self.proof(&finding.citations))
            }
        }
    }
}
