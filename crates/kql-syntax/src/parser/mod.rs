//! Tokens as a tree.
//!
//! A recursive descent, one function per construct, one file per family. A function gives `None` where its construct does not
//! begin at all and consumes nothing then; once it has begun, it gives a node whatever is missing, and says what. Where something
//! is wrong, the parser goes on behind the next `|`, `;` or closing bracket of the same depth, so that one run tells several
//! mistakes.

mod expression;
mod list;
mod literal;
mod name;
mod operator;
mod parameter;
mod primary;
mod query;
mod recover;
mod schema;
mod statement;
mod table;

use crate::diagnostic::{Diagnostic, Expected, Found, Problem};
use crate::suggest;
use crate::token::{Token, TokenKind};
use crate::{Parsed, Span, lexer, tree};

/// The most bytes of a text; the vendor's service takes no longer query either.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;
/// The most levels of brackets, functions and subqueries inside one another, so that no text exhausts the stack.
pub const MAX_DEPTH: usize = 128;
/// The most diagnostics of a text; whoever has mended these asks again.
pub const MAX_DIAGNOSTICS: usize = 100;

/// Reads a text.
pub(crate) fn parse(text: &str) -> Parsed {
    if text.len() > MAX_BYTES {
        let problem = Problem::TooLong { limit: MAX_BYTES };
        return Parsed {
            tree: tree::Script::default(),
            diagnostics: vec![problem.at(Span::new(0, text.len()))],
        };
    }
    let (tokens, mut diagnostics) = lexer::tokens(text);
    let mut parser = Parser::new(&tokens);
    let tree = parser.script();
    diagnostics.append(&mut parser.diagnostics);
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    diagnostics.truncate(MAX_DIAGNOSTICS);
    Parsed { tree, diagnostics }
}

/// What stands behind the end.
const END: Token<'static> = Token {
    kind: TokenKind::End,
    text: "",
    span: Span { start: 0, end: 0 },
    adjacent: false,
};

/// Reads tokens from a place on.
pub(crate) struct Parser<'t> {
    /// The tokens; the last one is the end.
    tokens: &'t [Token<'t>],
    /// Which token is next.
    at: usize,
    /// How many levels of brackets, functions and subqueries are open.
    depth: usize,
    /// Whether reading was given up.
    stopped: bool,
    /// The token that the last problem was with: one problem for each is enough.
    faulty: Option<usize>,
    diagnostics: Vec<Diagnostic>,
}

impl<'t> Parser<'t> {
    fn new(tokens: &'t [Token<'t>]) -> Self {
        Self {
            tokens,
            at: 0,
            depth: 0,
            stopped: false,
            faulty: None,
            diagnostics: Vec::new(),
        }
    }

    /// The next token.
    fn peek(&self) -> Token<'t> {
        self.peek_at(0)
    }

    /// The token that many places on.
    fn peek_at(&self, offset: usize) -> Token<'t> {
        let last = self.tokens.last().copied().unwrap_or(END);
        self.tokens.get(self.at.saturating_add(offset)).copied().unwrap_or(last)
    }

    /// The next token, passed over; the end is never passed.
    fn bump(&mut self) -> Token<'t> {
        let token = self.peek();
        if token.kind != TokenKind::End {
            self.at += 1;
        }
        token
    }

    /// Whether the next token is that word of the language or that sign.
    fn at(&self, text: &str) -> bool {
        self.peek().is(text)
    }

    /// Whether the next token is one of those words or signs.
    fn at_any(&self, texts: &[&str]) -> bool {
        let token = self.peek();
        texts.iter().any(|text| token.is(text))
    }

    fn at_end(&self) -> bool {
        self.peek().kind == TokenKind::End
    }

    /// Passes that word or sign, if it is next.
    fn eat(&mut self, text: &str) -> bool {
        let found = self.at(text);
        if found {
            self.bump();
        }
        found
    }

    /// Where the next token begins.
    fn start(&self) -> usize {
        self.peek().span.start
    }

    /// From there to the end of what was read.
    fn since(&self, start: usize) -> Span {
        let last = self.at.checked_sub(1).and_then(|index| self.tokens.get(index));
        Span::new(start, last.map_or(start, |token| token.span.end))
    }

    /// Passes a word or sign that must be next; a misspelling of it is passed too, and said.
    fn expect(&mut self, text: &'static str) -> bool {
        if self.eat(text) {
            return true;
        }
        let token = self.peek();
        let misspelt = token.kind == TokenKind::Identifier && suggest::is_like(token.text, text);
        self.missing(Expected::Word(text));
        if misspelt {
            self.bump();
        }
        misspelt
    }

    /// Says that something must stand here.
    fn missing(&mut self, expected: Expected) {
        let token = self.peek();
        if token.kind == TokenKind::Bad {
            // The lexer has said that nothing can begin so.
            self.faulty = Some(self.at);
            self.diagnostics_are_enough();
            return;
        }
        if expected == Expected::Expression && token.is_keyword() && !token.is_name() {
            self.error(Problem::Expected {
                expected,
                found: found(token),
                suggestion: Some(format!("['{}']", token.text)).filter(|_| self.is_meant_as_name()),
            });
            return;
        }
        let suggestion = suggestion(expected, token);
        let found = found(token);
        self.error(Problem::Expected {
            expected,
            found,
            suggestion,
        });
    }

    /// Says that something is wrong with the next token.
    fn error(&mut self, problem: Problem) {
        let span = self.peek().span;
        self.error_at(span, problem);
    }

    /// Says that something is wrong there; only once for each token that comes next.
    fn error_at(&mut self, span: Span, problem: Problem) {
        if self.stopped || self.faulty == Some(self.at) {
            return;
        }
        self.faulty = Some(self.at);
        self.diagnostics.push(problem.at(span));
        self.diagnostics_are_enough();
    }

    fn diagnostics_are_enough(&mut self) {
        if self.diagnostics.len() >= MAX_DIAGNOSTICS {
            self.stop();
        }
    }

    /// Gives up reading.
    fn stop(&mut self) {
        self.stopped = true;
        self.at = self.tokens.len().saturating_sub(1);
    }

    /// Reads something one level deeper.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.depth >= MAX_DEPTH {
            self.faulty = None;
            self.error(Problem::TooDeep { limit: MAX_DEPTH });
            self.stop();
            return None;
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }
}

/// What a token shows as in a message.
fn found(token: Token<'_>) -> Found {
    if token.kind == TokenKind::End {
        Found::End
    } else {
        Found::text(token.text)
    }
}

fn suggestion(expected: Expected, token: Token<'_>) -> Option<String> {
    if token.kind != TokenKind::Identifier {
        return None;
    }
    let meant = match expected {
        Expected::Word(word) if word.starts_with(|first: char| first.is_ascii_alphabetic()) => {
            suggest::likest(token.text, [word])
        }
        Expected::OneOf(words) => suggest::likest(token.text, words.iter().copied()),
        Expected::Operator => suggest::likest(token.text, crate::OPERATOR_NAMES),
        Expected::Type => suggest::likest(token.text, crate::TYPE_NAMES),
        _ => None,
    };
    meant.filter(|meant| *meant != token.text).map(str::to_owned)
}
