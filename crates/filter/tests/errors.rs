//! What is wrong with a filter, and where.

#![expect(clippy::unwrap_used, reason = "a test whose filter is none fails")]

use whotalks_fields::{FieldKind, Level, find};
use whotalks_filter::{Filter, Problem, Span};

fn problem(text: &str) -> (Problem, &str) {
    let error = Filter::compile(text).unwrap_err();
    let Span { start, end } = error.span;
    (error.problem, text.get(start..end).unwrap())
}

#[test]
fn a_mistyped_field_is_told_with_what_may_be_meant() {
    let (Problem::UnknownField { name, suggestions }, place) = problem("ip and tcp.prot == 80") else {
        panic!("another problem");
    };
    assert_eq!((name.as_str(), place), ("tcp.prot", "tcp.prot"));
    assert!(suggestions.contains(&"tcp.port"), "{suggestions:?}");
}

#[test]
fn a_mistyped_field_on_the_right_is_no_value() {
    let (problem, place) = problem("tcp.port == tcp.srcprt");
    assert!(matches!(problem, Problem::UnknownField { .. }), "{problem:?}");
    assert_eq!(place, "tcp.srcprt");
}

#[test]
fn a_value_of_a_wrong_type_is_told_with_the_type_that_is_wanted() {
    let wanted = |text| match problem(text) {
        (Problem::Value { wanted, .. }, place) => (wanted, place),
        (other, _) => panic!("{other:?}"),
    };
    assert_eq!(wanted("tcp.port == web"), (FieldKind::Unsigned, "web"));
    assert_eq!(wanted("ip.src == 300.1.1.1 or tcp"), (FieldKind::Ipv4, "300.1.1.1"));
    assert_eq!(
        wanted("frame.time > \"yesterday\""),
        (FieldKind::AbsoluteTime, "\"yesterday\"")
    );
}

#[test]
fn what_a_type_does_not_know_is_told_with_the_operation() {
    let (found, place) = problem("tcp.port contains 8");
    let expected = Problem::Operation {
        operation: "contains",
        kind: FieldKind::Unsigned,
    };
    assert_eq!((found, place), (expected, "tcp.port"));
    let (found, place) = problem("upper(ip.src) == \"A\"");
    let expected = Problem::Operation {
        operation: "upper",
        kind: FieldKind::Ipv4,
    };
    assert_eq!((found, place), (expected, "ip.src"));
}

#[test]
fn two_sides_that_do_not_compare_are_told_together() {
    let expected = Problem::Incompatible {
        left: FieldKind::Unsigned,
        right: FieldKind::Ipv4,
    };
    assert_eq!(problem("tcp.port == ip.src and ip"), (expected, "tcp.port == ip.src"));
}

#[test]
fn what_is_unexpected_is_told_where_it_stands() {
    let unexpected = |found: &str| Problem::Unexpected {
        found: found.to_owned(),
    };
    assert_eq!(problem("tcp tcp"), (unexpected("tcp"), "tcp"));
    assert_eq!(problem("tcp and or ip"), (unexpected("or"), "or"));
    assert_eq!(problem("tcp and"), (Problem::UnexpectedEnd, ""));
    assert_eq!(problem("tcp $ip"), (Problem::Character { found: '$' }, "$"));
    assert_eq!(problem("http.host == \"a"), (Problem::Unclosed { opening: '"' }, "\"a"));
}

#[test]
fn an_escape_that_stands_for_nothing_is_shown() {
    for escape in ["\\d", "\\x", "\\u12", "\\777", "\\Uffffffff", "\\日"] {
        let text = format!("http.host == \"a{escape}\"");
        let (Problem::Escape { escape: told }, place) = problem(&text) else {
            panic!("another problem");
        };
        assert!(escape.starts_with(&told) && place == told, "{escape}: {told}");
    }
}

#[test]
fn an_error_says_where_in_one_line() {
    let error = Filter::compile("ip and nosuch").unwrap_err();
    assert_eq!(
        error.to_string(),
        "'nosuch' is neither a field nor a protocol, at byte 7 of the filter"
    );
}

#[test]
fn a_filter_says_what_it_needs() {
    let filter = Filter::compile("ip.src#2 == 1.1.1.1 && tcp.dstport in {80, 443}").unwrap();
    let held = |name| filter.fields().contains(find(name).unwrap());
    assert!(held("ip") && held("ip.src") && held("tcp.dstport") && !held("tcp.port"));
    assert_eq!(filter.level(), Level::Headers);
    assert_eq!(Filter::compile("tcp.stream == 0").unwrap().level(), Level::Streams);
    assert_eq!(
        Filter::compile("tcp or http.host").unwrap().level(),
        Level::Applications
    );
}
