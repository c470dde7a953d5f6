//! What of the language is supported, for documentation and completion.

/// A construct of the language and how far it is supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Construct {
    /// How it is written.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// How far it is supported.
    pub support: Support,
}

/// How far a construct is supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Support {
    /// As the real engine has it.
    Whole,
    /// With a difference.
    Differs(&'static str),
    /// It is an error that names it; what can be done instead.
    Refused(&'static str),
}

const fn whole(name: &'static str, summary: &'static str) -> Construct {
    Construct {
        name,
        summary,
        support: Support::Whole,
    }
}

const fn differs(name: &'static str, summary: &'static str, difference: &'static str) -> Construct {
    Construct {
        name,
        summary,
        support: Support::Differs(difference),
    }
}

const fn refused(name: &'static str, summary: &'static str, instead: &'static str) -> Construct {
    Construct {
        name,
        summary,
        support: Support::Refused(instead),
    }
}

/// The tabular operators.
pub const OPERATORS: &[Construct] = &[
    whole("as", "Gives the table a name for the rest of the query."),
    whole("assert-schema", "Is an error where the columns are other ones."),
    differs("consume", "Reads the rows and gives none.", "Gives the rows."),
    whole("count", "Counts the rows."),
    whole("datatable", "A table that is written out."),
    whole("distinct", "Each combination of values once."),
    whole("evaluate", "Calls a plugin; see below."),
    whole("extend", "Adds columns."),
    differs(
        "externaldata",
        "A table from elsewhere.",
        "Reads the file that is named for the location; without one it is empty, and the answer says so. Nothing is fetched.",
    ),
    differs(
        "facet",
        "Counts for several columns at once.",
        "The tables follow each other in one, whose first column `TableName` names them.",
    ),
    whole("find", "Rows of several tables that fulfil a condition."),
    differs(
        "fork",
        "Several answers at once.",
        "The tables follow each other in one, whose first column `TableName` names them.",
    ),
    whole("getschema", "The columns as rows."),
    differs(
        "invoke",
        "Calls a function with the table.",
        "`FileProfile` gives empty columns, since only Microsoft's service knows them; the answer says so.",
    ),
    differs(
        "join",
        "Rows of two tables that belong together; of the default kind `innerunique`.",
        "Without `on`, and with conditions other than equality, it is refused.",
    ),
    whole("lookup", "Adds the columns of a table of facts."),
    differs(
        "macro-expand",
        "A query for each member of a group.",
        "A case has its tables once, whatever the database: the query is asked once.",
    ),
    refused("make-graph", "Graphs, and the operators over them.", "There is none."),
    differs(
        "make-series",
        "Values at equal distances as arrays.",
        "Inside of `partition` and `mv-apply` it is refused.",
    ),
    whole("mv-apply", "Operators over the values of the arrays of each row."),
    whole("mv-expand", "A row for each value of an array."),
    whole("parse", "Columns out of a text, by a pattern."),
    whole("parse-kv", "Columns out of names and values in a text."),
    whole("parse-where", "As `parse`, without the rows that do not fit."),
    differs(
        "partition",
        "Operators over the rows of each key.",
        "With `in` it is refused; joins inside of parentheses, too.",
    ),
    whole("print", "One row of values."),
    whole("project", "Which columns there are."),
    whole("project-away", "Leaves columns out."),
    whole("project-by-names", "Columns whose names are values."),
    whole("project-keep", "Keeps columns by patterns."),
    whole("project-rename", "Gives columns other names."),
    whole("project-reorder", "Puts columns in another order."),
    whole("range", "Values at equal distances."),
    differs(
        "reduce",
        "Groups texts that are alike.",
        "How the real engine finds patterns is not documented in full: others may come out. `kind=source` is refused.",
    ),
    differs(
        "render",
        "How the rows are drawn.",
        "What is drawn as what, and what is not, stands in hunting-usage.md.",
    ),
    differs(
        "sample",
        "Some of the rows.",
        "The first ones, so that two runs say the same.",
    ),
    differs(
        "sample-distinct",
        "Some of the values.",
        "The first ones, so that two runs say the same.",
    ),
    differs(
        "scan",
        "Sequences of rows.",
        "`order by`, `partition by` and `optional` inside of it are refused: use `sort` before and `partition` around it.",
    ),
    whole("search", "Rows in which a text stands anywhere."),
    whole("serialize", "The order of rows counts from here on."),
    whole("sort", "Rows in an order."),
    whole("summarize", "One row for each combination of values."),
    whole("take", "Some of the rows."),
    whole("top", "The first rows in an order."),
    differs(
        "top-hitters",
        "The most frequent values.",
        "Counts exactly, where the real engine estimates.",
    ),
    whole("top-nested", "The greatest groups inside of the greatest groups."),
    whole("union", "The rows of several tables."),
    whole("where", "The rows that fulfil a condition."),
];

/// The plugins of `evaluate`.
pub const PLUGINS: &[Construct] = &[
    whole("active_users_count", "How many were active in enough periods before."),
    whole(
        "activity_counts_metrics",
        "How many, how many different ones and how many new ones in each step.",
    ),
    whole(
        "activity_engagement",
        "The share of those active in a longer time who are in a shorter one.",
    ),
    whole(
        "activity_metrics",
        "How many are new, come back or stay away in each step.",
    ),
    refused(
        "autocluster",
        "Common patterns.",
        "Use `summarize count() by` the columns in question.",
    ),
    differs(
        "bag_unpack",
        "A column for each name in the bags of a column.",
        "New columns are sorted by name.",
    ),
    differs(
        "basket",
        "Frequent patterns.",
        "All columns count; names of wildcards are not taken.",
    ),
    whole(
        "dcount_intersect",
        "How many values summaries of `hll()` have in common.",
    ),
    refused(
        "diffpatterns",
        "What tells two sets of rows apart.",
        "Use `summarize count() by` the columns in question for each set.",
    ),
    whole(
        "geo_line_lookup",
        "Adds the columns of the line that a place is near to.",
    ),
    whole(
        "geo_polygon_lookup",
        "Adds the columns of the polygon that holds a place.",
    ),
    whole("ipv4_lookup", "Adds the columns of the network that holds an address."),
    whole("ipv6_lookup", "The same for both versions of addresses."),
    whole("narrow", "A row for each cell."),
    whole(
        "new_activity_metrics",
        "How many of those who were new in one step come back in later ones.",
    ),
    whole("pivot", "A column for each value."),
    whole("rolling_percentile", "The percentile of the values of the last steps."),
    whole("rows_near", "Rows that fulfil a condition, and those around them."),
    whole("schema_merge", "Several answers of `getschema` as one."),
    whole("session_count", "How many sessions begin in each step."),
    whole("sliding_window_counts", "How many in the time up to each step."),
];

/// The aggregations, each with its older names behind it.
pub fn aggregations() -> Vec<&'static [&'static str]> {
    crate::aggregate::documented()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constructs_are_sorted_and_named_once() {
        for constructs in [OPERATORS, PLUGINS] {
            let names: Vec<_> = constructs.iter().map(|construct| construct.name).collect();
            let mut sorted = names.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(names, sorted);
        }
    }

    #[test]
    fn every_operator_of_the_language_is_documented() {
        let known: Vec<_> = OPERATORS.iter().map(|construct| construct.name).collect();
        for name in whotalks_kql_syntax::OPERATOR_NAMES {
            let alias = matches!(
                name,
                "filter" | "limit" | "order" | "mvexpand" | "mvapply" | "mv_expand" | "mv_apply"
            );
            let graph = name.starts_with("graph") || name.starts_with("make-graph");
            assert!(
                alias || graph || known.contains(&name) || name.starts_with("__"),
                "{name}"
            );
        }
    }
}
