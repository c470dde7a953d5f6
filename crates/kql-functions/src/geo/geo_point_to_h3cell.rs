use super::given;
use super::h3;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("geo_point_to_h3cell", Family::Geo, PARAMETERS, Returns::STRING, make)
        .does("The H3 cell of a point; empty where the point or the resolution is not valid.")
        .examples(&[
            example(
                "print geo_point_to_h3cell(-74.04450446039874, 40.689250859314974, 6)",
                "862a1072fffffff",
            ),
            example("print geo_point_to_h3cell(1, 1, 16)", ""),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("longitude", Accepts::NumberAsReal, "the longitude in degrees"),
    Parameter::new("latitude", Accepts::NumberAsReal, "the latitude in degrees"),
    Parameter::optional(
        "resolution",
        Accepts::LONG,
        "the resolution, 0 to 15; 6 where it is left out",
    ),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let level = given::level(row, 2, h3::USUAL, h3::RESOLUTIONS)?;
        Some(h3::cell_of(given::place(row, 0)?, h3::resolution(level)?)?.to_string())
    })
}
