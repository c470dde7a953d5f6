use super::given;
use super::polygon::closest_of;
use super::sphere::distance_meters;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("geo_distance_point_to_polygon", Family::Geo, PARAMETERS, Returns::REAL, make)
    .does("The shortest way from a point to a polygon in metres; 0 where it lies inside.")
    .examples(&[
        example("print geo_distance_point_to_polygon(5, 2, dynamic({'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,0]]]}))", "0.0"),
        example("print round(geo_distance_point_to_polygon(11, 0, dynamic({'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,0]]]})))", "111195.0"),
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
        Some(distance_meters(closest_of(&polygons.of(row)?, point)?, point))
    })
}
