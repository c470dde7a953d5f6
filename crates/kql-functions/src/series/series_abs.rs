use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("series_abs", Family::Series, PARAMETERS, Returns::DYNAMIC, make)
    .does("Every number of a series without its sign.")
    .examples(&[example("print series_abs(dynamic([-6.5, 0, -8]))", "[6.5,0,8]")]);

static PARAMETERS: &[Parameter] = &[Parameter::new("series", Accepts::Array, "the series")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let elements = row.view(0)?.elements()?.map(|element| match element.kind() {
            Kind::Long(number) => DynamicBuilder::long(number.wrapping_abs()),
            Kind::Real(number) => DynamicBuilder::real(number.abs()),
            _ => DynamicBuilder::null(),
        });
        Some(DynamicBuilder::array(elements))
    })
}
