//! How reading goes on where something is wrong.

use super::{Parser, found};
use crate::diagnostic::{Expected, Problem};
use crate::suggest;
use crate::token::TokenKind;
use crate::{OPERATOR_NAMES, STRING_OPERATORS};

impl Parser<'_> {
    /// Passes a closing bracket that must be next; where it is not, says so and passes what stands before it.
    pub(super) fn close(&mut self, bracket: &'static str) {
        if self.eat(bracket) {
            return;
        }
        self.leftover(Expected::Word(bracket));
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

    fn leftover(&mut self, expected: Expected) {
        match self.leftover_suggestion() {
            Some(suggestion) => self.error(Problem::Expected {
                expected,
                found: found(self.peek()),
                suggestion: Some(suggestion),
            }),
            None => self.missing(expected),
        }
    }

    /// What a name behind an operand was probably meant as: an operator between two operands, or one that lacks its `|`.
    fn leftover_suggestion(&self) -> Option<String> {
        let token = self.peek();
        if token.kind == TokenKind::Identifier {
            return suggest::likest(token.text, STRING_OPERATORS).map(str::to_owned);
        }
        let operator = token.is_keyword() && OPERATOR_NAMES.contains(&token.text);
        operator.then(|| format!("| {}", token.text))
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
