use super::common_json::common_json;
use super::given;
use super::overlay;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("geo_intersection_2lines", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
    .does("What two lines have in common, as GeoJSON.")
    .examples(&[
        example("print geo_intersection_2lines(dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]}), dynamic({'type':'LineString','coordinates':[[5,1],[6,2]]})).type", "\"GeometryCollection\""),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("lineString1", Accepts::Array, "a line or several as GeoJSON"),
    Parameter::new("lineString2", Accepts::Array, "other ones"),
];

fn make(arguments: &[Argument]) -> Made {
    let (left, right) = (given::lines(arguments, 0), given::lines(arguments, 1));
    maybe(move |row| Some(common_json(&overlay::shared(&left.of(row)?, &right.of(row)?))))
}
