//! Citations and badges.

use maud::{Markup, html};
use whotalks_record::Grade;
use whotalks_report::{Citation, Explanation, Severity};

use super::Report;
use crate::json::vocabulary;
use crate::messages::LabelMessage;
use crate::words::{self, quote};

/// The most citations listed in one place; the JSON has all.
const MOST_CITATIONS: usize = 12;

impl Report<'_> {
    /// References in a row, file and time on hover.
    pub(super) fn references(&self, citations: &[Citation]) -> Markup {
        let (shown, more) = limited(citations, MOST_CITATIONS);
        html! {
            span class="references" {
                @for citation in shown { code class="cite" title=(self.citation_detail(citation)) { (citation.span) } " " }
                @if more > 0 { (self.text(&LabelMessage::CitationsMore { count: more })) }
            }
        }
    }

    /// The same as a list with file, kind and time written out.
    pub(super) fn proof(&self, citations: &[Citation]) -> Markup {
        let (shown, more) = limited(citations, MOST_CITATIONS);
        html! {
            ol class="proof" {
                @for citation in shown {
                    li { code class="cite" { (citation.span) } " " span { (self.citation_detail(citation)) } }
                }
                @if more > 0 { li { (self.text(&LabelMessage::CitationsMore { count: more })) } }
            }
        }
    }

    fn citation_detail(&self, citation: &Citation) -> String {
        let time = self.words.time_or_unknown(citation.time);
        format!("{} · {} · {time}", quote(&citation.file), quote(&citation.what))
    }

    /// The word of a grade; colour only repeats it.
    pub(super) fn grade(&self, grade: Grade) -> Markup {
        html! { span class={ "grade grade-" (grade.word()) } { (self.text(&words::grade(grade))) } }
    }

    /// The word of a severity with its mark.
    pub(super) fn severity(&self, severity: Severity) -> Markup {
        let word = vocabulary::severity(severity);
        html! {
            span class={ "severity severity-" (word) } {
                span aria-hidden="true" { (severity_mark(severity)) " " }
                (self.text(&words::severity(severity)))
            }
        }
    }

    /// The word of a verdict.
    pub(super) fn verdict(&self, explanation: &Explanation) -> Markup {
        html! {
            span class={ "verdict verdict-" (verdict_class(explanation)) } {
                (self.text(&words::explanation(explanation)))
            }
        }
    }
}

/// The first `most` items and how many are left out.
pub(super) fn limited<T>(items: &[T], most: usize) -> (&[T], u64) {
    let shown = items.get(..most).unwrap_or(items);
    (shown, (items.len() - shown.len()) as u64)
}

/// The class of a verdict, one per colour and pattern.
pub(super) fn verdict_class(explanation: &Explanation) -> &'static str {
    match explanation {
        Explanation::Known(_) => "known",
        Explanation::KnownButUnexpectedProgram(_) => "unexpected",
        Explanation::Explained => "explained",
        Explanation::Unknown { suspicious: false } => "unknown",
        Explanation::Unknown { suspicious: true } => "suspicious",
    }
}

/// A shape that tells the severity without colour.
fn severity_mark(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "▲",
        Severity::Medium => "△",
        Severity::Low => "▽",
        Severity::Info => "○",
    }
}
