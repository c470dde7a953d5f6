//! Typed values put into words, in one language and one offset, for all faces alike.
//!
//! Texts made here still hold what evidence says, unescaped; the face that writes them escapes them.

mod amount;
mod cell;
mod evidence;
mod finding;
mod reason;
mod statement;
mod summary;
mod vocabulary;

pub use evidence::{base_name, file_name};
pub use summary::{EndpointCounts, blocked_connections, blocking_filters};
pub use vocabulary::*;

use jiff::tz::TimeZone;
use unicode_width::UnicodeWidthChar;
use whotalks_record::Text;
use whotalks_report::Localised;

use crate::messages::{Message, UnitMessage};
use crate::{Language, Messages, TimeZoneChoice};

/// The mark of an empty cell.
pub const NOTHING: &str = "–";

/// Puts values into words.
pub struct Words {
    messages: Messages,
    zone: TimeZone,
}

impl Words {
    /// Words of `language`, with times in `time_zone`.
    pub fn new(language: Language, time_zone: TimeZoneChoice) -> Self {
        Self {
            messages: Messages::new(language),
            zone: time_zone.zone(),
        }
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.messages.language()
    }

    /// The text of a message.
    pub fn text(&self, message: &impl Message) -> String {
        self.messages.get(message)
    }

    /// The text of the catalogue in this language; the other one where this one is missing.
    pub fn localised<'a>(&self, text: &'a Localised) -> &'a str {
        let (first, second) = match self.language() {
            Language::English => (&text.en, &text.ja),
            Language::Japanese => (&text.ja, &text.en),
        };
        if first.is_empty() { second } else { first }
    }

    /// `a, b, c`.
    pub fn list<T: AsRef<str>>(&self, items: &[T]) -> String {
        self.join(items, |first, rest| UnitMessage::List { first, rest })
    }

    /// `a or b or c`.
    pub fn alternatives<T: AsRef<str>>(&self, items: &[T]) -> String {
        self.join(items, |first, rest| UnitMessage::Alternatives { first, rest })
    }

    pub(super) fn join<T: AsRef<str>>(&self, items: &[T], pair: impl Fn(String, String) -> UnitMessage) -> String {
        let join = |rest: String, first: &T| self.text(&pair(first.as_ref().to_owned(), rest));
        match items.split_last() {
            Some((last, before)) => before.iter().rev().fold(last.as_ref().to_owned(), join),
            None => String::new(),
        }
    }

    /// `text (detail)`; the text alone where there is no detail.
    pub fn with_detail(&self, text: String, detail: &str) -> String {
        if detail.is_empty() {
            return text;
        }
        let detail = detail.to_owned();
        // Full-width text takes full-width brackets; beside Latin text they would leave a hole.
        let ends_wide = text
            .chars()
            .next_back()
            .and_then(|it| it.width())
            .is_some_and(|width| width > 1);
        self.text(&if ends_wide {
            UnitMessage::WithDetailWide { text, detail }
        } else {
            UnitMessage::WithDetail { text, detail }
        })
    }

    /// `label: text`.
    pub fn labelled(&self, label: String, text: String) -> String {
        self.text(&UnitMessage::Labelled { label, text })
    }

    /// The text, or the mark of an empty cell.
    pub fn or_nothing(&self, text: Option<&Text>) -> String {
        text.map_or_else(|| NOTHING.to_owned(), |it| it.to_string())
    }
}
