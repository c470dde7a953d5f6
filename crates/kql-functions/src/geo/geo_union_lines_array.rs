use super::geometry::{all_lines, lines_json};
use super::overlay;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("geo_union_lines_array", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
    .does("All parts of several lines once each, as GeoJSON; null where one of them is not valid.")
    .examples(&[
        example("print geo_union_lines_array(pack_array(dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]}), dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]}))).type", "\"LineString\""),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new(
    "lineStrings",
    Accepts::Array,
    "an array of lines as GeoJSON",
)];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let lines = all_lines(row.view(0)?)?;
        Some(lines_json(&overlay::joined(&lines)))
    })
}
