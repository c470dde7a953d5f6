//! What can be wrong with a display filter.

use crate::messages::macros::messages;

messages! {
    /// What can be wrong with a display filter.
    FilterMessage {
        TooLong { limit: u64 } = "filter-too-long",
        TooDeep { limit: u64 } = "filter-too-deep",
        Character { found: String } = "filter-character",
        Unclosed { opening: String } = "filter-unclosed",
        Escape { escape: String } = "filter-escape",
        CharacterConstant = "filter-character-constant",
        Unexpected { found: String } = "filter-unexpected",
        UnexpectedEnd = "filter-unexpected-end",
        Range { range: String } = "filter-range",
        UnknownField { name: String } = "filter-unknown-field",
        UnknownFunction { name: String } = "filter-unknown-function",
        OneArgument { function: String } = "filter-one-argument",
        OneArgumentOrMore { function: String } = "filter-one-argument-or-more",
        Value { text: String, wanted: String } = "filter-value",
        Incompatible { left: String, right: String } = "filter-incompatible",
        Operation { operation: String, kind: String } = "filter-operation",
        NoField = "filter-no-field",
        Unquoted = "filter-unquoted",
        Expression { reason: String } = "filter-expression",
        Suggestions { names: String } = "filter-suggestions",
        Documentation = "filter-documentation",
    }
}
