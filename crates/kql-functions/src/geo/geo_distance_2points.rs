use super::given;
use super::sphere::distance_meters;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "geo_distance_2points",
    Family::Geo,
    given::TWO_POINTS,
    Returns::REAL,
    make,
)
.does("The shortest way between two points in metres, on a sphere.")
.examples(&[
    example(
        "print round(geo_distance_2points(-122.407628, 47.578557, -118.275287, 34.019056), 3)",
        "1546754.352",
    ),
    example("print geo_distance_2points(300, 1, 1, 1)", "null"),
]);

fn make(_: &[Argument]) -> Made {
    maybe(|row| Some(distance_meters(given::point(row, 0)?, given::point(row, 2)?)))
}
