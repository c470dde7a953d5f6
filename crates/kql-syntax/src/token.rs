//! The words of a text.

use crate::Span;
use crate::keyword::Naming;

/// A word and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'t> {
    /// What it is.
    pub(crate) kind: TokenKind,
    /// How it is written.
    pub(crate) text: &'t str,
    /// Where it stands.
    pub(crate) span: Span,
    /// Whether nothing, not even a blank, stands before it.
    pub(crate) adjacent: bool,
}

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A name.
    Identifier,
    /// A word of the language, and when it is a name.
    Keyword(Naming),
    /// A bracket, an operator or other punctuation.
    Sign,
    /// A string in any of its notations.
    String,
    /// `true` or `bool(…)`.
    Bool,
    /// `int(…)`.
    Int,
    /// `12`, `0x1f` or `long(…)`.
    Long,
    /// `1.5`, `1e3` or `real(…)`.
    Real,
    /// `decimal(…)`.
    Decimal,
    /// `datetime(…)`.
    DateTime,
    /// `5m` or `time(…)`.
    Timespan,
    /// `guid(…)`.
    Guid,
    /// A GUID that stands alone.
    RawGuid,
    /// A line that begins with `#` and speaks to a tool.
    Directive,
    /// A character that begins nothing; said so already.
    Bad,
    /// The end of the text.
    End,
}

impl TokenKind {
    /// Whether it is a literal that one word makes.
    pub(crate) fn is_literal(self) -> bool {
        use TokenKind as T;
        matches!(
            self,
            T::String
                | T::Bool
                | T::Int
                | T::Long
                | T::Real
                | T::Decimal
                | T::DateTime
                | T::Timespan
                | T::Guid
                | T::RawGuid
        )
    }
}

impl Token<'_> {
    /// Whether it is that word of the language or that sign.
    pub(crate) fn is(&self, text: &str) -> bool {
        matches!(self.kind, TokenKind::Keyword(_) | TokenKind::Sign) && self.text == text
    }

    /// Whether it is a word of the language.
    pub(crate) fn is_keyword(&self) -> bool {
        matches!(self.kind, TokenKind::Keyword(_))
    }

    /// Whether it is a name, or a word of the language that can be one anywhere.
    pub(crate) fn is_name(&self) -> bool {
        matches!(self.kind, TokenKind::Identifier | TokenKind::Keyword(Naming::Free))
    }

    /// Whether it is a word of the language that can name something new.
    pub(crate) fn is_extended(&self) -> bool {
        matches!(self.kind, TokenKind::Keyword(Naming::Free | Naming::Extended))
    }

    /// Whether it is a number or a time span as digits, not as `long(…)`.
    pub(crate) fn is_written_in_digits(&self) -> bool {
        let kinds = matches!(self.kind, TokenKind::Long | TokenKind::Real | TokenKind::Timespan);
        kinds && self.text.starts_with(|first: char| first.is_ascii_digit())
    }
}
