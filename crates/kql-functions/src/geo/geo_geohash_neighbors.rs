use super::geohash::Geohash;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("geo_geohash_neighbors", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
        .does("The geohashes around one.")
        .differs("The order is ours: the real engine promises none.")
        .examples(&[
            example(
                "print geo_geohash_neighbors(\"sunny\")",
                "[\"sunnt\",\"sunpj\",\"sunnx\",\"sunpn\",\"sunnv\",\"sunpp\",\"sunnz\",\"sunnw\"]",
            ),
            example("print geo_geohash_neighbors(\"a\")", "null"),
        ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("geohash", Accepts::STRING, "the geohash")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let around = Geohash::parse(row.text(0))?.neighbours();
        Some(DynamicBuilder::array(
            around.map(|cell| DynamicBuilder::string(&cell.text())),
        ))
    })
}
