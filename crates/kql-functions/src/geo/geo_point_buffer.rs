use super::buffer::circle;
use super::geometry::polygons_json;
use super::given;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("geo_point_buffer", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
        .does("The circle around a point as a polygon in GeoJSON.")
        .differs("The corners lie elsewhere on the same border.")
        .examples(&[
            example("print geo_point_buffer(1, 1, 300, 0.1).type", "\"Polygon\""),
            example("print geo_point_buffer(500, 1, 300)", "null"),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("longitude", Accepts::NumberAsReal, "the longitude in degrees"),
    Parameter::new("latitude", Accepts::NumberAsReal, "the latitude in degrees"),
    Parameter::new("radius", Accepts::NumberAsReal, "the distance in metres"),
    Parameter::optional(
        "tolerance",
        Accepts::NumberAsReal,
        "how far the answer may lie from the exact one, in metres; 10 where it is left out",
    ),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let radius_meters = row.real(2).filter(|radius| given::RADII.contains(radius))?;
        let tolerance_meters = given::number(row, 3, given::TOLERANCE, given::TOLERANCES)?;
        let circle = circle(
            given::point(row, 0)?,
            given::angle(radius_meters),
            given::angle(tolerance_meters),
        );
        Some(polygons_json(&[circle]))
    })
}
