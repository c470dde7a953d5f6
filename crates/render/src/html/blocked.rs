//! Blocked connections, and drops that were none.

use maud::{Markup, html};
use whotalks_record::SourceKind;
use whotalks_report::{BlockRow, UnknownAspect};

use super::Report;
use super::cite::limited;
use crate::format::grouped;
use crate::messages::{LabelMessage as Label, ReportMessage as Message, UnitMessage};
use crate::words::connection_event;

/// The most rows.
const MOST_ROWS: usize = 500;

impl Report<'_> {
    pub(super) fn blocked_and_dropped(&self) -> Markup {
        let content = html! {
            @if self.overview.blocked.is_empty() { p { (self.no_blocks()) } } @else { (self.block_table()) }
            @if !self.overview.drops.is_empty() {
                ul class="drops" {
                    @for row in limited(&self.overview.drops, MOST_ROWS).0 {
                        li { (self.words.dropped(row)) " " (self.references(&row.citations)) }
                    }
                }
            }
        };
        self.section("blocked", &Message::SectionBlocked, &content)
    }

    /// Absence is only said where it was observable.
    pub(super) fn blocks_are_observable(&self) -> bool {
        self.overview
            .coverage
            .iter()
            .any(|line| line.source == SourceKind::ConnectionAudit)
    }

    fn no_blocks(&self) -> String {
        self.text(if self.blocks_are_observable() {
            &Label::NoBlocks
        } else {
            &Label::NoBlocksUnobserved
        })
    }

    fn block_table(&self) -> Markup {
        let (rows, more) = limited(&self.overview.blocked, MOST_ROWS);
        html! {
            p { (self.words.blocked_summary(&self.overview.blocked)) }
            div class="scroll" {
                table {
                    thead {
                        tr {
                            th scope="col" { (self.text(&Label::ColumnProgram)) " → " (self.text(&Label::ColumnAddress)) }
                            th scope="col" { (self.text(&Label::ColumnFilter)) }
                            th scope="col" { (self.text(&Message::BlockEvent)) }
                            th scope="col" class="number" { (self.text(&Message::BlockConnections)) }
                            th scope="col" { (self.text(&Message::BlockProof)) }
                        }
                    }
                    tbody { @for row in rows { (self.block_row(row)) } }
                }
            }
            @if more > 0 { p { (self.text(&UnitMessage::AndMore { count: more })) } }
        }
    }

    fn block_row(&self, row: &BlockRow) -> Markup {
        let filter = match (&row.filter, &row.unknown) {
            (Some(filter), _) => self.words.filter_in_full(filter),
            (None, Some(reason)) => self.words.unknown(UnknownAspect::Filter, reason),
            (None, None) => crate::words::NOTHING.to_owned(),
        };
        html! {
            tr {
                td { (self.words.blocked(row)) " " (self.grade(row.program.grade)) }
                td { (filter) }
                td { (self.text(&connection_event(row.event))) }
                td class="number" { (grouped(row.connections)) }
                td { (self.references(&row.citations)) }
            }
        }
    }
}
