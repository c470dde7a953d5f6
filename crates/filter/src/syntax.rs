//! A filter as it is written, before its fields and types are known.

use crate::Span;

/// Something that holds for a frame or not.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Test {
    /// All of them hold.
    And(Vec<Test>),
    /// An odd number of them holds.
    Xor(Vec<Test>),
    /// One of them holds.
    Or(Vec<Test>),
    /// It does not hold.
    Not(Box<Test>),
    /// The value is there, or is not zero.
    Present(Expression),
    /// The two sides compare so.
    Relation {
        /// Whether one pair of values is enough or all must; nothing where the operator decides.
        quantifier: Option<Quantifier>,
        /// How they must compare.
        relation: Relation,
        /// The left side.
        left: Expression,
        /// The right side.
        right: Expression,
    },
    /// The left side is one of the values.
    Membership {
        /// Whether one of several values of the field is enough.
        quantifier: Option<Quantifier>,
        /// The left side.
        left: Expression,
        /// The values.
        elements: Vec<Element>,
    },
}

/// How many pairs of values must compare so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantifier {
    /// One.
    Any,
    /// All, and at least one.
    All,
}

/// How two sides can compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
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
}

/// A value or a range of values of a set.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Element {
    /// The value, or the least.
    pub(crate) low: Expression,
    /// The greatest.
    pub(crate) high: Option<Expression>,
}

/// Something that has values in a frame.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Expression {
    /// What it is.
    pub(crate) kind: ExpressionKind,
    /// Where it stands.
    pub(crate) span: Span,
}

/// What has values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ExpressionKind {
    /// A name or an unquoted value; which of them, the list of fields decides.
    Word(String),
    /// The name of a field.
    FieldName(String),
    /// An unquoted value.
    Literal(String),
    /// A quoted text.
    Text(Vec<u8>),
    /// A character, and how it is written.
    Character(u8, String),
    /// A field in some of its layers.
    Layers(Box<Expression>, Vec<Range>),
    /// Parts of the bytes of a value.
    Slice(Box<Expression>, Vec<Range>),
    /// The value with the other sign.
    Negative(Box<Expression>),
    /// Two values calculated with.
    Calculation(Calculation, Box<Expression>, Box<Expression>),
    /// A function.
    Function(String, Vec<Expression>),
}

/// How two values can be calculated with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Calculation {
    Plus,
    Minus,
    Times,
    Divide,
    Remainder,
    BitAnd,
}

/// A range of offsets or of layers; negative ones count from the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    /// The first.
    pub(crate) start: i32,
    /// Where it ends.
    pub(crate) end: RangeEnd,
}

/// Where a range ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RangeEnd {
    /// After that many.
    Length(i32),
    /// With that one.
    Last(i32),
    /// With the last there is.
    Open,
}

impl Calculation {
    /// How it is written.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
            Self::BitAnd => "&",
        }
    }
}

impl Relation {
    /// How it is written.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::AnyEqual => "==",
            Self::AllEqual => "===",
            Self::AnyUnequal => "!==",
            Self::AllUnequal => "!=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Contains => "contains",
            Self::Matches => "matches",
        }
    }
}
