use super::geometry::lines_json;
use super::given;
use super::simplify::simplified;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("geo_line_simplify", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
    .does("A line without the places that lie near to the line without them.")
    .examples(&[
        example("print array_length(geo_line_simplify(dynamic({'type':'LineString','coordinates':[[1,1],[1.5,1.5],[2,2]]}), 100).coordinates)", "2"),
        example("print geo_line_simplify(dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]}), -1)", "null"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("lineString", Accepts::Array, "a line or several as GeoJSON"),
    Parameter::optional(
        "tolerance",
        Accepts::NumberAsReal,
        "how far the answer may lie from the exact one, in metres; 10 where it is left out",
    ),
];

fn make(arguments: &[Argument]) -> Made {
    let lines = given::lines(arguments, 0);
    maybe(move |row| {
        let tolerance_meters = given::number(row, 1, given::TOLERANCE, 0.0..=given::FURTHEST / 2.0)?;
        let lines = lines.of(row)?;
        let simple = lines
            .iter()
            .map(|line| simplified(line, given::angle(tolerance_meters)));
        Some(lines_json(&simple.collect::<Vec<_>>()))
    })
}
