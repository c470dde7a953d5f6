use super::common_json::common_json;
use super::given;
use super::overlay;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("geo_intersection_2polygons", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
    .does("What two polygons have in common, as GeoJSON.")
    .examples(&[
        example("print geo_intersection_2polygons(dynamic({'type':'Polygon','coordinates':[[[2,45],[0,45],[1,44],[2,45]]]}), dynamic({'type':'Polygon','coordinates':[[[3,44],[3,45],[2,43],[3,44]]]}))", "{\"type\":\"GeometryCollection\",\"geometries\":[]}"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("polygon1", Accepts::Array, "a polygon or several as GeoJSON"),
    Parameter::new("polygon2", Accepts::Array, "other ones"),
];

fn make(arguments: &[Argument]) -> Made {
    let (left, right) = (given::polygons(arguments, 0), given::polygons(arguments, 1));
    maybe(move |row| {
        let (left, right) = (overlay::covered(&left.of(row)?), overlay::covered(&right.of(row)?));
        Some(common_json(&overlay::intersection(&left, &right)))
    })
}
