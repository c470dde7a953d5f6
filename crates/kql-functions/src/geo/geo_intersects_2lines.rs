use super::given;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("geo_intersects_2lines", Family::Geo, PARAMETERS, Returns::BOOL, make)
    .does("Whether two lines have a point in common.")
    .examples(&[
        example("print geo_intersects_2lines(dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]}), dynamic({'type':'LineString','coordinates':[[1,2],[2,1]]}))", "True"),
        example("print geo_intersects_2lines(dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]}), dynamic({'type':'LineString','coordinates':[[1,2]]}))", "null"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("lineString1", Accepts::Array, "a line or several as GeoJSON"),
    Parameter::new("lineString2", Accepts::Array, "other ones"),
];

fn make(arguments: &[Argument]) -> Made {
    let (left, right) = (given::lines(arguments, 0), given::lines(arguments, 1));
    maybe(move |row| {
        let (left, right) = (left.of(row)?, right.of(row)?);
        let meets = given::edges(&left).any(|edge| given::edges(&right).any(|other| edge.crossing(other).is_some()));
        Some(meets)
    })
}
