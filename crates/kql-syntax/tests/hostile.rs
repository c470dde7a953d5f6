//! Texts that want to break the parser.

use proptest::prelude::*;
use whotalks_kql_syntax::{MAX_BYTES, MAX_DEPTH, MAX_DIAGNOSTICS, Problem, parse};

/// What opens one more level.
const OPENERS: [&str; 20] = [
    "(",
    "[",
    "{",
    "a[",
    "f(",
    "-(",
    "a in (",
    "a between (",
    "toscalar(",
    "T | fork (fork (",
    "T | mv-apply x on (",
    "T | partition by x (",
    "T | partition by x {",
    "T | join (",
    "union (",
    "print dynamic([",
    "print dynamic({\"a\":",
    "let f = () { ",
    "let f = (a:(",
    "macro-expand g as x (",
];

#[test]
fn nesting_without_end_is_refused_and_exhausts_no_stack() {
    for opener in OPENERS {
        let parsed = parse(&opener.repeat(4_000));
        assert!(!parsed.diagnostics.is_empty(), "{opener}");
    }
    let parsed = parse(&format!("print {}", "(".repeat(MAX_DEPTH + 1)));
    let deep = Problem::TooDeep { limit: MAX_DEPTH };
    assert!(parsed.diagnostics.iter().any(|diagnostic| diagnostic.problem == deep));
}

#[test]
fn chains_can_be_long_because_they_are_no_deeper_than_one() {
    let chains = [
        ("print a", " and a"),
        ("print a", " + a"),
        ("print a", " * a"),
        ("print a", ".b"),
        ("print a", "[0]"),
        ("T", " | where a"),
        ("print a", ", a"),
        ("print 'a'", " 'a'"),
        ("print 1", "; print 1"),
        ("T | parse x with *", " 'a' b"),
    ];
    for (first, more) in chains {
        let text = format!("{first}{}", more.repeat(10_000));
        let parsed = parse(&text);
        assert_eq!(parsed.diagnostics, [], "{first}{more}");
        drop(parsed.tree.clone());
    }
}

#[test]
fn a_text_that_is_too_long_and_one_with_too_many_mistakes_are_cut_off() {
    let parsed = parse(&" ".repeat(MAX_BYTES + 1));
    assert_eq!(parsed.diagnostics.len(), 1);
    let parsed = parse(&"T | foo ".repeat(1_000));
    assert_eq!(parsed.diagnostics.len(), MAX_DIAGNOSTICS);
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        let parsed = parse(&text);
        for diagnostic in parsed.diagnostics {
            prop_assert!(text.get(diagnostic.span.start..diagnostic.span.end).is_some());
        }
    }

    #[test]
    fn any_words_are_read(words in prop::collection::vec(word(), 0..60)) {
        let text = words.join(" ");
        let parsed = parse(&text);
        for diagnostic in parsed.diagnostics {
            prop_assert!(text.get(diagnostic.span.start..diagnostic.span.end).is_some());
        }
    }
}

fn word() -> impl Strategy<Value = &'static str> {
    let words = [
        "T",
        "a",
        "b",
        "1",
        "1d",
        "'s'",
        "|",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ";",
        "=",
        "==",
        "..",
        ".",
        "*",
        "-",
        "where",
        "extend",
        "summarize",
        "by",
        "join",
        "on",
        "kind",
        "union",
        "let",
        "in",
        "has_any",
        "between",
        "mv-expand",
        "to",
        "typeof",
        "dynamic",
        "parse",
        "with",
        "scan",
        "step",
        ":",
        "=>",
        "fork",
        "partition",
        "datatable",
        "string",
        "top",
        "top-nested",
        "of",
        "render",
        "range",
        "from",
        "make-series",
        "find",
        "search",
        "declare",
        "pattern",
        "@",
        "h@'",
        "//",
    ];
    prop::sample::select(words.to_vec())
}
