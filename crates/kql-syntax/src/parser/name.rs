//! Names and names with `*`.

use super::Parser;
use super::literal::string_value;
use crate::Span;
use crate::diagnostic::{Expected, Problem};
use crate::keyword::Naming;
use crate::token::{Token, TokenKind};
use crate::tree::{Expression, ExpressionKind, Name, NameStyle, Wildcard};

impl Parser<'_> {
    /// A name where a name is referred to.
    pub(super) fn name(&mut self) -> Option<Name> {
        self.name_where(|token| token.is_name())
    }

    /// A name where something new is named.
    pub(super) fn new_name(&mut self) -> Option<Name> {
        self.name_where(|token| token.is_name() || token.is_extended())
    }

    /// A name that must stand here.
    pub(super) fn expect_name(&mut self) -> Name {
        self.name().unwrap_or_else(|| self.missing_name())
    }

    /// Nothing, where a name must stand.
    pub(super) fn missing_name(&mut self) -> Name {
        self.missing(Expected::Name);
        Name {
            text: String::new(),
            style: NameStyle::Bracketed,
            span: Span::new(self.start(), self.start()),
        }
    }

    fn name_where(&mut self, plain: impl Fn(&Token<'_>) -> bool) -> Option<Name> {
        let token = self.peek();
        if plain(&token) {
            return Some(plain_name(self.bump()));
        }
        self.bracketed_name().or_else(|| self.client_name())
    }

    /// `['a b']`.
    fn bracketed_name(&mut self) -> Option<Name> {
        let strings = self.scan_bracketed_name(0)?.checked_sub(2)?;
        let start = self.bump().span;
        let text = (0..strings).map(|_| string_value(self.bump().text).text).collect();
        let end = self.bump().span;
        Some(Name {
            text,
            style: NameStyle::Bracketed,
            span: start.to(end),
        })
    }

    /// `{name}` or `{name[0]}`.
    pub(super) fn client_name(&mut self) -> Option<Name> {
        let count = self.scan_client_name(0)?;
        let open = self.bump();
        let inside = (2..count).map(|_| self.bump().text).collect();
        let close = self.bump();
        Some(Name {
            text: inside,
            style: NameStyle::Client,
            span: open.span.to(close.span),
        })
    }

    /// How many tokens a parameter of a client is; nothing stands between them.
    pub(super) fn scan_client_name(&self, offset: usize) -> Option<usize> {
        if !self.peek_at(offset).is("{") {
            return None;
        }
        let joined = |index: usize| Some(self.peek_at(index)).filter(|token| token.adjacent);
        let word = |token: &Token<'_>| token.kind == TokenKind::Identifier || token.is_keyword();
        joined(offset + 1).filter(word)?;
        let mut at = offset + 2;
        if joined(at).is_some_and(|token| token.is("[")) {
            at += if joined(at + 1).is_some_and(|token| token.is("-")) {
                2
            } else {
                1
            };
            joined(at).filter(|token| token.kind == TokenKind::Long)?;
            joined(at + 1).filter(|token| token.is("]"))?;
            at += 2;
        }
        joined(at).filter(|token| token.is("}"))?;
        Some(at + 1 - offset)
    }

    /// How many tokens `['…']` is.
    pub(super) fn scan_bracketed_name(&self, offset: usize) -> Option<usize> {
        if !self.peek_at(offset).is("[") {
            return None;
        }
        let mut end = offset + 1;
        while self.peek_at(end).kind == TokenKind::String {
            end += 1;
        }
        (end > offset + 1 && self.peek_at(end).is("]")).then_some(end + 1 - offset)
    }

    /// How many tokens the name that many places on is.
    pub(super) fn scan_name(&self, offset: usize) -> Option<usize> {
        self.scan_name_where(offset, |token| token.is_name())
    }

    /// The same where something new is named.
    pub(super) fn scan_new_name(&self, offset: usize) -> Option<usize> {
        self.scan_name_where(offset, |token| token.is_name() || token.is_extended())
    }

    fn scan_name_where(&self, offset: usize, plain: impl Fn(&Token<'_>) -> bool) -> Option<usize> {
        if plain(&self.peek_at(offset)) {
            return Some(1);
        }
        let braced =
            self.peek_at(offset).is("{") && self.peek_at(offset + 1).is_name() && self.peek_at(offset + 2).is("}");
        braced.then_some(3).or_else(|| self.scan_bracketed_name(offset))
    }

    /// Whether a call begins here.
    pub(super) fn at_call(&self, offset: usize) -> bool {
        self.scan_name(offset)
            .is_some_and(|length| self.peek_at(offset + length).is("("))
    }

    /// `Device*`, `*Events`, `a*b`, of which no part is apart from the next.
    pub(super) fn wildcard(&mut self) -> Option<Wildcard> {
        let count = self.scan_wildcard(0)?;
        Some(Wildcard {
            pattern: (0..count).map(|_| self.bump().text).collect(),
            bracketed: false,
        })
    }

    /// `[Device*]`.
    pub(super) fn bracketed_wildcard(&mut self) -> Option<Wildcard> {
        if !self.at("[") || self.scan_wildcard(1).is_none() {
            return None;
        }
        self.bump();
        let wildcard = self.wildcard()?;
        self.close("]");
        Some(Wildcard {
            bracketed: true,
            ..wildcard
        })
    }

    fn scan_wildcard(&self, offset: usize) -> Option<usize> {
        let word = |token: &Token<'_>| token.kind == TokenKind::Identifier || token.is_extended();
        let star = |index: usize| self.peek_at(index).is("*");
        let mut end = if star(offset) {
            offset + 1
        } else if word(&self.peek_at(offset)) && star(offset + 1) && self.peek_at(offset + 1).adjacent {
            offset + 2
        } else {
            return None;
        };
        let part = |token: &Token<'_>| word(token) || token.kind == TokenKind::Long || token.is("*");
        while Some(self.peek_at(end)).is_some_and(|token| token.adjacent && part(&token)) {
            end += 1;
        }
        Some(end - offset)
    }

    /// `a*` or a name, as `project-away` takes.
    pub(super) fn name_or_wildcard(&mut self) -> Option<Expression> {
        let start = self.start();
        let kind = match self.wildcard() {
            Some(wildcard) => ExpressionKind::Wildcard(wildcard),
            None => ExpressionKind::Name(self.name()?),
        };
        let span = self.since(start);
        Some(Expression { kind, span })
    }

    /// A name as an expression.
    pub(super) fn name_expression(&mut self) -> Option<Expression> {
        self.name().map(named_by)
    }

    /// A word of the language where only a name makes sense, read as that name with a diagnostic.
    pub(super) fn reserved_operand(&mut self) -> Option<Expression> {
        if !self.is_reserved_operand() {
            return None;
        }
        let name = self.peek().text.to_owned();
        self.error(Problem::ReservedName { name });
        Some(named_by(plain_name(self.bump())))
    }

    /// Whether what follows a word of the language shows that it was meant as a name.
    pub(super) fn is_reserved_operand(&self) -> bool {
        if !self.peek().is_keyword() {
            return false;
        }
        let next = self.peek_at(1);
        let signs = [
            "==", "!=", "=~", "!~", ">", ">=", "<", "<=", "*", "/", "%", ")", "]", "}", ".", ",", ":", "|",
        ];
        let words =
            next.is_keyword() && (crate::STRING_OPERATORS.contains(&next.text) || OLD_OPERATORS.contains(&next.text));
        words || signs.iter().any(|sign| next.is(sign))
    }

    /// The same, also where the end of an expression follows.
    pub(super) fn is_meant_as_name(&self) -> bool {
        let operator = crate::STRING_OPERATORS.contains(&self.peek().text);
        !operator && (self.is_reserved_operand() || (self.peek().is_keyword() && self.at_list_end(1)))
    }

    /// `kind`, `withsource`: words that are names only as operands.
    pub(super) fn special_name(&mut self) -> Option<Name> {
        let special = self.peek().kind == TokenKind::Keyword(Naming::Special);
        special.then(|| plain_name(self.bump()))
    }
}

/// Operators in obsolete spellings.
const OLD_OPERATORS: [&str; 6] = ["containscs", "notcontainscs", "like", "notlike", "likecs", "notlikecs"];

/// A word as a name.
pub(super) fn plain_name(token: Token<'_>) -> Name {
    Name {
        text: token.text.to_owned(),
        style: NameStyle::Plain,
        span: token.span,
    }
}

/// A name as an expression.
pub(super) fn named_by(name: Name) -> Expression {
    Expression {
        span: name.span,
        kind: ExpressionKind::Name(name),
    }
}
