use super::given;
use super::s2cell;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("geo_line_to_s2cells", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
        .does("The S2 cells that together cover a line; null where they are more than 65,536.")
        .examples(&[example(
            "print array_length(geo_line_to_s2cells(dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]}), 3))",
            "1",
        )]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("lineString", Accepts::Array, "a line or several as GeoJSON"),
    Parameter::optional(
        "level",
        Accepts::LONG,
        "the level of the cells, 0 to 30; 11 where it is left out",
    ),
    Parameter::optional(
        "radius",
        Accepts::NumberAsReal,
        "cells that come this near in metres count, too; 0 where it is left out",
    ),
];

fn make(arguments: &[Argument]) -> Made {
    let lines = given::lines(arguments, 0);
    maybe(move |row| {
        let level = given::level(row, 1, s2cell::USUAL, 0..=i64::from(s2cell::FINEST))?;
        let radius_meters = given::number(row, 2, 0.0, 0.0..=given::FURTHEST)?;
        let edges: Vec<_> = given::edges(&lines.of(row)?).collect();
        let cells = s2cell::covering_edges(&edges, u32::try_from(level).ok()?, given::angle(radius_meters))?;
        Some(DynamicBuilder::array(
            cells.iter().map(|cell| DynamicBuilder::string(&cell.token())),
        ))
    })
}
