use super::given;
use super::s2cell::{self, Cell};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("geo_point_to_s2cell", Family::Geo, PARAMETERS, Returns::STRING, make)
        .does("The token of the S2 cell of a point; empty where the point or the level is not valid.")
        .examples(&[
            example("print geo_point_to_s2cell(-80.195829, 25.802215, 8)", "88d9b"),
            example("print geo_point_to_s2cell(1, 1, 31)", ""),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("longitude", Accepts::NumberAsReal, "the longitude in degrees"),
    Parameter::new("latitude", Accepts::NumberAsReal, "the latitude in degrees"),
    Parameter::optional("level", Accepts::LONG, "the level, 0 to 30; 11 where it is left out"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let level = given::level(row, 2, s2cell::USUAL, 0..=i64::from(s2cell::FINEST))?;
        Some(Cell::of(given::point(row, 0)?, u32::try_from(level).ok()?).token())
    })
}
