//! No text and no bytes make reading panic; what is printed reads back.

use proptest::prelude::*;
use whotalks_kql_values::{
    DateTime, Decimal, Dynamic, DynamicView, Guid, KustoType, TimeSpan, Value, convert, parse_long, parse_real,
    print_real,
};

fn tree() -> impl Strategy<Value = Dynamic> {
    let leaf = prop_oneof![
        Just(Dynamic::Null),
        any::<bool>().prop_map(Dynamic::Bool),
        any::<i64>().prop_map(Dynamic::Long),
        (-1e300..1e300).prop_map(Dynamic::Real),
        "\\PC{0,8}".prop_map(Dynamic::String),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Dynamic::Array),
            prop::collection::btree_map("\\PC{0,4}", inner, 0..5)
                .prop_map(|properties| Dynamic::Bag(properties.into_iter().collect())),
        ]
    })
}

fn cast_to_all(text: &str) {
    let value = Value::from(text);
    for kusto_type in KustoType::ALL {
        let _ = convert::cast(&value, kusto_type);
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}") {
        cast_to_all(&text);
    }

    #[test]
    fn texts_that_look_like_values_are_read_or_refused(text in "[-+0-9.:eExTZdhms/ {}\\[\\]\",\\\\unp]{0,40}") {
        cast_to_all(&text);
    }

    #[test]
    fn any_bytes_are_read_as_a_dynamic_value(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let view = DynamicView::new(&bytes);
        let _ = (view.to_json(), view.at(0).is_some(), view.at(-1).is_some(), view.get("a").is_some());
        let _ = Dynamic::decode(&bytes);
    }

    #[test]
    fn trees_come_back_from_their_bytes_and_from_json(tree in tree()) {
        prop_assert_eq!(&Dynamic::decode(&tree.encode()), &tree);
        prop_assert_eq!(Dynamic::from_json(&tree.to_json()), Some(tree));
    }

    #[test]
    fn times_are_read_as_they_are_printed(ticks in 0..=DateTime::MAX.ticks(), span in any::<i64>()) {
        let datetime = DateTime::from_ticks(ticks).unwrap();
        prop_assert_eq!(DateTime::parse(&datetime.to_string()), Some(datetime));
        prop_assert_eq!(DateTime::new(datetime.date(), datetime.clock()), Some(datetime));
        let span = TimeSpan::from_ticks(span);
        prop_assert_eq!(TimeSpan::parse(&span.to_string()), Some(span));
    }

    #[test]
    fn numbers_are_read_as_they_are_printed(
        guid in any::<[u8; 16]>(),
        real in -1e300..1e300,
        scaled in -Decimal::MAX.scaled()..Decimal::MAX.scaled(),
        long in any::<i64>(),
    ) {
        prop_assert_eq!(Guid::parse(&Guid(guid).to_string()), Some(Guid(guid)));
        let decimal = Decimal::from_scaled(scaled).unwrap();
        prop_assert_eq!(Decimal::parse(&decimal.to_string()), Some(decimal));
        prop_assert_eq!(parse_long(&long.to_string()), Some(long));
        prop_assert_eq!(parse_real(&print_real(real)), Some(real));
    }
}
