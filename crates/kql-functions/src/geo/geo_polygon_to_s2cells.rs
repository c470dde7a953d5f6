use super::given;
use super::s2cell;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("geo_polygon_to_s2cells", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
    .does("The S2 cells that together cover a polygon; null where they are more than 65,536.")
    .examples(&[
        example("print array_length(geo_polygon_to_s2cells(dynamic({'type':'Polygon','coordinates':[[[0,0],[0,50],[100,50],[0,0]]]}), 5))", "286"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("polygon", Accepts::Array, "a polygon or several as GeoJSON"),
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
    let polygons = given::polygons(arguments, 0);
    maybe(move |row| {
        let level = given::level(row, 1, s2cell::USUAL, 0..=i64::from(s2cell::FINEST))?;
        let radius_meters = given::number(row, 2, 0.0, 0.0..=given::FURTHEST)?;
        let level = u32::try_from(level).ok()?;
        let cells = s2cell::covering_polygons(&polygons.of(row)?, level, given::angle(radius_meters))?;
        Some(DynamicBuilder::array(
            cells.iter().map(|cell| DynamicBuilder::string(&cell.token())),
        ))
    })
}
