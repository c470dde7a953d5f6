//! How reading goes on where something is wrong.

use super::query::SOURCES;
use super::{Parser, found};
use crate::diagnostic::{Expected, Problem};
use crate::suggest;
use crate::token::TokenKind;
use crate::{OPERATOR_NAMES, STRING_OPERATORS, Span};

/// Brackets that open and what closes them.
const BRACKETS: [(&str, &str); 3] = [("(", ")"), ("[", "]"), ("{", "}")];

impl Parser<'_> {
    /// Passes a closing bracket that must be next; where it is not, says so and passes what stands before it.
    pub(super) fn close(&mut self, bracket: &'static str) {
        if self.eat(bracket) {
            return;
        }
        let span = self.peek().span;
        match self.opening(bracket).filter(|_| self.at_list_end(0)) {
            // Whatever ends the text was not meant to close this: the place to mend is where it was opened.
            Some((opening, opened)) => self.error_at(opened, Problem::UnclosedBracket { opening }),
            None => self.leftover(Expected::Word(bracket), span),
        }
        self.skip();
        while self.at(",") {
            self.bump();
            self.skip();
        }
        self.eat(bracket);
    }

    /// Passes what cannot stand behind the end of an operator or a statement, and says so.
    pub(super) fn pass_leftover(&mut self) {
        if self.at_list_end(0) || self.at(",") {
            return;
        }
        let token = self.peek();
        let suggestion = self.leftover_suggestion();
        if token.kind == TokenKind::Bad {
            self.faulty = Some(self.at);
        }
        self.error(Problem::Unexpected {
            found: found(token),
            suggestion,
        });
        self.skip();
    }

    /// The bracket that this one would close.
    fn opening(&self, bracket: &str) -> Option<(&'static str, Span)> {
        let (opening, _) = *BRACKETS.iter().find(|(_, closing)| *closing == bracket)?;
        let mut open: usize = 0;
        for token in self.tokens.get(..self.at)?.iter().rev() {
            if BRACKETS.iter().any(|(_, closing)| token.is(closing)) {
                open += 1;
            } else if BRACKETS.iter().any(|(opening, _)| token.is(opening)) {
                if open == 0 {
                    return token.is(opening).then_some((opening, token.span));
                }
                open -= 1;
            }
        }
        None
    }

    fn leftover(&mut self, expected: Expected, span: Span) {
        match self.leftover_suggestion() {
            Some(suggestion) => {
                let found = found(self.peek());
                let suggestion = Some(suggestion);
                self.error_at(
                    span,
                    Problem::Expected {
                        expected,
                        found,
                        suggestion,
                    },
                );
            }
            None => self.missing(expected),
        }
    }

    /// What a name behind an operand was probably meant as: an operator between two operands, or one that lacks its `|`.
    fn leftover_suggestion(&self) -> Option<String> {
        let token = self.peek();
        if token.kind == TokenKind::Identifier {
            let begun = STRING_OPERATORS
                .iter()
                .find(|word| word.split(' ').next() == Some(token.text));
            let meant = begun.copied().or_else(|| suggest::likest(token.text, STRING_OPERATORS));
            return meant.map(str::to_owned);
        }
        let operator = token.is_keyword() && OPERATOR_NAMES.contains(&token.text);
        let before = if SOURCES.contains(&token.text) { ";" } else { "|" };
        operator.then(|| format!("{before} {}", token.text))
    }

    /// Passes everything up to the next `|`, `;`, `,`, closing bracket or end outside of brackets that open on the way.
    pub(super) fn skip(&mut self) {
        let mut open: usize = 0;
        while !self.at_end() {
            let token = self.peek();
            let is = |signs: &[&str]| signs.iter().any(|sign| token.is(sign));
            if is(&["(", "[", "{"]) {
                open += 1;
            } else if open == 0 && is(&["|", ";", ",", ")", "]", "}"]) {
                return;
            } else if is(&[")", "]", "}"]) {
                open -= 1;
            }
            self.bump();
        }
    }
}
