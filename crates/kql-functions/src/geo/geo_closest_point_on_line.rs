use super::geometry::point_json;
use super::given;
use super::polygon::nearest;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "geo_closest_point_on_line",
    Family::Geo,
    PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("The point of a line that lies nearest to a point, as GeoJSON.")
.examples(&[
    example(
        "print geo_closest_point_on_line(1, 1, dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]})).type",
        "\"Point\"",
    ),
    example(
        "print geo_closest_point_on_line(300, 3, dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]}))",
        "null",
    ),
]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("longitude", Accepts::NumberAsReal, "the longitude in degrees"),
    Parameter::new("latitude", Accepts::NumberAsReal, "the latitude in degrees"),
    Parameter::new("lineString", Accepts::Array, "a line or several as GeoJSON"),
];

fn make(arguments: &[Argument]) -> Made {
    let lines = given::lines(arguments, 2);
    maybe(move |row| {
        let point = given::point(row, 0)?;
        nearest(given::edges(&lines.of(row)?), point).map(point_json)
    })
}
