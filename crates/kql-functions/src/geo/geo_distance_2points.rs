use super::given;
use super::sphere::distance_meters;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("geo_distance_2points", Family::Geo, PARAMETERS, Returns::REAL, make)
        .does("The shortest way between two points in metres, on a sphere.")
        .examples(&[
            example(
                "print round(geo_distance_2points(-122.407628, 47.578557, -118.275287, 34.019056), 3)",
                "1546754.352",
            ),
            example("print geo_distance_2points(300, 1, 1, 1)", "null"),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new(
        "p1_longitude",
        Accepts::NumberAsReal,
        "the longitude of the point in degrees",
    ),
    Parameter::new(
        "p1_latitude",
        Accepts::NumberAsReal,
        "the latitude of the point in degrees",
    ),
    Parameter::new(
        "p2_longitude",
        Accepts::NumberAsReal,
        "the longitude of the point in degrees",
    ),
    Parameter::new(
        "p2_latitude",
        Accepts::NumberAsReal,
        "the latitude of the point in degrees",
    ),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| Some(distance_meters(given::point(row, 0)?, given::point(row, 2)?)))
}
