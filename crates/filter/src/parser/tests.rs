//! A tree written out and read again is the same tree.

use proptest::prelude::*;

use super::parse;
use crate::Span;
use crate::syntax::{Calculation, Expression, ExpressionKind, Quantifier, Range, RangeEnd, Relation, Test};

fn write_test(test: &Test) -> String {
    match test {
        Test::And(parts) => joined(parts, " and "),
        Test::Or(parts) => joined(parts, " or "),
        Test::Xor(parts) => joined(parts, " xor "),
        Test::Not(part) => format!("not ({})", write_test(part)),
        Test::Present(expression) => write(expression),
        Test::Relation {
            quantifier,
            relation,
            left,
            right,
        } => {
            format!(
                "{}{} {} {}",
                write_quantifier(*quantifier),
                write(left),
                relation.sign(),
                write(right)
            )
        }
        Test::Membership {
            quantifier,
            left,
            elements,
        } => {
            let elements = elements.iter().map(|element| match &element.high {
                Some(high) => format!("{} .. {}", write(&element.low), write(high)),
                None => write(&element.low),
            });
            let elements: Vec<_> = elements.collect();
            format!(
                "{}{} in {{{}}}",
                write_quantifier(*quantifier),
                write(left),
                elements.join(", ")
            )
        }
    }
}

fn joined(parts: &[Test], operator: &str) -> String {
    let parts: Vec<_> = parts.iter().map(|part| format!("({})", write_test(part))).collect();
    parts.join(operator)
}

fn write_quantifier(quantifier: Option<Quantifier>) -> &'static str {
    match quantifier {
        None => "",
        Some(Quantifier::Any) => "any ",
        Some(Quantifier::All) => "all ",
    }
}

fn write(expression: &Expression) -> String {
    match &expression.kind {
        ExpressionKind::Word(word) => word.clone(),
        ExpressionKind::FieldName(name) => format!(".{name}"),
        ExpressionKind::Literal(text) => format!(":{text}"),
        ExpressionKind::Text(text) => {
            let bytes: String = text.iter().map(|byte| format!("\\x{byte:02x}")).collect();
            format!("\"{bytes}\"")
        }
        ExpressionKind::Character(_, written) => written.clone(),
        ExpressionKind::Layers(of, ranges) => format!("{}#{}", write(of), write_ranges(ranges)),
        ExpressionKind::Slice(of, ranges) => format!("{}{}", write(of), write_ranges(ranges)),
        ExpressionKind::Negative(of) => format!("- {}", write(of)),
        ExpressionKind::Calculation(how, left, right) => {
            format!("{{{} {} {}}}", write(left), how.sign(), write(right))
        }
        ExpressionKind::Function(name, arguments) => {
            let arguments: Vec<_> = arguments.iter().map(write).collect();
            format!("{name}({})", arguments.join(", "))
        }
    }
}

fn write_ranges(ranges: &[Range]) -> String {
    let ranges = ranges.iter().map(|range| match range.end {
        RangeEnd::Length(length) => format!("{}:{length}", range.start),
        RangeEnd::Last(last) => format!("{}-{last}", range.start),
        RangeEnd::Open => format!("{}:", range.start),
    });
    format!("[{}]", ranges.collect::<Vec<_>>().join(","))
}

fn expression(kind: ExpressionKind) -> Expression {
    let span = Span::default();
    Expression { kind, span }
}

/// Without the places, which differ after writing.
fn unplaced(test: &Test) -> String {
    let text = format!("{test:?}");
    let mut parts = text.split("span: Span { start: ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + part.split_once('}').map_or("", |(_, rest)| rest)
    })
}

fn words() -> impl Strategy<Value = ExpressionKind> {
    let words = [
        "tcp.port",
        "ip",
        "80",
        "10.0.0.0/8",
        "fe80::1",
        "aa:bb",
        "0x1f",
        "mac-lte",
        "1.5",
    ];
    proptest::sample::select(words.to_vec()).prop_map(|word| ExpressionKind::Word(word.to_owned()))
}

fn ranges() -> impl Strategy<Value = Vec<Range>> {
    let end = prop_oneof![
        (1..9).prop_map(RangeEnd::Length),
        (9..20).prop_map(RangeEnd::Last),
        Just(RangeEnd::Open)
    ];
    proptest::collection::vec((0..9, end).prop_map(|(start, end)| Range { start, end }), 1..3)
}

fn expressions() -> impl Strategy<Value = Expression> {
    let leaf = prop_oneof![
        words(),
        Just(ExpressionKind::FieldName("tcp.port".to_owned())),
        Just(ExpressionKind::Literal("fe".to_owned())),
        any::<Vec<u8>>().prop_map(ExpressionKind::Text),
        Just(ExpressionKind::Character(b'\n', "'\\n'".to_owned())),
        (words(), ranges()).prop_map(|(of, ranges)| ExpressionKind::Layers(Box::new(expression(of)), ranges)),
        (words(), ranges()).prop_map(|(of, ranges)| ExpressionKind::Slice(Box::new(expression(of)), ranges)),
        words().prop_map(|of| ExpressionKind::Negative(Box::new(expression(of)))),
    ];
    leaf.prop_map(expression).prop_recursive(3, 12, 2, |inner| {
        let how = [
            Calculation::Plus,
            Calculation::Times,
            Calculation::BitAnd,
            Calculation::Remainder,
        ];
        prop_oneof![
            (proptest::sample::select(how.to_vec()), inner.clone(), inner.clone()).prop_map(|(how, left, right)| {
                expression(ExpressionKind::Calculation(how, Box::new(left), Box::new(right)))
            }),
            proptest::collection::vec(inner, 0..3)
                .prop_map(|arguments| expression(ExpressionKind::Function("max".to_owned(), arguments))),
        ]
    })
}

fn relations() -> impl Strategy<Value = Test> {
    let quantifier = proptest::sample::select([None, Some(Quantifier::Any), Some(Quantifier::All)].as_slice());
    let relation = [
        Relation::AnyEqual,
        Relation::AllUnequal,
        Relation::Less,
        Relation::Contains,
        Relation::Matches,
    ];
    let relation = proptest::sample::select(relation.to_vec());
    (quantifier, relation, expressions(), expressions()).prop_map(|(quantifier, relation, left, right)| {
        Test::Relation {
            quantifier,
            relation,
            left,
            right,
        }
    })
}

fn tests() -> impl Strategy<Value = Test> {
    let leaf = prop_oneof![expressions().prop_map(Test::Present), relations()];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let parts = proptest::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            parts.clone().prop_map(Test::And),
            parts.clone().prop_map(Test::Or),
            parts.prop_map(Test::Xor),
            inner.prop_map(|part| Test::Not(Box::new(part))),
        ]
    })
}

proptest! {
    #[test]
    fn a_tree_written_out_and_read_again_is_the_same_tree(test in tests()) {
        let written = write_test(&test);
        let read = parse(&written);
        prop_assert!(read.is_ok(), "{written}: {read:?}");
        prop_assert_eq!(read.ok().flatten().map(|read| unplaced(&read)), Some(unplaced(&test)), "{}", written);
    }
}

#[test]
fn operators_bind_as_in_wireshark_4() {
    let same = |left: &str, right: &str| {
        let trees = [left, right].map(|text| parse(text).unwrap().map(|test| unplaced(&test)));
        assert_eq!(trees.first(), trees.last(), "{left} | {right}");
    };
    same(
        "a and b or not c or d and not e or f",
        "(a and b) or (not c) or (d and (not e)) or f",
    );
    same("a or b xor c and d", "a or (b xor (c and d))");
    same("not a == 1 and b", "(not (a == 1)) and b");
    same("a & 16 + 1 == 16", "a & {16 + 1} == 16");
    same("a + 3 * 2 == 5", "a + {3 * 2} == 5");
    same("a - 3 - 2 == 5", "{a - 3} - 2 == 5");
    same("a < b <= c", "a < b and b <= c");
    same("a not in {1}", "not a in {1}");
    same("(a + 1) == 2", "a + 1 == 2");
    same("a == (2)", "a == 2");
    same("!!a", "a");
    same("- - a == 1", "a == 1");
}
