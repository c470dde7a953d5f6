use super::common_json::common_json;
use super::given;
use super::overlay;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("geo_intersection_line_with_polygon", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
    .does("The parts of a line that lie in a polygon, as GeoJSON.")
    .examples(&[
        example("print geo_intersection_line_with_polygon(dynamic({'type':'LineString','coordinates':[[20,1],[21,2]]}), dynamic({'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,0]]]}))", "{\"type\":\"GeometryCollection\",\"geometries\":[]}"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("lineString", Accepts::Array, "a line or several as GeoJSON"),
    Parameter::new("polygon", Accepts::Array, "a polygon or several as GeoJSON"),
];

fn make(arguments: &[Argument]) -> Made {
    let (lines, polygons) = (given::lines(arguments, 0), given::polygons(arguments, 1));
    maybe(move |row| {
        let common = overlay::clipped(&lines.of(row)?, &overlay::covered(&polygons.of(row)?));
        Some(common_json(&common))
    })
}
