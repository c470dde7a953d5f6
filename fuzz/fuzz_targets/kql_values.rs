#![no_main]
//! Any bytes as a dynamic value, and any text as a value of every type; what is read as JSON prints as the same again.

use whotalks_kql_values::{Dynamic, DynamicView, KustoType, Value, convert};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let view = DynamicView::new(bytes);
    let _ = (
        view.to_json(),
        view.at(0).is_some(),
        view.get("a").is_some(),
        Dynamic::decode(bytes),
    );
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let value = Value::from(text);
    for kusto_type in KustoType::ALL {
        let _ = convert::cast(&value, kusto_type);
    }
    if let Some(tree) = Dynamic::from_json(text) {
        let printed = tree.to_json();
        assert_eq!(Dynamic::from_json(&printed).map(|again| again.to_json()), Some(printed));
    }
});
