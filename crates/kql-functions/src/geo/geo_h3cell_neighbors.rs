use super::h3;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("geo_h3cell_neighbors", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
        .does("The H3 cells of the same resolution around one.")
        .examples(&[
            example("print array_length(geo_h3cell_neighbors('862a1072fffffff'))", "6"),
            example("print geo_h3cell_neighbors('abc')", "null"),
        ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("h3cell", Accepts::STRING, "the cell")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let around = h3::ring(h3::parse(row.text(0))?, 1);
        Some(DynamicBuilder::array(
            around.iter().map(|cell| DynamicBuilder::string(&cell.to_string())),
        ))
    })
}
