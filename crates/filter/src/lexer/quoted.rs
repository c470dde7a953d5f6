//! Texts and characters in quotes, and their escapes.

use std::ops::RangeInclusive;

use super::Lexer;
use crate::error::{Problem, Result};
use crate::token::TokenKind;
use crate::{FilterError, Span};

/// Escapes of one letter and what they stand for.
const LETTERS: [(char, u8); 10] = [
    ('\'', b'\''),
    ('"', b'"'),
    ('\\', b'\\'),
    ('a', 7),
    ('b', 8),
    ('f', 12),
    ('n', b'\n'),
    ('r', b'\r'),
    ('t', b'\t'),
    ('v', 11),
];

impl<'t> Lexer<'t> {
    /// A text whose opening quote, `r` included, is `opening` bytes long. A raw text keeps its backslashes.
    pub(super) fn text_token(&mut self, opening: usize, raw: bool) -> Result<TokenKind<'t>> {
        let unclosed = self.unclosed('"');
        self.take(opening);
        let mut text = Vec::new();
        loop {
            let plain = self.rest().find(['"', '\\']).ok_or_else(|| unclosed.clone())?;
            text.extend_from_slice(self.take(plain).as_bytes());
            if self.rest().starts_with('"') {
                self.take(1);
                return Ok(TokenKind::Text(text));
            }
            self.escaped(raw, &unclosed, &mut text)?;
        }
    }

    fn escaped(&mut self, raw: bool, unclosed: &FilterError, text: &mut Vec<u8>) -> Result<()> {
        let next = self.rest().chars().nth(1).ok_or_else(|| unclosed.clone())?;
        if raw {
            let kept = self.take(1 + next.len_utf8());
            text.extend_from_slice(kept.as_bytes());
            return Ok(());
        }
        self.escape(next, text)
    }

    /// What a backslash and what follows it stand for.
    fn escape(&mut self, next: char, text: &mut Vec<u8>) -> Result<()> {
        if let Some((_, byte)) = LETTERS.iter().find(|(letter, _)| *letter == next) {
            self.take(2);
            text.push(*byte);
            return Ok(());
        }
        let start = self.at;
        let read = match next {
            '0'..='7' => self.number_escape(1, 8, 1..=3),
            'x' => self.number_escape(2, 16, 1..=2),
            'u' => self.number_escape(2, 16, 4..=4),
            'U' => self.number_escape(2, 16, 8..=8),
            _ => None,
        };
        let code = read.ok_or_else(|| self.wrong_escape(start, next))?;
        if matches!(next, 'u' | 'U') {
            let character = char::from_u32(code).ok_or_else(|| self.wrong_escape(start, next))?;
            text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            return Ok(());
        }
        text.push(u8::try_from(code).map_err(|_| self.wrong_escape(start, next))?);
        Ok(())
    }

    /// The number after a backslash and the letter that announces it, which are `lead` bytes, in so many digits.
    fn number_escape(&mut self, lead: usize, radix: u32, length: RangeInclusive<usize>) -> Option<u32> {
        let digits = self.rest().get(lead..)?;
        let count = digits
            .chars()
            .take(*length.end())
            .take_while(|digit| digit.is_digit(radix))
            .count();
        let digits = digits.get(..count).filter(|_| length.contains(&count))?;
        let value = u32::from_str_radix(digits, radix).ok()?;
        self.take(lead + count);
        Some(value)
    }

    fn wrong_escape(&self, start: usize, next: char) -> FilterError {
        let end = self.at.max(start + 1 + next.len_utf8());
        let escape = self.text.get(start..end).unwrap_or_default().to_owned();
        Problem::Escape { escape }.at(Span { start, end })
    }

    /// One character between single quotes.
    pub(super) fn character_token(&mut self) -> Result<TokenKind<'t>> {
        let (start, whole, unclosed) = (self.at, self.rest(), self.unclosed('\''));
        self.take(1);
        let mut bytes = Vec::new();
        while !self.rest().starts_with('\'') {
            match self.rest().chars().next() {
                None => return Err(unclosed),
                Some('\\') => self.escaped(false, &unclosed, &mut bytes)?,
                Some(plain) => bytes.extend_from_slice(self.take(plain.len_utf8()).as_bytes()),
            }
        }
        self.take(1);
        let written = whole.get(..self.at - start).unwrap_or_default();
        match bytes.as_slice() {
            [byte] => Ok(TokenKind::Character(*byte, written)),
            _ => Err(Problem::CharacterConstant.at(Span { start, end: self.at })),
        }
    }
}
