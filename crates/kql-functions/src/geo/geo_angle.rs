use super::bearing::bearing;
use super::given;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("geo_angle", Family::Geo, PARAMETERS, Returns::REAL, make)
    .does("The angle in radians, clockwise, from the line p2 to p1 to the line p2 to p3; null where two of them are one point.")
    .examples(&[
        example("print round(geo_angle(0, 10, 0, 5, 3, -10), 6)", "2.944938"),
        example("print geo_angle(0, 10, 0, 10, 3, -10)", "null"),
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
    Parameter::new(
        "p3_longitude",
        Accepts::NumberAsReal,
        "the longitude of the point in degrees",
    ),
    Parameter::new(
        "p3_latitude",
        Accepts::NumberAsReal,
        "the latitude of the point in degrees",
    ),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let (first, corner, last) = (given::point(row, 0)?, given::point(row, 2)?, given::point(row, 4)?);
        if first.same(corner) || last.same(corner) {
            return None;
        }
        let turn = bearing(corner, last) - bearing(corner, first);
        Some(turn.rem_euclid(std::f64::consts::TAU))
    })
}
