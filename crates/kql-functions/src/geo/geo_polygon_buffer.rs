use super::buffer::around;
use super::geometry::polygons_json;
use super::given;
use super::overlay;
use super::polygon::Polygon;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "geo_polygon_buffer",
    Family::Geo,
    PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("A polygon and what lies within a distance of it, as GeoJSON.")
.differs("The corners lie elsewhere on the same border.")
.examples(&[example(
    "print geo_polygon_buffer(dynamic({'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,0]]]}), 1000).type",
    "\"Polygon\"",
)]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("polygon", Accepts::Array, "a polygon or several as GeoJSON"),
    Parameter::new("radius", Accepts::NumberAsReal, "the distance in metres"),
    Parameter::optional(
        "tolerance",
        Accepts::NumberAsReal,
        "how far the answer may lie from the exact one, in metres; 10 where it is left out",
    ),
];

fn make(arguments: &[Argument]) -> Made {
    let polygons = given::polygons(arguments, 0);
    maybe(move |row| {
        let radius_meters = row.real(1).filter(|radius| given::RADII.contains(radius))?;
        let tolerance_meters = given::number(row, 2, given::TOLERANCE, given::TOLERANCES)?;
        let polygons = polygons.of(row)?;
        let edges: Vec<_> = polygons.iter().flat_map(Polygon::edges).collect();
        let mut parts = around(&edges, given::angle(radius_meters), given::angle(tolerance_meters));
        parts.extend(polygons.iter().cloned());
        Some(polygons_json(&overlay::union(parts)))
    })
}
