use super::geohash::Geohash;
use super::geometry::ring_json;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "geo_geohash_to_polygon",
    Family::Geo,
    PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("The rectangle of a geohash as GeoJSON.")
.examples(&[
    example(
        "print geo_geohash_to_polygon(\"sunny\").coordinates[0][0]",
        "[42.451171875,23.6865234375]",
    ),
    example("print geo_geohash_to_polygon(\"a\")", "null"),
]);

static PARAMETERS: &[Parameter] = &[Parameter::new("geohash", Accepts::STRING, "the geohash")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| Some(ring_json(&Geohash::parse(row.text(0))?.corners())))
}
