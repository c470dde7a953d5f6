//! The text of a filter as words.

mod quoted;
mod word;

use crate::Span;
use crate::error::{Problem, Result};
use crate::token::{SIGNS, Token, TokenKind, WORDS};

/// The words of a text.
pub(crate) fn tokens(text: &str) -> Result<Vec<Token<'_>>> {
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next_token()? {
        tokens.push(token);
    }
    Ok(tokens)
}

/// Reads a text from a place on.
struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lexer<'t> {
    /// What is not read yet.
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next `length` bytes, passed over.
    fn take(&mut self, length: usize) -> &'t str {
        let taken = self.rest().get(..length).unwrap_or_default();
        self.at += taken.len();
        taken
    }

    fn next_token(&mut self) -> Result<Option<Token<'t>>> {
        let blanks = self.rest().len() - self.rest().trim_start_matches([' ', '\t', '\n', '\r', '\x0b']).len();
        self.take(blanks);
        let start = self.at;
        let Some(first) = self.rest().chars().next() else {
            return Ok(None);
        };
        let kind = self.kind(first)?;
        let span = Span { start, end: self.at };
        Ok(Some(Token { kind, span }))
    }

    fn kind(&mut self, first: char) -> Result<TokenKind<'t>> {
        match first {
            '"' => self.text_token(1, false),
            'r' | 'R' if self.rest().get(1..2) == Some("\"") => self.text_token(2, true),
            '\'' => self.character_token(),
            '[' => self.brackets(),
            '#' => self.layer(),
            _ => self.word_or_sign(first),
        }
    }

    /// Everything to the closing bracket; the parser reads it.
    fn brackets(&mut self) -> Result<TokenKind<'t>> {
        let Some(end) = self.rest().find(']') else {
            return Err(self.unclosed('['));
        };
        let inside = self.take(end + 1);
        Ok(TokenKind::Brackets(inside.get(1..end).unwrap_or_default()))
    }

    fn layer(&mut self) -> Result<TokenKind<'t>> {
        let after = self.rest().get(1..).unwrap_or_default();
        let digits = after.len() - after.trim_start_matches(|sign: char| sign.is_ascii_digit()).len();
        if digits > 0 {
            let taken = self.take(1 + digits);
            return Ok(TokenKind::Layer(taken.get(1..).unwrap_or_default()));
        }
        if after.starts_with('[') {
            self.take(1);
            return Ok(TokenKind::LayerRange);
        }
        Err(self.wrong_character('#'))
    }

    fn word_or_sign(&mut self, first: char) -> Result<TokenKind<'t>> {
        let length = word::length(self.rest());
        if length > 0 {
            let word = self.take(length);
            return Ok(named(word));
        }
        if let Some(prefixed) = self.prefixed(first) {
            return Ok(prefixed);
        }
        match SIGNS.iter().find(|(sign, _)| self.rest().starts_with(sign)) {
            Some((sign, symbol)) => {
                self.take(sign.len());
                Ok(TokenKind::Symbol(*symbol))
            }
            None => Err(self.wrong_character(first)),
        }
    }

    /// A dot makes what follows a field, a colon makes it a value.
    fn prefixed(&mut self, first: char) -> Option<TokenKind<'t>> {
        let make = match first {
            '.' => TokenKind::FieldName,
            ':' => TokenKind::Literal,
            _ => return None,
        };
        let length = word::length(self.rest().get(1..)?);
        if length == 0 {
            return None;
        }
        self.take(1);
        Some(make(self.take(length)))
    }

    fn unclosed(&self, opening: char) -> crate::FilterError {
        let end = self.text.len();
        Problem::Unclosed { opening }.at(Span { start: self.at, end })
    }

    fn wrong_character(&self, found: char) -> crate::FilterError {
        let end = self.at + found.len_utf8();
        Problem::Character { found }.at(Span { start: self.at, end })
    }
}

fn named(word: &str) -> TokenKind<'_> {
    let operator = WORDS.iter().find(|(name, _)| *name == word);
    operator.map_or(TokenKind::Word(word), |(_, symbol)| TokenKind::Symbol(*symbol))
}
