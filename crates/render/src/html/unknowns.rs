//! What is not known, with the command that would have told.

use maud::{Markup, html};
use whotalks_report::UnknownRow;

use super::Report;
use super::cite::limited;
use crate::messages::{LabelMessage, ReportMessage as Message, UnitMessage};

/// The most rows.
const MOST_ROWS: usize = 200;

impl Report<'_> {
    pub(super) fn unknowns(&self) -> Markup {
        let (rows, more) = limited(&self.overview.unknowns, MOST_ROWS);
        let content = html! {
            @if rows.is_empty() { p { (self.text(&LabelMessage::NoUnknowns)) } }
            @for row in rows { (self.unknown(row)) }
            @if more > 0 { p { (self.text(&UnitMessage::AndMore { count: more })) } }
        };
        self.section("unknown", &Message::SectionUnknown, &content)
    }

    fn unknown(&self, row: &UnknownRow) -> Markup {
        html! {
            article class="unknown" {
                p class="sentence" { (self.words.unknown(row.aspect, &row.reason)) }
                p class="note" { (self.words.concerns(row)) " " (self.references(&row.citations)) }
                @if let Some(remedy) = &row.remedy {
                    dl {
                        dt { (self.text(&Message::UnknownCommand)) }
                        dd { (self.command(&remedy.command)) }
                        @if let Some(undo) = &remedy.undo {
                            dt { (self.text(&Message::UnknownUndo)) }
                            dd { (self.command(undo)) }
                        }
                    }
                }
            }
        }
    }

    /// A command or setting to copy.
    pub(super) fn command(&self, command: &str) -> Markup {
        html! {
            span class="command" {
                code { (command) }
                button type="button" class="copy" data-needs-script="" hidden
                    data-done=(self.text(&Message::Copied)) { (self.text(&Message::Copy)) }
            }
        }
    }
}
