use super::geometry::place_json;
use super::h3;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "geo_h3cell_to_central_point",
    Family::Geo,
    PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("The middle of an H3 cell as GeoJSON.")
.examples(&[
    example(
        "print round(todouble(geo_h3cell_to_central_point('862a1072fffffff').coordinates[1]), 9)",
        "40.704167908",
    ),
    example("print geo_h3cell_to_central_point('abc')", "null"),
]);

static PARAMETERS: &[Parameter] = &[Parameter::new("h3cell", Accepts::STRING, "the cell")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| Some(place_json(h3::center(h3::parse(row.text(0))?))))
}
