//! The part of a text, or of a list, in which `indexof()` and its sisters look.

use crate::prelude::*;

/// Where to look: from a place, up to the place before which a match must end, and for which match.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) occurrence: usize,
}

impl Window {
    /// Reads start, length and occurrence, which may be left out, from the arguments after the first two, for
    /// something of so many characters. None where they mean nothing.
    pub(crate) fn of_row(row: Row<'_>, count: usize) -> Option<Self> {
        let start = row.long(2).unwrap_or(0);
        let whole = i64::try_from(count).ok()?;
        let start = if start < 0 {
            whole.checked_add(start)?.max(0)
        } else {
            start.min(whole)
        };
        let length = row.long(3).unwrap_or(-1);
        let end = if length < 0 {
            whole
        } else {
            start.saturating_add(length).min(whole)
        };
        let occurrence = row.long(4).unwrap_or(1);
        let known = length >= -1 && occurrence > 0;
        known.then_some(())?;
        Some(Self {
            start: usize::try_from(start).ok()?,
            end: usize::try_from(end).ok()?,
            occurrence: usize::try_from(occurrence).ok()?,
        })
    }
}

/// The place of a character as a place of a byte.
pub(crate) fn byte_place(text: &str, character: usize) -> usize {
    text.char_indices()
        .nth(character)
        .map_or(text.len(), |(place, _)| place)
}

/// How many characters stand before the place of a byte.
pub(crate) fn characters_before(text: &str, place: usize) -> Option<i64> {
    i64::try_from(text.get(..place)?.chars().count()).ok()
}
