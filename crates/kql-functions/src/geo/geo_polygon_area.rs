use super::given;
use super::overlay;
use super::polygon::Polygon;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("geo_polygon_area", Family::Geo, PARAMETERS, Returns::REAL, make)
    .does("The area of a polygon in square metres, of several what they cover together.")
    .examples(&[
        example("print round(geo_polygon_area(dynamic({'type':'Polygon','coordinates':[[[0,0],[1,0],[1,1],[0,1],[0,0]]]})) / 1e6)", "12364.0"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new(
    "polygon",
    Accepts::Array,
    "a polygon or several as GeoJSON",
)];

fn make(arguments: &[Argument]) -> Made {
    let polygons = given::polygons(arguments, 0);
    maybe(move |row| {
        let covered = overlay::covered(&polygons.of(row)?);
        Some(covered.iter().map(Polygon::area_square_meters).sum::<f64>())
    })
}
