use super::given;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "geo_point_in_polygon",
    Family::Geo,
    PARAMETERS,
    Returns::BOOL,
    make,
)
.does("Whether a point lies in a polygon or on its border; null where the point or the polygon is not valid.")
.examples(&[
    example(
        "print geo_point_in_polygon(5, 2, dynamic({'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,0]]]}))",
        "True",
    ),
    example(
        "print geo_point_in_polygon(2, 5, dynamic({'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,0]]]}))",
        "False",
    ),
    example(
        "print geo_point_in_polygon(1, 1, dynamic({'type':'Polygon','coordinates':[[[0,0],[10,10],[10,10],[0,0]]]}))",
        "null",
    ),
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
        Some(polygons.of(row)?.iter().any(|polygon| polygon.contains(point)))
    })
}
