use super::set::keys;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("jaccard_index", Family::Dynamic, PARAMETERS, Returns::DYNAMIC, make)
        .does("How many elements two arrays have in common, as a part of all they have.")
        .examples(&[example(
            "print jaccard_index(dynamic([1, 2, 3]), dynamic([1, 2, 3, 4]))",
            "0.75",
        )]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("set1", Accepts::Array, "an array"),
    Parameter::new("set2", Accepts::Array, "another array"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let (left, right) = (keys(row.view(0)?)?, keys(row.view(1)?)?);
        let common = left.intersection(&right).count() as f64;
        Some(DynamicBuilder::real(common / left.union(&right).count() as f64))
    })
}
