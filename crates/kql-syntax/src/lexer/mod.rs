//! A text as words.
//!
//! The rules are those of the vendor's lexer: keywords are told by the longest match and are case-sensitive, a literal such as
//! `datetime(…)` is one word when its parenthesis follows at once and ends in the same line, a name can begin with digits.

mod number;
mod string;

pub(crate) use string::{LONG_QUOTES, escape};

use crate::Span;
use crate::diagnostic::{Diagnostic, Problem};
use crate::keyword;
use crate::token::{Token, TokenKind};

/// The signs, longer ones first.
const SIGNS: [&str; 30] = [
    "..", "<=", "<|", "<>", ">=", "==", "=>", "=~", "!=", "!~", "(", ")", "[", "]", "{", "}", "|", ".", "+", "-", "*",
    "/", "%", "<", ">", "=", ":", ";", ",", "?",
];

/// Words that make a literal with the parenthesis behind them.
const LITERALS: [(&str, TokenKind); 13] = [
    ("long", TokenKind::Long),
    ("int64", TokenKind::Long),
    ("int", TokenKind::Int),
    ("int32", TokenKind::Int),
    ("real", TokenKind::Real),
    ("double", TokenKind::Real),
    ("decimal", TokenKind::Decimal),
    ("bool", TokenKind::Bool),
    ("datetime", TokenKind::DateTime),
    ("date", TokenKind::DateTime),
    ("time", TokenKind::Timespan),
    ("timespan", TokenKind::Timespan),
    ("guid", TokenKind::Guid),
];

/// `true` and `false` in the spellings that are literals.
const BOOLEANS: [&str; 6] = ["true", "True", "TRUE", "false", "False", "FALSE"];

/// Signs of other languages, and how this one says them.
const FOREIGN: [(&str, &str); 3] = [("&&", "and"), ("&", "and"), ("!", "not(…)")];

/// What can follow a literal or a sign besides names.
const QUOTES: [char; 4] = ['\'', '"', '`', '~'];

/// The words of a text, the end as the last of them, and what was no word.
pub(crate) fn tokens(text: &str) -> (Vec<Token<'_>>, Vec<Diagnostic>) {
    let mut lexer = Lexer {
        text,
        at: 0,
        diagnostics: Vec::new(),
    };
    let mut tokens = Vec::new();
    loop {
        let token = lexer.next_token();
        tokens.push(token);
        if token.kind == TokenKind::End {
            return (tokens, lexer.diagnostics);
        }
    }
}

/// Reads a text from a place on.
struct Lexer<'t> {
    text: &'t str,
    at: usize,
    diagnostics: Vec<Diagnostic>,
}

impl<'t> Lexer<'t> {
    /// What is not read yet.
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn next_token(&mut self) -> Token<'t> {
        let before = self.at;
        self.pass_blanks();
        let start = self.at;
        let (kind, length) = self.word();
        self.at += length;
        let span = Span::new(start, self.at);
        Token {
            kind,
            text: span.of(self.text),
            span,
            adjacent: before == start,
        }
    }

    /// Passes white space and comments.
    fn pass_blanks(&mut self) {
        loop {
            let rest = self.rest();
            let blanks = rest.len() - rest.trim_start_matches(is_blank).len();
            self.at += blanks;
            if !self.rest().starts_with("//") {
                return;
            }
            self.at += line_length(self.rest());
        }
    }

    /// The kind and the length of the next word.
    fn word(&mut self) -> (TokenKind, usize) {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            return (TokenKind::End, 0);
        };
        if first == '#' {
            return (TokenKind::Directive, line_length(rest));
        }
        if let Some(string) = string::scan(rest) {
            return self.string(&string);
        }
        if let Some(length) = sign(rest) {
            return (TokenKind::Sign, length);
        }
        self.keyword_or_literal()
            .or_else(|| name_or_number(rest, first))
            .unwrap_or_else(|| self.bad(first))
    }

    fn string(&mut self, string: &string::Scanned) -> (TokenKind, usize) {
        for (start, end) in &string.wrong_escapes {
            let span = Span::new(self.at + start, self.at + end);
            let escape = span.of(self.text).to_owned();
            self.diagnostics.push(Problem::Escape { escape }.at(span));
        }
        if let Some(quote) = string.unclosed {
            let span = Span::new(self.at, self.at + string.length);
            self.diagnostics.push(Problem::UnclosedString { quote }.at(span));
        }
        (TokenKind::String, string.length)
    }

    fn keyword_or_literal(&mut self) -> Option<(TokenKind, usize)> {
        let rest = self.rest();
        let (word, naming) = keyword::longest(rest)?;
        let after = rest.get(word.len()..).unwrap_or_default();
        if let Some(kind) = literal_kind(word).filter(|_| after.starts_with('(')) {
            return Some((kind, word.len() + self.literal_length(word, after)));
        }
        (!after.starts_with(is_name_part)).then_some((TokenKind::Keyword(naming), word.len()))
    }

    /// The length of `(…)`, which must end in the same line.
    fn literal_length(&mut self, word: &str, after: &str) -> usize {
        let end = after.find(|sign: char| sign == ')' || is_line_break(sign));
        let length = end.unwrap_or(after.len());
        if after.get(length..).is_some_and(|end| end.starts_with(')')) {
            return length + 1;
        }
        let span = Span::new(self.at, self.at + word.len() + length);
        self.diagnostics.push(Problem::UnclosedLiteral.at(span));
        length
    }

    fn bad(&mut self, found: char) -> (TokenKind, usize) {
        let foreign = FOREIGN.iter().find(|(sign, _)| self.rest().starts_with(sign));
        let length = foreign.map_or(found.len_utf8(), |(sign, _)| sign.len());
        let span = Span::new(self.at, self.at + length);
        let found = span.of(self.text).to_owned();
        let suggestion = foreign.map(|(_, meant)| *meant);
        self.diagnostics.push(Problem::Character { found, suggestion }.at(span));
        (TokenKind::Bad, length)
    }
}

fn literal_kind(word: &str) -> Option<TokenKind> {
    LITERALS.iter().find(|(name, _)| *name == word).map(|(_, kind)| *kind)
}

fn name_or_number(rest: &str, first: char) -> Option<(TokenKind, usize)> {
    if first.is_ascii_digit() {
        return number::scan(rest);
    }
    if !(first.is_ascii_alphabetic() || first == '_' || first == '$') {
        return None;
    }
    if let Some(word) = BOOLEANS.iter().find(|word| is_whole(rest, word)) {
        return Some((TokenKind::Bool, word.len()));
    }
    if let Some(length) = number::guid(rest) {
        return Some((TokenKind::RawGuid, length));
    }
    let after = rest.get(1..).unwrap_or_default();
    Some((TokenKind::Identifier, 1 + name_length(after)))
}

fn is_whole(text: &str, word: &str) -> bool {
    text.strip_prefix(word)
        .is_some_and(|after| !after.starts_with(is_name_part))
}

fn sign(rest: &str) -> Option<usize> {
    if let Some(after) = rest.strip_prefix('@') {
        return (!after.starts_with(QUOTES)).then_some(1);
    }
    SIGNS
        .iter()
        .find(|sign| rest.starts_with(**sign))
        .map(|sign| sign.len())
}

/// How many bytes can continue a name.
fn name_length(text: &str) -> usize {
    text.len() - text.trim_start_matches(is_name_part).len()
}

fn is_name_part(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '_'
}

fn is_line_break(sign: char) -> bool {
    matches!(sign, '\r' | '\n' | '\u{2028}' | '\u{2029}')
}

fn is_blank(sign: char) -> bool {
    matches!(
        sign,
        '\t' | ' ' | '\r' | '\n' | '\u{c}' | '\u{a0}' | '\u{1680}' | '\u{180e}' | '\u{2000}'
            ..='\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}'
    )
}

fn line_length(text: &str) -> usize {
    text.find(is_line_break).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keyword::Naming;

    fn kinds(text: &str) -> Vec<(TokenKind, &str)> {
        let (tokens, _) = tokens(text);
        let words = tokens.iter().filter(|token| token.kind != TokenKind::End);
        words.map(|token| (token.kind, token.text)).collect()
    }

    #[test]
    fn keywords_are_the_longest_match_and_end_where_a_name_would_not() {
        let keyword = |text| (TokenKind::Keyword(Naming::Reserved), text);
        assert_eq!(
            kinds("project-away a"),
            [keyword("project-away"), (TokenKind::Identifier, "a")]
        );
        assert_eq!(kinds("!in~ matches regex"), [keyword("!in~"), keyword("matches regex")]);
        assert_eq!(kinds("hint.strategy"), [keyword("hint.strategy")]);
        assert_eq!(kinds("wherever"), [(TokenKind::Identifier, "wherever")]);
    }

    #[test]
    fn literals_with_parentheses_are_one_word() {
        assert_eq!(
            kinds("datetime(2020-01-01)"),
            [(TokenKind::DateTime, "datetime(2020-01-01)")]
        );
        assert_eq!(kinds("int(null)"), [(TokenKind::Int, "int(null)")]);
        let (_, diagnostics) = tokens("time(1d\n)");
        assert_eq!(diagnostics, [Problem::UnclosedLiteral.at(Span::new(0, 7))]);
    }

    #[test]
    fn comments_and_blanks_separate_words() {
        let (tokens, _) = tokens("a// b\n.c");
        let adjacent: Vec<_> = tokens.iter().map(|token| (token.text, token.adjacent)).collect();
        assert_eq!(adjacent, [("a", true), (".", false), ("c", true), ("", true)]);
    }

    #[test]
    fn numbers_times_and_names_that_begin_with_digits_are_told_apart() {
        use TokenKind as T;
        let cases = [
            ("12", T::Long),
            ("0x1F", T::Long),
            ("1.", T::Real),
            ("1e-3", T::Real),
            ("2.5h", T::Timespan),
            ("10ms", T::Timespan),
            ("3abc", T::Identifier),
            ("08af8b10-30e2-4c0a-9a1e-6a4f3a1d2b3c", T::RawGuid),
            ("$left", T::Identifier),
            ("True", T::Bool),
            ("h@'x'", T::String),
        ];
        for (text, kind) in cases {
            assert_eq!(kinds(text), [(kind, text)]);
        }
        assert_eq!(kinds("1..2").len(), 3);
    }

    #[test]
    fn a_wrong_escape_and_a_missing_quote_are_said_with_their_places() {
        let (_, diagnostics) = tokens(r#""a\q" 'b"#);
        let escape = Problem::Escape {
            escape: r"\q".to_owned(),
        };
        let unclosed = Problem::UnclosedString { quote: "'" };
        assert_eq!(diagnostics, [escape.at(Span::new(2, 4)), unclosed.at(Span::new(6, 8))]);
    }
}
