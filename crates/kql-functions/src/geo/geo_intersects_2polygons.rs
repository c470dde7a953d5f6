use super::given;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("geo_intersects_2polygons", Family::Geo, PARAMETERS, Returns::BOOL, make)
    .does("Whether two polygons have a point in common.")
    .examples(&[
        example("print geo_intersects_2polygons(dynamic({'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,0]]]}), dynamic({'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,0]]]}))", "True"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("polygon1", Accepts::Array, "a polygon or several as GeoJSON"),
    Parameter::new("polygon2", Accepts::Array, "other ones"),
];

fn make(arguments: &[Argument]) -> Made {
    let (left, right) = (given::polygons(arguments, 0), given::polygons(arguments, 1));
    maybe(move |row| {
        let (left, right) = (left.of(row)?, right.of(row)?);
        Some(left.iter().any(|one| right.iter().any(|other| one.meets(other))))
    })
}
