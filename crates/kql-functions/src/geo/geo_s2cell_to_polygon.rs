use super::geometry::ring_json;
use super::s2cell::Cell;
use super::sphere::Vector;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("geo_s2cell_to_polygon", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
        .does("The border of an S2 cell as GeoJSON.")
        .examples(&[
            example(
                "print array_length(geo_s2cell_to_polygon(\"89c259\").coordinates[0])",
                "5",
            ),
            example("print geo_s2cell_to_polygon(\"a\")", "null"),
        ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("s2cell", Accepts::STRING, "the token of the cell")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let corners = Cell::parse(row.text(0))?.corners().map(Vector::place);
        Some(ring_json(&corners))
    })
}
