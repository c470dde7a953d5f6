use super::geometry::{all_polygons, polygons_json};
use super::overlay;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("geo_union_polygons_array", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
    .does("The area that at least one of several polygons covers, as GeoJSON; null where one of them is not valid.")
    .examples(&[
        example("print geo_union_polygons_array(pack_array(dynamic({'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,0]]]}))).type", "\"Polygon\""),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new(
    "polygons",
    Accepts::Array,
    "an array of polygons as GeoJSON",
)];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let polygons = all_polygons(row.view(0)?)?;
        Some(polygons_json(&overlay::union(polygons)))
    })
}
