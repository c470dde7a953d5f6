//! A filter as it is evaluated: fields are known, values have the types they are compared with.

use regex::bytes::Regex;
use whotalks_fields::FieldId;

use crate::item::Item;
use crate::syntax::{Calculation, Range};

/// Something that holds for a frame or not.
#[derive(Debug, Clone)]
pub(crate) enum Test {
    /// Holds for every frame.
    Always,
    /// All of them hold.
    And(Vec<Test>),
    /// An odd number of them holds.
    Xor(Vec<Test>),
    /// One of them holds.
    Or(Vec<Test>),
    /// It does not hold.
    Not(Box<Test>),
    /// There is a value.
    Exists(Operand),
    /// There is a value that is not zero.
    NotZero(Operand),
    /// One pair of values compares so, or every pair and there is one.
    Compare {
        every: bool,
        comparison: Comparison,
        left: Operand,
        right: Operand,
    },
    /// A value is found by the expression.
    Matches {
        every: bool,
        left: Operand,
        expression: Regex,
    },
    /// One element of the set equals or spans a value, or every value.
    Among {
        every: bool,
        left: Operand,
        elements: Vec<Element>,
    },
}

/// How two values can compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    Unequal,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Contains,
}

/// A value or a range of values of a set.
#[derive(Debug, Clone)]
pub(crate) struct Element {
    pub(crate) low: Operand,
    pub(crate) high: Option<Operand>,
}

/// Something that has values in a frame: none, one or several.
#[derive(Debug, Clone)]
pub(crate) enum Operand {
    /// The same value in every frame.
    Constant(Item<'static>),
    /// The values of a field.
    Field(FieldId),
    /// The values of a field in some of the layers of its protocol, which count from 1.
    Layers {
        field: FieldId,
        protocol: FieldId,
        layers: Vec<Range>,
    },
    /// Parts of the bytes of each value; nothing of a value that does not reach so far.
    Slice(Box<Operand>, Vec<Range>),
    /// Each value with the other sign.
    Negative(Box<Operand>),
    /// Each pair of values calculated with.
    Calculation(Calculation, Box<Operand>, Box<Operand>),
    /// How many bytes each value has; `fixed` for types that always have as many.
    Length { of: Box<Operand>, fixed: Option<u64> },
    /// How many values there are; nothing where there is none.
    Count(Box<Operand>),
    /// Each text in upper or in lower case.
    Case { upper: bool, of: Box<Operand> },
    /// Each value as text.
    AsText { of: Box<Operand>, form: TextForm },
    /// The greatest or the least of all values.
    Extreme { greatest: bool, of: Vec<Operand> },
    /// Each value without its sign.
    Absolute(Box<Operand>),
}

/// How a value is written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextForm {
    /// A number or an IP address.
    Plain,
    /// Bytes joined by colons.
    Colons,
    /// A GUID.
    Guid,
}
