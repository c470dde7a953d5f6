use super::densify::densified_ring;
use super::geometry::polygons_json;
use super::given;
use super::polygon::Polygon;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("geo_polygon_densify", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
    .does("A polygon whose sides are straight on a map, with places put between so that they are straight on the sphere as well.")
    .examples(&[
        example("print array_length(geo_polygon_densify(dynamic({'type':'Polygon','coordinates':[[[10,10],[11,10],[11,11],[10,11],[10,10]]]})).coordinates[0])", "11"),
        example("print geo_polygon_densify(dynamic({'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,0]]]}), 0)", "null"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("polygon", Accepts::Array, "a polygon or several as GeoJSON"),
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
    let polygons = given::polygons(arguments, 0);
    maybe(move |row| {
        let tolerance_meters = given::number(row, 1, given::TOLERANCE, given::TOLERANCES)?;
        let polygons = polygons.of(row)?;
        let dense = polygons.iter().map(|polygon| {
            let rings = polygon
                .rings()
                .iter()
                .map(|ring| densified_ring(ring, tolerance_meters));
            Polygon::of_rings(rings.collect())
        });
        Some(polygons_json(&dense.collect::<Vec<_>>()))
    })
}
