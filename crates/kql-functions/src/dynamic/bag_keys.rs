use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("bag_keys", Family::Dynamic, PARAMETERS, Returns::DYNAMIC, make)
    .does("Lists the names of a bag; null where it is none.")
    .examples(&[example(
        "print bag_keys(dynamic({'a': 1, 'b': {'c': 2}}))",
        "[\"a\",\"b\"]",
    )]);

static PARAMETERS: &[Parameter] = &[Parameter::new("bag", Accepts::Bag, "the bag")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        Some(DynamicBuilder::array(
            row.view(0)?.properties()?.map(|(name, _)| DynamicBuilder::string(name)),
        ))
    })
}
