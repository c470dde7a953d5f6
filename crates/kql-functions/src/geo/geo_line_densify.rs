use super::densify::densified;
use super::geometry::lines_json;
use super::given;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("geo_line_densify", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
    .does("A line that is straight on a map, with places put between so that it is straight on the sphere as well.")
    .examples(&[
        example("print array_length(geo_line_densify(dynamic({'type':'LineString','coordinates':[[10,10],[11,10]]})).coordinates)", "5"),
        example("print geo_line_densify(dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]}), 0)", "null"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("lineString", Accepts::Array, "a line or several as GeoJSON"),
    Parameter::optional(
        "tolerance",
        Accepts::NumberAsReal,
        "how far the answer may lie from the exact one, in metres; 10 where it is left out",
    ),
    Parameter::optional(
        "preserve_crossing",
        Accepts::BOOL,
        "keeps edges over the 180th meridian; they always are here",
    ),
];

fn make(arguments: &[Argument]) -> Made {
    let lines = given::lines(arguments, 0);
    maybe(move |row| {
        let tolerance_meters = given::number(row, 1, given::TOLERANCE, given::TOLERANCES)?;
        let lines = lines.of(row)?;
        let dense = lines.iter().map(|line| densified(line, tolerance_meters));
        Some(lines_json(&dense.collect::<Vec<_>>()))
    })
}
