use super::h3;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("geo_h3cell_level", Family::Geo, PARAMETERS, Returns::INT, make)
    .does("The resolution of an H3 cell.")
    .examples(&[
        example("print geo_h3cell_level('862a1072fffffff')", "6"),
        example("print geo_h3cell_level('abc')", "null"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("h3cell", Accepts::STRING, "the cell")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| Some(i32::from(u8::from(h3::parse(row.text(0))?.resolution()))))
}
