use super::given;
use super::polygon::Polygon;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("geo_intersects_line_with_polygon", Family::Geo, PARAMETERS, Returns::BOOL, make)
    .does("Whether a line has a point in common with a polygon.")
    .examples(&[
        example("print geo_intersects_line_with_polygon(dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]}), dynamic({'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,0]]]}))", "True"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("lineString", Accepts::Array, "a line or several as GeoJSON"),
    Parameter::new("polygon", Accepts::Array, "a polygon or several as GeoJSON"),
];

fn make(arguments: &[Argument]) -> Made {
    let (lines, polygons) = (given::lines(arguments, 0), given::polygons(arguments, 1));
    maybe(move |row| {
        let (lines, polygons) = (lines.of(row)?, polygons.of(row)?);
        let meets = |polygon: &Polygon| {
            given::edges(&lines)
                .any(|edge| polygon.contains(edge.from) || polygon.edges().any(|side| side.crossing(edge).is_some()))
        };
        Some(polygons.iter().any(meets))
    })
}
