use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("array_concat", Family::Dynamic, PARAMETERS, Returns::DYNAMIC, make)
        .does("Puts arrays one behind the other; what is no array is left out.")
        .sees_nulls()
        .examples(&[
            example("print array_concat(dynamic([1, 2]), dynamic([3]))", "[1,2,3]"),
            example("print array_concat(dynamic([1]), dynamic(null))", "[1]"),
        ]);

static PARAMETERS: &[Parameter] = &[Parameter::repeated("array", Accepts::Array, 1, "an array")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let arrays: Vec<_> = row
            .values()
            .iter()
            .filter_map(|value| value.view()?.elements())
            .collect();
        (!arrays.is_empty()).then(|| DynamicBuilder::array(arrays.into_iter().flatten().map(DynamicView::bytes)))
    })
}
