use super::geometry::ring_json;
use super::h3;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("geo_h3cell_to_polygon", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
        .does("The border of an H3 cell as GeoJSON.")
        .examples(&[
            example(
                "print array_length(geo_h3cell_to_polygon('862a1072fffffff').coordinates[0])",
                "7",
            ),
            example("print geo_h3cell_to_polygon('@')", "null"),
        ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("h3cell", Accepts::STRING, "the cell")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| Some(ring_json(&h3::corners(h3::parse(row.text(0))?))))
}
