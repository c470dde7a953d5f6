//! The words of the language, and which of them are names too.
//!
//! Kusto has words that are reserved everywhere, words that are names wherever the language does not want the word, and words
//! in between: `T | extend title = 1` names a column, `T | where title == 1` does not.

/// When a word of the language is a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Naming {
    /// Never without brackets.
    Reserved,
    /// Only as an operand.
    Special,
    /// Only where something new is named.
    Extended,
    /// Wherever it does not stand where the language wants the word.
    Free,
}

/// The operators that can follow `|`, as they are usually written; for completion and for guesses at what was meant.
pub const OPERATOR_NAMES: [&str; 50] = [
    "as",
    "assert-schema",
    "consume",
    "count",
    "distinct",
    "evaluate",
    "extend",
    "facet",
    "filter",
    "find",
    "fork",
    "getschema",
    "invoke",
    "join",
    "limit",
    "lookup",
    "macro-expand",
    "make-series",
    "mv-apply",
    "mv-expand",
    "order",
    "parse",
    "parse-kv",
    "parse-where",
    "partition",
    "print",
    "project",
    "project-away",
    "project-by-names",
    "project-keep",
    "project-rename",
    "project-reorder",
    "range",
    "reduce",
    "render",
    "sample",
    "sample-distinct",
    "scan",
    "search",
    "serialize",
    "sort",
    "summarize",
    "take",
    "top",
    "top-hitters",
    "top-nested",
    "union",
    "where",
    "make-graph",
    "graph-match",
];

/// The operators between two operands that are written as words.
pub const STRING_OPERATORS: [&str; 36] = [
    "and",
    "or",
    "has",
    "!has",
    "has_cs",
    "!has_cs",
    "hasprefix",
    "!hasprefix",
    "hasprefix_cs",
    "!hasprefix_cs",
    "hassuffix",
    "!hassuffix",
    "hassuffix_cs",
    "!hassuffix_cs",
    "contains",
    "!contains",
    "contains_cs",
    "!contains_cs",
    "startswith",
    "!startswith",
    "startswith_cs",
    "!startswith_cs",
    "endswith",
    "!endswith",
    "endswith_cs",
    "!endswith_cs",
    "matches regex",
    "in",
    "!in",
    "in~",
    "!in~",
    "has_any",
    "has_all",
    "between",
    "!between",
    "notcontains",
];

/// The types of values.
pub const TYPE_NAMES: [&str; 17] = [
    "bool", "boolean", "date", "datetime", "decimal", "double", "dynamic", "guid", "int", "int64", "int8", "long",
    "real", "string", "time", "timespan", "uniqueid",
];

/// Further types that other products write; they are read where a value is converted, and refused where a column is declared.
pub(crate) const FOREIGN_TYPE_NAMES: [&str; 9] = [
    "float", "int16", "int32", "uint", "uint16", "uint32", "uint64", "uint8", "ulong",
];

/// Whether a text is a word of the language, so that it can be a name only in brackets or in some places.
pub fn is_keyword(text: &str) -> bool {
    longest(text).is_some_and(|(word, _)| word.len() == text.len())
}

/// The longest word of the language that a text begins with.
pub(crate) fn longest(text: &str) -> Option<(&'static str, Naming)> {
    let sets: [(&[&'static str], Naming); 4] = [
        (&FREE, Naming::Free),
        (&EXTENDED, Naming::Extended),
        (&SPECIAL, Naming::Special),
        (&RESERVED, Naming::Reserved),
    ];
    let found = sets
        .iter()
        .filter_map(|(words, naming)| Some((longest_of(words, text)?, *naming)));
    found.max_by_key(|(word, _)| word.len())
}

fn longest_of(sorted: &[&'static str], text: &str) -> Option<&'static str> {
    let first = text.bytes().next()?;
    let from = sorted.partition_point(|word| word.bytes().next() < Some(first));
    let same = sorted
        .get(from..)?
        .iter()
        .take_while(|word| word.bytes().next() == Some(first));
    same.filter(|word| text.starts_with(**word))
        .max_by_key(|word| word.len())
        .copied()
}

/// Words that are names wherever they do not stand where the language wants the word.
const FREE: [&str; 63] = [
    "__partitionby",
    "access",
    "alias",
    "best_effort",
    "bin",
    "bool",
    "consume",
    "count",
    "database",
    "dataformat",
    "datetime_pattern",
    "declare",
    "default",
    "distinct",
    "edges",
    "entity_group",
    "evaluate",
    "extend",
    "facet",
    "filter",
    "fork",
    "from",
    "getschema",
    "graph",
    "guid",
    "id",
    "inline_external_table",
    "join",
    "let",
    "limit",
    "lookup",
    "mvapply",
    "mvexpand",
    "nodes",
    "null",
    "nulls",
    "on",
    "optional",
    "order",
    "output",
    "pack",
    "parse",
    "partition",
    "pattern",
    "plotly",
    "query_parameters",
    "range",
    "reduce",
    "regex",
    "render",
    "restrict",
    "scan",
    "serialize",
    "sort",
    "step",
    "summarize",
    "take",
    "top",
    "typeof",
    "uuid",
    "view",
    "with",
    "with_node_id",
];

/// Words that are names only where something new is named.
const EXTENDED: [&str; 30] = [
    "accumulate",
    "as",
    "by",
    "contains",
    "datatable",
    "earliest",
    "externaldata",
    "find",
    "has",
    "in",
    "invoke",
    "latest",
    "materialize",
    "mdm",
    "of",
    "print",
    "sample",
    "sample-distinct",
    "search",
    "set",
    "sql",
    "title",
    "to",
    "top-hitters",
    "top-nested",
    "toscalar",
    "totable",
    "verbose",
    "viewers",
    "where",
];

/// Words that are names only as operands.
const SPECIAL: [&str; 3] = ["kind", "with_source", "withsource"];

/// Words that are never names without brackets.
const RESERVED: [&str; 183] = [
    "!between",
    "!contains",
    "!contains_cs",
    "!endswith",
    "!endswith_cs",
    "!has",
    "!has_cs",
    "!hasprefix",
    "!hasprefix_cs",
    "!hassuffix",
    "!hassuffix_cs",
    "!in",
    "!in~",
    "!startswith",
    "!startswith_cs",
    "3Dchart",
    "__contextual_datatable",
    "__crossCluster",
    "__crossDB",
    "__executeAndCache",
    "__id",
    "__isFuzzy",
    "__noWithSource",
    "__packedColumn",
    "__projectAway",
    "__sourceColumnIndex",
    "and",
    "anomalychart",
    "areachart",
    "asc",
    "assert-schema",
    "bagexpansion",
    "barchart",
    "between",
    "bin_legacy",
    "boolean",
    "byte",
    "cachingpolicy",
    "callout",
    "cancel",
    "card",
    "char",
    "columnchart",
    "commands-and-queries",
    "contains_cs",
    "containscs",
    "cycles",
    "dataexport",
    "datascope",
    "date",
    "datetime",
    "decimal",
    "decodeblocks",
    "desc",
    "double",
    "dynamic",
    "encodingpolicy",
    "endswith",
    "endswith_cs",
    "expandoutput",
    "extent_tags_retention",
    "external_data",
    "first",
    "flags",
    "float",
    "force_remote",
    "granny-asc",
    "granny-desc",
    "graph-mark-components",
    "graph-match",
    "graph-shortest-paths",
    "graph-to-table",
    "graph-where-edges",
    "graph-where-nodes",
    "harddelete",
    "hardretention",
    "has_all",
    "has_any",
    "has_cs",
    "hasprefix",
    "hasprefix_cs",
    "hassuffix",
    "hassuffix_cs",
    "hint.concurrency",
    "hint.distribution",
    "hint.materialized",
    "hint.num_partitions",
    "hint.progressive_top",
    "hint.remote",
    "hint.shufflekey",
    "hint.spread",
    "hint.strategy",
    "hotcache",
    "int",
    "int16",
    "int32",
    "int64",
    "int8",
    "in~",
    "isfuzzy",
    "journal",
    "ladderchart",
    "last",
    "like",
    "likecs",
    "linechart",
    "long",
    "macro-expand",
    "make-graph",
    "make-series",
    "matches regex",
    "materialized-view-combine",
    "materialized-views",
    "missing",
    "mv-apply",
    "mv-expand",
    "nooptimization",
    "notcontains",
    "notcontainscs",
    "notlike",
    "notlikecs",
    "or",
    "others",
    "parse-kv",
    "parse-where",
    "partitioned-by",
    "pathformat",
    "piechart",
    "pivotchart",
    "project",
    "project-away",
    "project-by-names",
    "project-keep",
    "project-rename",
    "project-reorder",
    "project-smart",
    "queries",
    "query_results",
    "real",
    "relaxed",
    "restricted_view_access",
    "row_level_security",
    "rowstore",
    "rowstore_references",
    "rowstore_sealinfo",
    "rowstorepolicy",
    "rowstores",
    "scatterchart",
    "seal",
    "seals",
    "set-or-append",
    "set-or-replace",
    "shards",
    "simple",
    "softdelete",
    "softretention",
    "stackedareachart",
    "startswith",
    "startswith_cs",
    "statistics",
    "storedqueryresultcontainers",
    "string",
    "tablepurge",
    "time",
    "timechart",
    "timeline",
    "timepivot",
    "timespan",
    "treemap",
    "uint",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    "ulong",
    "union",
    "uniqueid",
    "unrestrictedviewers",
    "views",
    "with_itemindex",
    "with_match_id",
    "with_step_name",
    "writeaheadlog",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_because_they_are_searched_by_halving() {
        for list in [&FREE[..], &EXTENDED, &SPECIAL, &RESERVED] {
            assert!(list.is_sorted());
        }
    }

    #[test]
    fn the_longest_word_wins() {
        assert_eq!(longest("project-away x"), Some(("project-away", Naming::Reserved)));
        assert_eq!(longest("count()"), Some(("count", Naming::Free)));
        assert_eq!(longest("foo"), None);
        assert!(is_keyword("title") && !is_keyword("titles"));
    }

    #[test]
    fn every_operator_and_type_is_a_word_of_the_language() {
        for word in OPERATOR_NAMES
            .iter()
            .chain(&STRING_OPERATORS)
            .chain(&TYPE_NAMES)
            .chain(&FOREIGN_TYPE_NAMES)
        {
            assert!(is_keyword(word), "{word}");
        }
    }
}
