use super::bearing::bearing;
use super::given;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("geo_azimuth", Family::Geo, given::TWO_POINTS, Returns::REAL, make)
    .does("The angle in radians, clockwise, from due north to the line from one point to another; null where they are one point.")
    .examples(&[
        example("print round(geo_azimuth(5, 10, 10, -40), 6)", "3.054599"),
        example("print geo_azimuth(5, 10, 5, 10)", "null"),
    ]);

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let (from, to) = (given::point(row, 0)?, given::point(row, 2)?);
        (!from.same(to)).then(|| bearing(from, to).rem_euclid(std::f64::consts::TAU))
    })
}
