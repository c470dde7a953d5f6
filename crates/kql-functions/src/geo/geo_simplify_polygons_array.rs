use super::geometry::{all_polygons, polygons_json};
use super::given;
use super::overlay;
use super::simplify;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("geo_simplify_polygons_array", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
    .does("What polygons cover together, without the places that lie near to the border without them; null where nothing is left.")
    .examples(&[
        example("print geo_simplify_polygons_array(pack_array(dynamic({'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,0]]]}))).type", "\"Polygon\""),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("polygons", Accepts::Array, "an array of polygons as GeoJSON"),
    Parameter::optional(
        "tolerance",
        Accepts::NumberAsReal,
        "how far the answer may lie from the exact one, in metres; 10 where it is left out",
    ),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let tolerance_meters = given::number(row, 1, given::TOLERANCE, 0.0..=given::FURTHEST / 2.0)?;
        let polygons = all_polygons(row.view(0)?)?;
        let simple = polygons
            .iter()
            .filter_map(|polygon| simplify::polygon(polygon, given::angle(tolerance_meters)));
        let simple = overlay::union(simple.collect());
        (!simple.is_empty()).then(|| polygons_json(&simple))
    })
}
