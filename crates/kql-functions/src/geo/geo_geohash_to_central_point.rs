use super::geohash::Geohash;
use super::geometry::place_json;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "geo_geohash_to_central_point",
    Family::Geo,
    PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("The middle of a geohash as GeoJSON.")
.examples(&[
    example(
        "print geo_geohash_to_central_point(\"sunny\").coordinates",
        "[42.47314453125,23.70849609375]",
    ),
    example("print geo_geohash_to_central_point(\"a\")", "null"),
]);

static PARAMETERS: &[Parameter] = &[Parameter::new("geohash", Accepts::STRING, "the geohash")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| Some(place_json(Geohash::parse(row.text(0))?.center())))
}
