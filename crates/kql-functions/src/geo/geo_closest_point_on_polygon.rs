use super::geometry::point_json;
use super::given;
use super::polygon::closest_of;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("geo_closest_point_on_polygon", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
    .does("The point of a polygon that lies nearest to a point, as GeoJSON; the point itself where it lies inside.")
    .examples(&[
        example("print round(todouble(geo_closest_point_on_polygon(20, 0, dynamic({'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,0]]]})).coordinates[0]), 9)", "10.0"),
        example("print geo_closest_point_on_polygon(500, 1, dynamic({'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,0]]]}))", "null"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("longitude", Accepts::NumberAsReal, "the longitude in degrees"),
    Parameter::new("latitude", Accepts::NumberAsReal, "the latitude in degrees"),
    Parameter::new("polygon", Accepts::Array, "a polygon or several as GeoJSON"),
];

fn make(arguments: &[Argument]) -> Made {
    let polygons = given::polygons(arguments, 2);
    maybe(move |row| {
        let point = given::point(row, 0)?;
        closest_of(&polygons.of(row)?, point).map(point_json)
    })
}
