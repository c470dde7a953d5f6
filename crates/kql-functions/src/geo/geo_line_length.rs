use super::given;
use super::sphere::Edge;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("geo_line_length", Family::Geo, PARAMETERS, Returns::REAL, make)
    .does("The length of a line in metres, of several together.")
    .examples(&[example(
        "print round(geo_line_length(dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]})))",
        "157226.0",
    )]);

static PARAMETERS: &[Parameter] = &[Parameter::new(
    "lineString",
    Accepts::Array,
    "a line or several as GeoJSON",
)];

fn make(arguments: &[Argument]) -> Made {
    let lines = given::lines(arguments, 0);
    maybe(move |row| Some(given::edges(&lines.of(row)?).map(Edge::length_meters).sum::<f64>()))
}
