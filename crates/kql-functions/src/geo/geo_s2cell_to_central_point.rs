use super::geometry::point_json;
use super::s2cell::Cell;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "geo_s2cell_to_central_point",
    Family::Geo,
    PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("The middle of an S2 cell as GeoJSON.")
.examples(&[
    example("print geo_s2cell_to_central_point(\"1234567\").type", "\"Point\""),
    example("print geo_s2cell_to_central_point(\"a\")", "null"),
]);

static PARAMETERS: &[Parameter] = &[Parameter::new("s2cell", Accepts::STRING, "the token of the cell")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| Some(point_json(Cell::parse(row.text(0))?.center())))
}
