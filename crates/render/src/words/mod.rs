//! Typed values put into words, in one language and one offset, for all faces alike.
//!
//! Texts made here still hold what evidence says, unescaped; the face that writes them escapes them.

mod amount;
mod cell;
mod evidence;
mod filter;
mod finding;
mod host;
mod object;
mod policy;
mod query;
mod query_part;
mod reason;
mod sheet;
mod statement;
mod summary;
mod vocabulary;

pub use evidence::{base_name, file_name};
pub use filter::{filter_excerpt, filter_problem};
pub use query::query_excerpt;
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

/// The longest piece of evidence that a sentence quotes, in characters. A command line may have 32,767 and a hostile name more;
/// the JSON has them whole.
const LONGEST_QUOTE: usize = 1_000;

/// A piece of evidence as it stands in a sentence or cell: as it is, its middle cut out where it is too long to read.
pub fn quote(text: &str) -> String {
    let long = text.len() > LONGEST_QUOTE && text.chars().nth(LONGEST_QUOTE).is_some();
    if !long {
        return text.to_owned();
    }
    let half = LONGEST_QUOTE / 2;
    let head: String = text.chars().take(half).collect();
    let tail: Vec<char> = text.chars().rev().take(half).collect();
    format!("{head}…{}", tail.into_iter().rev().collect::<String>())
}

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
        let join = |rest: String, first: &T| self.text(&pair(quote(first.as_ref()), rest));
        match items.split_last() {
            Some((last, before)) => before.iter().rev().fold(quote(last.as_ref()), join),
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
        text.map_or_else(|| NOTHING.to_owned(), |it| quote(it))
    }
}
