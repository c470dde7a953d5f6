use crate::prelude::*;
use whotalks_kql_values::Bag;

pub(super) static FUNCTION: Function = Function::new("bag_merge", Family::Dynamic, PARAMETERS, Returns::DYNAMIC, make)
    .does("Puts bags together; where two have one name, the first counts. What is no bag is left out.")
    .sees_nulls()
    .examples(&[example(
        "print bag_merge(dynamic({'a': 1, 'b': 2}), dynamic({'b': 3, 'c': 4}))",
        "{\"a\":1,\"b\":2,\"c\":4}",
    )]);

static PARAMETERS: &[Parameter] = &[Parameter::repeated("bag", Accepts::Bag, 2, "a bag")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let bags: Vec<_> = row
            .values()
            .iter()
            .filter_map(|value| value.view()?.properties())
            .collect();
        if bags.is_empty() {
            return None;
        }
        let mut merged = Bag::default();
        for (name, value) in bags.into_iter().flatten() {
            merged.set_first(name, value.bytes());
        }
        Some(merged.finish())
    })
}
