use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("array_reverse", Family::Dynamic, PARAMETERS, Returns::DYNAMIC, make)
        .does("Turns the order of an array round.")
        .examples(&[example("print array_reverse(dynamic([1, 2, 3]))", "[3,2,1]")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("array", Accepts::Array, "the array")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let mut elements: Vec<_> = row.view(0)?.elements()?.map(DynamicView::bytes).collect();
        elements.reverse();
        Some(DynamicBuilder::array(elements))
    })
}
