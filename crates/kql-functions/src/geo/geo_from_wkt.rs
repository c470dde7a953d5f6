use super::wkt;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("geo_from_wkt", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
    .does("A geometry in well-known text as GeoJSON.")
    .examples(&[
        example(
            "print geo_from_wkt(\"POINT (1 2)\")",
            "{\"type\":\"Point\",\"coordinates\":[1,2]}",
        ),
        example(
            "print geo_from_wkt(\"LINESTRING (1 2, 3.5 4)\")",
            "{\"type\":\"LineString\",\"coordinates\":[[1,2],[3.5,4]]}",
        ),
        example("print geo_from_wkt(\"LINESTRING\")", "null"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("wkt", Accepts::STRING, "the text")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| wkt::geojson(row.text(0)))
}
