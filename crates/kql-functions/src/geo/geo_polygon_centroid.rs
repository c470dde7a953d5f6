use super::geometry::point_json;
use super::given;
use super::overlay;
use super::polygon::Polygon;
use super::sphere::Vector;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "geo_polygon_centroid",
    Family::Geo,
    PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("The middle of a polygon as GeoJSON, weighed with the area.")
.examples(&[example(
    "print geo_polygon_centroid(dynamic({'type':'Polygon','coordinates':[[[0,0],[1,0],[1,1],[0,1],[0,0]]]})).type",
    "\"Point\"",
)]);

static PARAMETERS: &[Parameter] = &[Parameter::new(
    "polygon",
    Accepts::Array,
    "a polygon or several as GeoJSON",
)];

fn make(arguments: &[Argument]) -> Made {
    let polygons = given::polygons(arguments, 0);
    maybe(move |row| {
        let covered = overlay::covered(&polygons.of(row)?);
        let weighed = covered.iter().map(Polygon::weighed_centroid);
        let sum = weighed.fold(Vector::ZERO, |sum, part| sum + part);
        Some(point_json(sum.unit()))
    })
}
