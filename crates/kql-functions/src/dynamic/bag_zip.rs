use crate::prelude::*;
use whotalks_kql_values::Bag;

pub(super) static FUNCTION: Function = Function::new("bag_zip", Family::Dynamic, PARAMETERS, Returns::DYNAMIC, make)
    .does("Makes a bag of an array of names and one of values.")
    .examples(&[example(
        "print bag_zip(dynamic(['a', 'b']), dynamic([1, 2]))",
        "{\"a\":1,\"b\":2}",
    )]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("keys", Accepts::Array, "the names"),
    Parameter::new("values", Accepts::Array, "the values"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let mut values = row.view(1)?.elements()?;
        let mut bag = Bag::default();
        for key in row.view(0)?.elements()? {
            let value = values
                .next()
                .map_or_else(DynamicBuilder::null, |value| value.bytes().to_vec());
            if let Some(name) = key.text() {
                bag.set(name, &value);
            }
        }
        Some(bag.finish())
    })
}
