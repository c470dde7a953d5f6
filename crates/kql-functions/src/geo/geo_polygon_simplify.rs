use super::geometry::polygons_json;
use super::given;
use super::simplify;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("geo_polygon_simplify", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
    .does("A polygon without the places that lie near to its border without them; null where nothing is left of it.")
    .examples(&[
        example("print geo_polygon_simplify(dynamic({'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,0]]]}), -0.1)", "null"),
        example("print array_length(geo_polygon_simplify(dynamic({'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,0]]]})).coordinates[0])", "4"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("polygon", Accepts::Array, "a polygon or several as GeoJSON"),
    Parameter::optional(
        "tolerance",
        Accepts::NumberAsReal,
        "how far the answer may lie from the exact one, in metres; 10 where it is left out",
    ),
];

fn make(arguments: &[Argument]) -> Made {
    let polygons = given::polygons(arguments, 0);
    maybe(move |row| {
        let tolerance_meters = given::number(row, 1, given::TOLERANCE, 0.0..=given::FURTHEST / 2.0)?;
        let polygons = polygons.of(row)?;
        let simple = polygons
            .iter()
            .filter_map(|polygon| simplify::polygon(polygon, given::angle(tolerance_meters)));
        let simple: Vec<_> = simple.collect();
        (!simple.is_empty()).then(|| polygons_json(&simple))
    })
}
