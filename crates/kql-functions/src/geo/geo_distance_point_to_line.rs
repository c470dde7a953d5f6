use super::given;
use super::polygon::nearest;
use super::sphere::distance_meters;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "geo_distance_point_to_line",
    Family::Geo,
    PARAMETERS,
    Returns::REAL,
    make,
)
.does("The shortest way from a point to a line in metres.")
.examples(&[
    example(
        "print round(geo_distance_point_to_line(1, 1, dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]})))",
        "0.0",
    ),
    example(
        "print geo_distance_point_to_line(300, 3, dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]}))",
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
        let foot = nearest(given::edges(&lines.of(row)?), point)?;
        Some(distance_meters(foot, point))
    })
}
