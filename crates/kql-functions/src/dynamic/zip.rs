use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("zip", Family::Dynamic, PARAMETERS, Returns::DYNAMIC, make)
    .does("Makes of several arrays one of their first elements, their second ones, and so on.")
    .examples(&[
        example("print zip(dynamic([1, 3]), dynamic([2, 4]))", "[[1,2],[3,4]]"),
        example(
            "print zip(dynamic(['A', 1, 1.5]), dynamic([{}, 'B']))",
            "[[\"A\",{}],[1,\"B\"],[1.5,null]]",
        ),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::repeated("array", Accepts::Array, 2, "an array")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let arrays: Vec<Vec<&[u8]>> = row
            .values()
            .iter()
            .map(|value| Some(value.view()?.elements()?.map(DynamicView::bytes).collect()))
            .collect::<Option<_>>()?;
        let longest = arrays.iter().map(Vec::len).max()?;
        let null = DynamicBuilder::null();
        let tuple =
            |index: usize| DynamicBuilder::array(arrays.iter().map(|array| array.get(index).copied().unwrap_or(&null)));
        Some(DynamicBuilder::array((0..longest).map(tuple)))
    })
}
