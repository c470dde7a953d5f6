//! Lists with commas.

use super::Parser;
use crate::diagnostic::Expected;
use crate::token::TokenKind;

/// How a list is written.
#[derive(Clone, Copy)]
pub(super) struct List {
    /// What each element is, for messages.
    element: Expected,
    /// Whether it must have an element.
    needs_one: bool,
    /// Whether a comma can stand at its end.
    trailing_comma: bool,
    /// The words that end it, besides closing brackets, `|`, `;` and the end; none where only a missing comma ends it.
    ends: Option<&'static [&'static str]>,
}

/// A list of that, which a closing bracket, `|`, `;` or the end ends.
pub(super) fn list(element: Expected) -> List {
    List {
        element,
        needs_one: false,
        trailing_comma: false,
        ends: Some(&[]),
    }
}

impl List {
    /// It must have an element.
    pub(super) fn needs_one(self) -> Self {
        Self {
            needs_one: true,
            ..self
        }
    }

    /// A comma can stand at its end.
    pub(super) fn trailing_comma(self) -> Self {
        Self {
            trailing_comma: true,
            ..self
        }
    }

    /// One of these words ends it too.
    pub(super) fn ended_by(self, words: &'static [&'static str]) -> Self {
        Self {
            ends: Some(words),
            ..self
        }
    }

    /// It ends where no comma follows.
    pub(super) fn open(self) -> Self {
        Self { ends: None, ..self }
    }
}

impl Parser<'_> {
    /// Whether a closing bracket, `|`, `;` or the end is that many places on.
    pub(super) fn at_list_end(&self, offset: usize) -> bool {
        let token = self.peek_at(offset);
        token.kind == TokenKind::End || [")", "]", "}", "|", ";"].iter().any(|end| token.is(end))
    }

    /// Reads a list.
    pub(super) fn list<T>(&mut self, how: List, element: impl FnMut(&mut Self) -> Option<T>) -> Vec<T> {
        self.list_until(how, element, |parser| {
            how.ends
                .is_some_and(|words| parser.at_list_end(0) || parser.at_any(words))
        })
    }

    /// Reads a list that ends where `ended` says so.
    pub(super) fn list_until<T>(
        &mut self,
        how: List,
        mut element: impl FnMut(&mut Self) -> Option<T>,
        ended: impl Fn(&Self) -> bool,
    ) -> Vec<T> {
        let mut elements = Vec::new();
        let mut read = |parser: &mut Self| if ended(parser) { None } else { element(parser) };
        let mut next = read(self);
        if next.is_none() && (how.needs_one || self.at(",")) {
            self.missing(how.element);
        }
        loop {
            let nothing = next.is_none();
            elements.extend(next.take());
            // A comma can belong to what stands around the list.
            if !nothing && ended(self) {
                return elements;
            }
            if self.eat(",") {
                next = read(self);
                if next.is_none() && (!how.trailing_comma || self.at(",")) {
                    self.missing(how.element);
                }
                continue;
            }
            if nothing || how.ends.is_none() {
                return elements;
            }
            let place = self.at;
            next = read(self);
            if next.is_none() {
                return elements;
            }
            self.missing_comma(place);
        }
    }

    /// Says that a comma is missing before a token that was read already.
    fn missing_comma(&mut self, place: usize) {
        let behind = std::mem::replace(&mut self.at, place);
        self.missing(Expected::Word(","));
        self.at = behind;
    }
}
