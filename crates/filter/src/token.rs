//! The words of a filter.

use crate::Span;

/// A word of a filter and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token<'t> {
    /// What it is.
    pub(crate) kind: TokenKind<'t>,
    /// Where it stands.
    pub(crate) span: Span,
}

/// What a word is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TokenKind<'t> {
    /// A name or an unquoted value: `tcp.port`, `80`, `10.0.0.0/8`, `00:11`.
    Word(&'t str),
    /// A name after a dot, which can only be a field: `.tcp.port`.
    FieldName(&'t str),
    /// A value after a colon, which can never be a field: `:fe`.
    Literal(&'t str),
    /// A quoted text.
    Text(Vec<u8>),
    /// A character between single quotes, and how it is written.
    Character(u8, &'t str),
    /// What stands between square brackets.
    Brackets(&'t str),
    /// The number after `#`.
    Layer(&'t str),
    /// `#` before square brackets.
    LayerRange,
    /// An operator or a bracket.
    Symbol(Symbol),
}

/// Operators and brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Symbol {
    OpenParenthesis,
    CloseParenthesis,
    OpenBrace,
    CloseBrace,
    Comma,
    DotDot,
    Any,
    All,
    AnyEqual,
    AllEqual,
    AnyUnequal,
    AllUnequal,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Contains,
    Matches,
    In,
    Not,
    And,
    Or,
    Xor,
    Plus,
    Minus,
    Times,
    Divide,
    Remainder,
    BitAnd,
}

/// The operators that are written with signs, longer ones first.
pub(crate) const SIGNS: [(&str, Symbol); 26] = [
    ("===", Symbol::AllEqual),
    ("!==", Symbol::AnyUnequal),
    ("==", Symbol::AnyEqual),
    ("!=", Symbol::AllUnequal),
    ("~=", Symbol::AnyUnequal),
    (">=", Symbol::GreaterOrEqual),
    ("<=", Symbol::LessOrEqual),
    ("&&", Symbol::And),
    ("||", Symbol::Or),
    ("^^", Symbol::Xor),
    ("..", Symbol::DotDot),
    (">", Symbol::Greater),
    ("<", Symbol::Less),
    ("~", Symbol::Matches),
    ("!", Symbol::Not),
    ("(", Symbol::OpenParenthesis),
    (")", Symbol::CloseParenthesis),
    ("{", Symbol::OpenBrace),
    ("}", Symbol::CloseBrace),
    (",", Symbol::Comma),
    ("+", Symbol::Plus),
    ("-", Symbol::Minus),
    ("*", Symbol::Times),
    ("/", Symbol::Divide),
    ("%", Symbol::Remainder),
    ("&", Symbol::BitAnd),
];

/// The operators that are written as words.
pub(crate) const WORDS: [(&str, Symbol); 21] = [
    ("any", Symbol::Any),
    ("all", Symbol::All),
    ("eq", Symbol::AnyEqual),
    ("any_eq", Symbol::AnyEqual),
    ("all_eq", Symbol::AllEqual),
    ("ne", Symbol::AllUnequal),
    ("all_ne", Symbol::AllUnequal),
    ("any_ne", Symbol::AnyUnequal),
    ("gt", Symbol::Greater),
    ("ge", Symbol::GreaterOrEqual),
    ("lt", Symbol::Less),
    ("le", Symbol::LessOrEqual),
    ("contains", Symbol::Contains),
    ("matches", Symbol::Matches),
    ("in", Symbol::In),
    ("not", Symbol::Not),
    ("and", Symbol::And),
    ("or", Symbol::Or),
    ("xor", Symbol::Xor),
    ("bitwise_and", Symbol::BitAnd),
    ("bitand", Symbol::BitAnd),
];
