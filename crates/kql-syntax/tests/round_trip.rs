//! What is printed reads as what was printed; what is cut off is read as far as it goes.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files fails")]

use std::path::Path;

use proptest::prelude::*;
use whotalks_kql_syntax::{parse, tree::Script};

/// A tree without its places.
fn shape(tree: &Script) -> String {
    let dump = format!("{tree:?}");
    let mut parts = dump.split("span: @");
    let mut shape = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shape.push_str(part.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == '.'));
    }
    shape
}

fn assert_round_trip(text: &str) {
    let first = parse(text);
    assert_eq!(first.diagnostics, [], "{text}");
    let printed = first.tree.to_string();
    let second = parse(&printed);
    assert_eq!(second.diagnostics, [], "{text}\nprinted as\n{printed}");
    assert_eq!(shape(&first.tree), shape(&second.tree), "{text}\nprinted as\n{printed}");
    assert_eq!(second.tree.to_string(), printed, "printing is not stable");
}

fn well_formed() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let queries = files.filter(|path| path.extension().is_some_and(|end| end == "kql"));
    let texts = queries.map(|path| std::fs::read_to_string(path).unwrap());
    // What is refused prints its name and no more.
    texts
        .filter(|text| parse(text).diagnostics.is_empty() && !text.contains("graph"))
        .collect()
}

#[test]
fn recorded_cases_print_as_what_they_are() {
    let texts = well_formed();
    assert!(texts.len() >= 8);
    texts.iter().for_each(|text| assert_round_trip(text));
}

#[test]
fn two_trees_that_differ_have_different_shapes() {
    let shape_of = |text| shape(&parse(text).tree);
    assert_eq!(shape_of("T |  where a"), shape_of("T\n| where a // x"));
    assert_ne!(shape_of("T | where a"), shape_of("T | where b"));
    assert_ne!(shape_of("print a - b - c"), shape_of("print a - (b - c)"));
}

#[test]
fn every_beginning_of_a_text_is_read_and_its_diagnostics_lie_in_it() {
    for text in well_formed() {
        for (end, _) in text.char_indices() {
            let part = text.get(..end).unwrap();
            for diagnostic in parse(part).diagnostics {
                assert!(part.get(diagnostic.span.start..diagnostic.span.end).is_some(), "{part}");
                assert!(!diagnostic.to_string().is_empty());
            }
        }
    }
}

/// An expression of any kind.
fn expression() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "a",
        "['b c']",
        "kind",
        "1",
        "-2.5",
        "'s'",
        "@\"v\"",
        "h'x'",
        "true",
        "1d",
        "datetime(2020)",
        "int(null)",
        "now()",
        "dynamic([1, {\"a\": -1}])",
        "{p}",
        "long(-1)",
        "real(nan)",
        "count",
    ]);
    leaf.prop_map(str::to_owned).prop_recursive(5, 40, 3, |inner| {
        let operators = prop::sample::select(vec![
            "+",
            "-",
            "*",
            "/",
            "%",
            "==",
            "!=",
            "<",
            ">=",
            "=~",
            "!~",
            "has",
            "!has_cs",
            "contains",
            "startswith_cs",
            "matches regex",
            "and",
            "or",
        ]);
        let members = prop::sample::select(vec!["in", "!in~", "has_any", "has_all"]);
        prop_oneof![
            (inner.clone(), operators, inner.clone())
                .prop_map(|(left, operator, right)| format!("({left}) {operator} ({right})")),
            (inner.clone(), members, inner.clone())
                .prop_map(|(left, operator, right)| format!("({left}) {operator} ({right}, 1)")),
            (inner.clone(), inner.clone()).prop_map(|(low, high)| format!("x between ({low} .. {high})")),
            (inner.clone(), inner.clone()).prop_map(|(first, second)| format!("f({first}, named = {second})")),
            inner.clone().prop_map(|index| format!("g[{index}].h")),
            inner.clone().prop_map(|operand| format!("-({operand})")),
            inner.prop_map(|inside| format!("toscalar(T | where {inside} | count)")),
        ]
    })
}

fn operator() -> impl Strategy<Value = String> {
    (expression(), 0..14_usize).prop_map(|(value, kind)| match kind {
        0 => format!("where {value}"),
        1 => format!("extend x = {value}, {value}"),
        2 => format!("project title = {value}"),
        3 => format!("summarize n = count(), f({value}) by g = {value}, h"),
        4 => format!("sort by {value} asc nulls first, b"),
        5 => format!("top 3 by {value}"),
        6 => format!("join kind=inner (U | where {value}) on a, $left.b == $right.c"),
        7 => format!("mv-expand x = {value} to typeof(long) limit 5"),
        8 => format!("mv-apply x = {value} on (where {value} | take 1)"),
        9 => format!("make-series s = avg({value}) default = 0 on t from {value} to {value} step 1h by d"),
        10 => format!("fork n=(where {value}) (count)"),
        11 => format!("parse kind=simple {value} with * 'a' b: long 'c'"),
        12 => format!("union kind=outer (V | where {value}), W*"),
        _ => format!("scan with (step s: {value} => m = {value};)"),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn generated_queries_print_as_what_they_are(operators in prop::collection::vec(operator(), 1..4), named in any::<bool>()) {
        let query = format!("T | {}", operators.join(" | "));
        let text = if named { format!("let q = {query}; let f = (a: long = 1) {{ {query} }}; q") } else { query };
        assert_round_trip(&text);
    }

    #[test]
    fn whatever_reads_without_diagnostics_prints_as_what_it_is(words in prop::collection::vec(word(), 0..8)) {
        let text = words.join(" ");
        if parse(&text).diagnostics.is_empty() {
            assert_round_trip(&text);
        }
    }
}

fn word() -> impl Strategy<Value = &'static str> {
    let words = [
        "T", "a", "1", "'s'", "|", "(", ")", "[", "]", ",", ";", "=", "-", ".", "*", "where", "count", "by", "in",
        "let",
    ];
    prop::sample::select(words.to_vec())
}
