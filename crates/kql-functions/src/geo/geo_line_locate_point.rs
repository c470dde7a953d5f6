use super::geometry;
use super::given;
use super::sphere::{Vector, distance_meters};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "geo_line_locate_point",
    Family::Geo,
    PARAMETERS,
    Returns::REAL,
    make,
)
.does("At which part of the way along a line the point lies that is nearest to a point: 0 to 1.")
.examples(&[
    example(
        "print round(geo_line_locate_point(dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]}), 1, 1), 9)",
        "0.0",
    ),
    example(
        "print geo_line_locate_point(dynamic({'type':'LineString','coordinates':[[1, 1]]}), 1, 1)",
        "null",
    ),
]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("lineString", Accepts::Array, "a line or several as GeoJSON"),
    Parameter::new("longitude", Accepts::NumberAsReal, "the longitude in degrees"),
    Parameter::new("latitude", Accepts::NumberAsReal, "the latitude in degrees"),
];

fn make(arguments: &[Argument]) -> Made {
    let lines = given::lines(arguments, 0);
    maybe(move |row| {
        let point = given::point(row, 1)?;
        let lines = lines.of(row)?;
        let [line] = lines.as_slice() else {
            return None;
        };
        located(line, point)
    })
}

/// The part of the way at which the nearest point lies.
fn located(line: &[Vector], point: Vector) -> Option<f64> {
    let mut before_meters = 0.0;
    let mut best: Option<(f64, f64)> = None;
    for edge in geometry::edges(line) {
        let foot = edge.closest(point);
        let away = foot.angle(point);
        if best.is_none_or(|(least, _)| away < least) {
            best = Some((away, before_meters + distance_meters(edge.from, foot)));
        }
        before_meters += edge.length_meters();
    }
    best.map(|(_, place)| place / before_meters)
}
