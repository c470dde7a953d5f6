//! The report to look at: one self-contained HTML file.
//!
//! Loads nothing and sends nothing: a content security policy forbids every source but the one style and the one script that
//! are in the file, by their hash, so not even a script that slipped through the escaping would run. Evidence gets into the
//! page through `maud`, which escapes every splice; [`visible`] runs over the finished page and shows what would otherwise
//! hide or reorder text. Without the script everything is still readable; it only sorts, filters and copies.

mod asset;
mod blocked;
mod chart;
mod cite;
mod comparison;
mod detail;
mod finding;
mod flow;
mod hunt;
mod ledger;
mod picture;
mod summary;
mod table;
mod unknowns;

pub use comparison::comparison;
pub use hunt::hunt;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use whotalks_report::Overview;

use crate::messages::{Message, ReportMessage};
use crate::sanitize::visible;
use crate::words::{Words, quote};
use crate::{Language, TimeZoneChoice};

/// How to write the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The language.
    pub language: Language,
    /// The offset of times.
    pub time_zone: TimeZoneChoice,
}

/// The report of an investigation, a whole HTML document.
pub fn report(overview: &Overview, options: &Options) -> String {
    let report = Report {
        words: Words::new(options.language, options.time_zone),
        overview,
    };
    visible(&report.document().into_string())
}

/// What the sections share.
struct Report<'a> {
    words: Words,
    overview: &'a Overview,
}

impl Report<'_> {
    fn text(&self, message: &impl Message) -> String {
        self.words.text(message)
    }

    fn document(&self) -> Markup {
        html! {
            (DOCTYPE)
            html lang=(self.words.language().tag()) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(asset::policy());
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="referrer" content="no-referrer";
                    meta name="color-scheme" content="light dark";
                    title { (self.title()) }
                    style { (PreEscaped(asset::STYLE)) }
                }
                body {
                    (self.masthead())
                    main { (self.sections()) }
                    (self.footer())
                    script { (PreEscaped(asset::SCRIPT)) }
                }
            }
        }
    }

    fn sections(&self) -> Markup {
        html! {
            (self.summary())
            (self.findings())
            (self.chart())
            (self.flow())
            (self.endpoint_table())
            (self.blocked_and_dropped())
            (self.unknowns())
            (self.endpoint_details())
            (self.coverage())
            (self.manifest())
        }
    }

    fn title(&self) -> String {
        let names: Vec<&str> = self
            .overview
            .hosts
            .iter()
            .filter_map(|host| host.name.as_deref())
            .collect();
        self.text(&match names.as_slice() {
            [host] => ReportMessage::ReportTitle { host: quote(host) },
            _ => ReportMessage::ReportTitleHosts {
                count: self.overview.hosts.len() as u64,
            },
        })
    }

    fn masthead(&self) -> Markup {
        let period = self.overview.range.map(|(first, last)| self.words.period(first, last));
        html! {
            header class="masthead" {
                div {
                    p class="kind" { (self.text(&ReportMessage::ReportKind)) }
                    h1 { (self.title()) }
                    @if let Some(period) = period { p class="period" { (period) } }
                }
                div class="controls" data-needs-script="" hidden {
                    button type="button" id="theme" { (self.text(&ReportMessage::ReportTheme)) }
                    button type="button" id="print" { (self.text(&ReportMessage::ReportPrint)) }
                }
            }
            (self.contents())
        }
    }

    fn contents(&self) -> Markup {
        let has_endpoints = !self.overview.endpoints.is_empty();
        let entries = [
            Some(("summary", ReportMessage::SectionSummary)),
            Some(("findings", ReportMessage::SectionFindings)),
            Some(("timeline", ReportMessage::SectionTimeline)),
            has_endpoints.then_some(("flow", ReportMessage::SectionFlow)),
            Some(("endpoints", ReportMessage::SectionEndpoints)),
            Some(("blocked", ReportMessage::SectionBlocked)),
            Some(("unknown", ReportMessage::SectionUnknown)),
            has_endpoints.then_some(("details", ReportMessage::SectionDetails)),
            Some(("coverage", ReportMessage::SectionCoverage)),
            Some(("evidence", ReportMessage::SectionEvidence)),
        ];
        html! {
            nav class="contents" aria-label=(self.text(&ReportMessage::ReportContents)) {
                @for (anchor, title) in entries.into_iter().flatten() { a href={ "#" (anchor) } { (self.text(&title)) } }
            }
        }
    }

    fn footer(&self) -> Markup {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let catalogue = self.overview.catalogue_version.to_string();
        html! {
            footer {
                p { (self.text(&ReportMessage::ReportGrades)) }
                p { (self.text(&ReportMessage::ReportVersion { version, catalogue })) }
            }
        }
    }

    /// A section with its heading.
    fn section(&self, anchor: &str, title: &ReportMessage, content: &Markup) -> Markup {
        html! { section id=(anchor) { h2 { (self.text(title)) } (content) } }
    }
}
