use super::geometry::point_json;
use super::given;
use super::sphere::Vector;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("geo_line_centroid", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
        .does("The middle of a line as GeoJSON, weighed with the length.")
        .examples(&[example(
            "print geo_line_centroid(dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]})).type",
            "\"Point\"",
        )]);

static PARAMETERS: &[Parameter] = &[Parameter::new(
    "lineString",
    Accepts::Array,
    "a line or several as GeoJSON",
)];

fn make(arguments: &[Argument]) -> Made {
    let lines = given::lines(arguments, 0);
    maybe(move |row| {
        let lines = lines.of(row)?;
        // The integral of the position along an edge lies in the direction of its middle.
        let weighed = given::edges(&lines).map(|edge| (edge.from + edge.to) * (edge.from.angle(edge.to) / 2.0).tan());
        let sum = weighed.fold(Vector::ZERO, |sum, part| sum + part);
        Some(point_json(sum.unit()))
    })
}
