//! Hunting queries: what is wrong with one, and what is said about an answer.

use crate::messages::macros::messages;

messages! {
    /// Hunting queries: what is wrong with one, and what is said about an answer.
    QueryMessage {
        Rows { count: u64 } = "query-rows",
        RowsShown { shown: u64, count: u64 } = "query-rows-shown",
        ExternalDataNotRead = "query-external-data-not-read",
        PlacesUnknown = "query-places-unknown",
        FileProfileUnknown = "query-file-profile-unknown",
        SeenByUnknown = "query-seen-by-unknown",
        At { line: u64, column: u64, problem: String } = "query-at",
        Syntax { reason: String } = "query-syntax",
        Expected { expected: String, found: String } = "query-expected",
        Unexpected { found: String } = "query-unexpected",
        UnknownOperator { name: String } = "query-unknown-operator",
        UnknownType { name: String } = "query-unknown-type",
        Unclosed { opening: String } = "query-unclosed",
        UnknownName { name: String } = "query-unknown-name",
        UnknownColumn { name: String } = "query-unknown-column",
        UnknownFunction { name: String } = "query-unknown-function",
        DuplicateColumn { name: String } = "query-duplicate-column",
        Argument { function: String, reason: String } = "query-argument",
        Function { reason: String } = "query-function",
        WrongType { what: String, expected: String, found: String } = "query-wrong-type",
        NotConstant { what: String } = "query-not-constant",
        NotAValue = "query-not-a-value",
        NotATable = "query-not-a-table",
        NoQuery = "query-without-query",
        MisplacedAggregation { name: String } = "query-misplaced-aggregation",
        NotSerialized { name: String } = "query-not-serialized",
        Unsupported { construct: String } = "query-unsupported",
        TooDeep { levels: u64 } = "query-too-deep",
        Engine { reason: String } = "query-engine",
        Time { seconds: u64 } = "query-time",
        Memory = "query-memory",
        Cancelled = "query-cancelled",
        Suggestion { names: String } = "query-suggestion",
        Instead { way: String } = "query-instead",
        HintTime = "query-hint-time",
        HintMemory = "query-hint-memory",
        Documentation = "query-documentation",
    }
}
