//! Any text is a filter or an error that says where, and neither panics nor takes long.

use proptest::prelude::*;
use whotalks_fields::FrameFields;
use whotalks_filter::{Filter, Problem};

/// Pieces of filters, so that the texts made of them get past the first word.
const PIECES: [&str; 40] = [
    "tcp",
    "tcp.port",
    "ip.src",
    "frame.time",
    "http.host",
    "eth.src",
    "frame.time_delta",
    "tcp.flags.syn",
    "==",
    "!=",
    "===",
    "<",
    "contains",
    "matches",
    "in",
    "not",
    "!",
    "and",
    "||",
    "^^",
    "any",
    "all",
    "(",
    ")",
    "{",
    "}",
    ",",
    "..",
    "+",
    "-",
    "*",
    "&",
    "80",
    "10.0.0.0/8",
    "\"a\"",
    "r\"\\d\"",
    "[0:2]",
    "#1",
    "len(",
    "aa:bb",
];

fn check(text: &str) {
    match Filter::compile(text) {
        Ok(filter) => {
            std::hint::black_box(filter.matches(&FrameFields::default()));
        }
        Err(error) => {
            assert!(
                error.span.start <= error.span.end && error.span.end <= text.len(),
                "{text:?}: {error:?}"
            );
            assert!(
                text.get(error.span.start..error.span.end).is_some(),
                "{text:?}: {error:?}"
            );
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_a_filter_or_an_error_with_a_place(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_words_are_a_filter_or_an_error_with_a_place(
        words in proptest::collection::vec(proptest::sample::select(PIECES.as_slice()), 0..24),
        separator in proptest::sample::select(["", " "].as_slice()),
    ) {
        check(&words.join(separator));
    }
}

#[test]
fn every_beginning_of_a_filter_is_a_filter_or_an_error_with_a_place() {
    let text = "any tcp.port in {80, 443..\u{20ac}} and !(http.host[1:] matches r\"\\.jp$\" or max(1, ip.ttl#[-1]) - 'a' > 0x2)";
    for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
        check(text.get(..end).unwrap());
    }
}

#[test]
fn nesting_is_bounded() {
    let deep = |open: &str, close: &str| format!("{}tcp.len{}", open.repeat(5_000), close.repeat(5_000));
    for text in [
        deep("(", ")"),
        format!("tcp.len == {}", deep("{", "}")),
        format!("{} == 1", deep("abs(", ")")),
        format!("tcp.len == 1{}", " + 1".repeat(5_000)),
        format!("tcp{} == 1", "[0:1]".repeat(5_000)),
        deep("(!", ")"),
    ] {
        let error = Filter::compile(&text).unwrap_err();
        assert!(matches!(error.problem, Problem::TooDeep { .. }), "{error:?}");
    }
}

#[test]
fn what_is_long_but_flat_is_a_filter() {
    for text in [
        vec!["tcp"; 5_000].join(" or "),
        format!("tcp.port in {{{}}}", vec!["80"; 5_000].join(",")),
        format!("{}tcp", "not ".repeat(5_001)),
        format!("tcp.len == {}1", "- ".repeat(5_000)),
    ] {
        assert!(Filter::compile(&text).is_ok());
    }
}

#[test]
fn the_length_is_bounded() {
    let error = Filter::compile(&"tcp or ".repeat(100_000)).unwrap_err();
    assert!(matches!(error.problem, Problem::TooLong { .. }), "{error:?}");
}
