use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("array_sum", Family::Dynamic, PARAMETERS, Returns::REAL, make)
    .also(&["series_sum"])
    .does("Adds the numbers of an array; what is no number is left out.")
    .examples(&[
        example("print array_sum(dynamic([1, 2, 3, 4]))", "10.0"),
        example("print array_sum(dynamic([]))", "null"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("array", Accepts::Array, "the array")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let numbers = row
            .view(0)?
            .elements()?
            .filter_map(|element| convert::to_real(&element.into()));
        numbers.fold(None, |sum: Option<f64>, number| Some(sum.unwrap_or(0.0) + number))
    })
}
