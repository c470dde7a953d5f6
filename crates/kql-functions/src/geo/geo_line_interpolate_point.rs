use super::geometry::{self, point_json};
use super::given;
use super::sphere::{Edge, Vector};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "geo_line_interpolate_point",
    Family::Geo,
    PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("The point at a part of the way along a line, as GeoJSON.")
.examples(&[
    example(
        "print geo_line_interpolate_point(dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]}), 0).type",
        "\"Point\"",
    ),
    example(
        "print geo_line_interpolate_point(dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]}), 2)",
        "null",
    ),
]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("lineString", Accepts::Array, "a line or several as GeoJSON"),
    Parameter::new("fraction", Accepts::NumberAsReal, "the part of the way, 0 to 1"),
];

fn make(arguments: &[Argument]) -> Made {
    let lines = given::lines(arguments, 0);
    maybe(move |row| {
        let fraction = row.real(1).filter(|fraction| (0.0..=1.0).contains(fraction))?;
        let lines = lines.of(row)?;
        let [line] = lines.as_slice() else {
            return None;
        };
        along(line, fraction).map(point_json)
    })
}

/// The point at a part of the way.
fn along(line: &[Vector], fraction: f64) -> Option<Vector> {
    let length: f64 = geometry::edges(line).map(Edge::length_meters).sum();
    let mut left = length * fraction;
    for edge in geometry::edges(line) {
        let piece = edge.length_meters();
        if left <= piece {
            return Some(edge.part(left / piece));
        }
        left -= piece;
    }
    line.last().copied()
}
