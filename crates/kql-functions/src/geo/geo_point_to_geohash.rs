use super::geohash::{self, Geohash};
use super::given;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("geo_point_to_geohash", Family::Geo, PARAMETERS, Returns::STRING, make)
        .does("The geohash of a point; empty where the point or the accuracy is not valid.")
        .examples(&[
            example("print geo_point_to_geohash(139.806115, 35.554128)", "xn76m"),
            example("print geo_point_to_geohash(-80.195829, 25.802215, 8)", "dhwfz15h"),
            example("print geo_point_to_geohash(1, 1, 19)", ""),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("longitude", Accepts::NumberAsReal, "the longitude in degrees"),
    Parameter::new("latitude", Accepts::NumberAsReal, "the latitude in degrees"),
    Parameter::optional(
        "accuracy",
        Accepts::LONG,
        "how many letters, 1 to 18; 5 where it is left out",
    ),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let letters = given::level(row, 2, geohash::USUAL, 1..=geohash::LONGEST)?;
        Some(Geohash::of(given::place(row, 0)?, usize::try_from(letters).ok()?).text())
    })
}
