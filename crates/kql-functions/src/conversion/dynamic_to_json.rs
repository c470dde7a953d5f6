use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("dynamic_to_json", Family::Conversion, PARAMETERS, Returns::STRING, make)
        .does("Writes a dynamic value as JSON, the names of bags in order.")
        .examples(&[
            example(
                "print dynamic_to_json(dynamic({'b': 1, 'a': [2]}))",
                "{\"a\":[2],\"b\":1}",
            ),
            example("print dynamic_to_json(dynamic('x'))", "\"x\""),
        ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("value", Accepts::Scalar, "the value")];

fn make(_: &[Argument]) -> Made {
    always(|row| {
        let tree = Dynamic::decode(&DynamicBuilder::value(row.value(0)));
        ordered(tree).to_json()
    })
}

/// The same tree, its names in order.
fn ordered(tree: Dynamic) -> Dynamic {
    match tree {
        Dynamic::Array(elements) => Dynamic::Array(elements.into_iter().map(ordered).collect()),
        Dynamic::Bag(properties) => {
            let mut properties: Vec<(String, Dynamic)> = properties
                .into_iter()
                .map(|(name, value)| (name, ordered(value)))
                .collect();
            properties.sort_by(|left, right| left.0.cmp(&right.0));
            Dynamic::Bag(properties)
        }
        scalar => scalar,
    }
}
