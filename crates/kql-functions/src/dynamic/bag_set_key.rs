use crate::prelude::*;
use whotalks_kql_values::Bag;

pub(super) static FUNCTION: Function =
    Function::new("bag_set_key", Family::Dynamic, PARAMETERS, Returns::DYNAMIC, make)
        .does("Gives a name of a bag a value.")
        .sees_nulls()
        .examples(&[example(
            "print bag_set_key(dynamic({'a': 1}), 'b', 2)",
            "{\"a\":1,\"b\":2}",
        )]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("bag", Accepts::Bag, "the bag"),
    Parameter::new("key", Accepts::STRING, "the name").constant(),
    Parameter::new("value", Accepts::Scalar, "its value"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let mut set = Bag::default();
        for (name, value) in row.view(0)?.properties()? {
            set.set(name, value.bytes());
        }
        set.set(row.text(1), &DynamicBuilder::value(row.value(2)));
        Some(set.finish())
    })
}
