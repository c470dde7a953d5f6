use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("series_sign", Family::Series, PARAMETERS, Returns::DYNAMIC, make)
    .does("The sign of every number of a series.")
    .examples(&[example("print series_sign(dynamic([-6, 0, 8]))", "[-1,0,1]")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("series", Accepts::Array, "the series")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let elements = row.view(0)?.elements()?.map(|element| match element.kind() {
            Kind::Long(number) => DynamicBuilder::long(number.signum()),
            Kind::Real(number) => DynamicBuilder::real(number.signum()),
            _ => DynamicBuilder::null(),
        });
        Some(DynamicBuilder::array(elements))
    })
}
