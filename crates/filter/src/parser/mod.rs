//! The words of a filter as a tree.
//!
//! From loose to tight, as in Wireshark 4: `or`, `xor`, `and`, `not`, the relations, `&`, `+ -`, `* / %`, the signs.

mod expression;
mod range;
mod test;
#[cfg(test)]
mod tests;

use crate::error::{Problem, Result};
use crate::lexer;
use crate::syntax::Test;
use crate::token::{Symbol, Token, TokenKind};
use crate::{FilterError, Span};

/// The longest filter: a machine-made list of some thousand addresses fits, what a hostile policy file could hold does not.
pub(crate) const MOST_BYTES: usize = 256 * 1024;

/// The deepest nesting: no one writes deeper by hand, and the stack of a thread bears many times as much.
pub(crate) const MOST_DEPTH: usize = 100;

/// The tree of a text; none for an empty text, which holds for every frame.
pub(crate) fn parse(text: &str) -> Result<Option<Test>> {
    if text.len() > MOST_BYTES {
        let span = Span {
            start: 0,
            end: text.len(),
        };
        return Err(Problem::TooLong { limit: MOST_BYTES }.at(span));
    }
    let tokens = lexer::tokens(text)?;
    let mut parser = Parser {
        text,
        tokens: &tokens,
        at: 0,
        depth: 0,
    };
    if tokens.is_empty() {
        return Ok(None);
    }
    let test = parser.test()?;
    match parser.peek() {
        None => Ok(Some(test)),
        Some(_) => Err(parser.unexpected()),
    }
}

/// Reads words from a place on.
struct Parser<'t> {
    text: &'t str,
    tokens: &'t [Token<'t>],
    at: usize,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&'t Token<'t>> {
        self.tokens.get(self.at)
    }

    fn peek_symbol(&self) -> Option<Symbol> {
        match self.peek()?.kind {
            TokenKind::Symbol(symbol) => Some(symbol),
            _ => None,
        }
    }

    fn advance(&mut self) {
        self.at += 1;
    }

    /// Passes over the symbol if it is next.
    fn accept(&mut self, symbol: Symbol) -> bool {
        let is_next = self.peek_symbol() == Some(symbol);
        self.at += usize::from(is_next);
        is_next
    }

    fn expect(&mut self, symbol: Symbol) -> Result<()> {
        if self.accept(symbol) {
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    /// That the next word cannot stand where it stands.
    fn unexpected(&self) -> FilterError {
        let end = self.text.len();
        self.peek().map_or_else(
            || Problem::UnexpectedEnd.at(Span { start: end, end }),
            |token| {
                let found = self.text.get(token.span.start..token.span.end).unwrap_or_default();
                Problem::Unexpected {
                    found: found.to_owned(),
                }
                .at(token.span)
            },
        )
    }

    /// Reads one level deeper.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.go_deeper(1)?;
        let outcome = read(self);
        self.depth -= 1;
        outcome
    }

    /// Notes that what is read lies that many levels deeper.
    fn go_deeper(&mut self, levels: usize) -> Result<()> {
        if self.depth + levels > MOST_DEPTH {
            let span = self.peek().map(|token| token.span).unwrap_or_default();
            return Err(Problem::TooDeep { limit: MOST_DEPTH }.at(span));
        }
        self.depth += levels;
        Ok(())
    }
}
