use super::given;
use super::sphere::distance_meters;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("geo_point_in_circle", Family::Geo, PARAMETERS, Returns::BOOL, make)
        .does("Whether a point lies in a circle; null where a coordinate or the radius is not valid.")
        .examples(&[
            example(
                "print geo_point_in_circle(-122.143564, 47.535677, -122.100896, 47.527351, 3500)",
                "True",
            ),
            example("print geo_point_in_circle(200, 1, 1, 1, 1)", "null"),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new(
        "p_longitude",
        Accepts::NumberAsReal,
        "the longitude of the point in degrees",
    ),
    Parameter::new(
        "p_latitude",
        Accepts::NumberAsReal,
        "the latitude of the point in degrees",
    ),
    Parameter::new(
        "pc_longitude",
        Accepts::NumberAsReal,
        "the longitude of the point in degrees",
    ),
    Parameter::new(
        "pc_latitude",
        Accepts::NumberAsReal,
        "the latitude of the point in degrees",
    ),
    Parameter::new("c_radius", Accepts::NumberAsReal, "the radius in metres"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let radius_meters = row.real(4).filter(|radius| *radius >= 0.0 && radius.is_finite())?;
        Some(distance_meters(given::point(row, 0)?, given::point(row, 2)?) <= radius_meters)
    })
}
