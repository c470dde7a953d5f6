//! What a manager reads: a few sentences and a few numbers.

use maud::{Markup, html};
use whotalks_report::{EvidenceStatus, Overview, Severity};

use super::Report;
use crate::format::grouped;
use crate::messages::{ReportMessage as Message, UnitMessage};
use crate::words::{EndpointCounts, NOTHING, blocked_connections, blocking_filters};

impl Report<'_> {
    pub(super) fn summary(&self) -> Markup {
        let sentences = [
            self.scope_sentence(),
            self.findings_sentence(),
            self.endpoints_sentence(),
            self.blocked_sentence(),
        ];
        let content = html! {
            div class="lead" { @for sentence in sentences.iter().filter(|it| !it.is_empty()) { p { (sentence) } } }
            (self.tiles())
        };
        self.section("summary", &Message::SectionSummary, &content)
    }

    fn scope_sentence(&self) -> String {
        let read = |status| matches!(status, EvidenceStatus::Read | EvidenceStatus::ReadInPart);
        let count = self.overview.evidence.iter().filter(|line| read(line.status)).count() as u64;
        let files = self.text(&UnitMessage::Files { count });
        let hosts = self.text(&UnitMessage::Hosts {
            count: self.overview.hosts.len() as u64,
        });
        self.text(&match self.overview.range {
            Some((first, last)) => {
                let period = self.words.period_and_length(Some(first), Some(last));
                Message::SummaryPeriod { hosts, files, period }
            }
            None => Message::SummaryNoPeriod { hosts, files },
        })
    }

    fn findings_sentence(&self) -> String {
        let urgent = self
            .overview
            .findings
            .iter()
            .filter(|it| it.severity == Severity::High)
            .count() as u64;
        self.text(&match self.overview.findings.len() as u64 {
            0 => Message::SummaryNone,
            _ if urgent > 0 => Message::SummaryUrgent { count: urgent },
            count => Message::SummaryLook { count },
        })
    }

    fn endpoints_sentence(&self) -> String {
        let counts = EndpointCounts::of(&self.overview.endpoints);
        self.text(&Message::SummaryEndpoints {
            total: self.overview.endpoints.len() as u64,
            known: counts.known,
            explained: counts.explained,
            unknown: counts.unknown + counts.unexpected,
        })
    }

    fn blocked_sentence(&self) -> String {
        if self.overview.blocked.is_empty() {
            return String::new();
        }
        let connections = self.text(&UnitMessage::Connections {
            count: blocked_connections(&self.overview.blocked),
        });
        let filters = self.text(&UnitMessage::Filters {
            count: blocking_filters(&self.overview.blocked),
        });
        self.text(&Message::SummaryBlocked { connections, filters })
    }

    /// How many connections were blocked; zero only where blocks were observable.
    fn blocked_tile(&self) -> String {
        if self.overview.blocked.is_empty() && !self.blocks_are_observable() {
            return NOTHING.to_owned();
        }
        grouped(blocked_connections(&self.overview.blocked))
    }

    fn tiles(&self) -> Markup {
        let counts = EndpointCounts::of(&self.overview.endpoints);
        let (sent, received) = totals(self.overview);
        let volume = format!(
            "{} / {}",
            self.words.size_or_nothing(sent),
            self.words.size_or_nothing(received)
        );
        let tiles = [
            (
                "findings",
                Message::TileFindings,
                grouped(self.overview.findings.len() as u64),
            ),
            (
                "endpoints",
                Message::TileEndpoints,
                grouped(self.overview.endpoints.len() as u64),
            ),
            (
                "endpoints",
                Message::TileUnknown,
                grouped(counts.unknown + counts.unexpected),
            ),
            ("blocked", Message::TileBlocked, self.blocked_tile()),
            ("timeline", Message::TileVolume, volume),
        ];
        html! {
            div class="tiles" {
                @for (anchor, title, value) in tiles {
                    a class="tile" href={ "#" (anchor) } {
                        span class="number" { (value) }
                        span class="what" { (self.text(&title)) }
                    }
                }
            }
        }
    }
}

/// Bytes over all endpoints; none where no packets were captured.
fn totals(overview: &Overview) -> (Option<u64>, Option<u64>) {
    let sent = overview
        .endpoints
        .iter()
        .filter_map(|row| row.sent_bytes)
        .reduce(u64::saturating_add);
    let received = overview
        .endpoints
        .iter()
        .filter_map(|row| row.received_bytes)
        .reduce(u64::saturating_add);
    (sent, received)
}
