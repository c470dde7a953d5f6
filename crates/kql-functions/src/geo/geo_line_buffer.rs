use super::buffer::around;
use super::geometry::polygons_json;
use super::given;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("geo_line_buffer", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
        .does("What lies within a distance of a line, as GeoJSON.")
        .differs("The corners lie elsewhere on the same border.")
        .examples(&[example(
            "print geo_line_buffer(dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]}), 1000).type",
            "\"Polygon\"",
        )]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("lineString", Accepts::Array, "a line or several as GeoJSON"),
    Parameter::new("radius", Accepts::NumberAsReal, "the distance in metres"),
    Parameter::optional(
        "tolerance",
        Accepts::NumberAsReal,
        "how far the answer may lie from the exact one, in metres; 10 where it is left out",
    ),
];

fn make(arguments: &[Argument]) -> Made {
    let lines = given::lines(arguments, 0);
    maybe(move |row| {
        let radius_meters = row.real(1).filter(|radius| given::RADII.contains(radius))?;
        let tolerance_meters = given::number(row, 2, given::TOLERANCE, given::TOLERANCES)?;
        let edges: Vec<_> = given::edges(&lines.of(row)?).collect();
        let area = around(&edges, given::angle(radius_meters), given::angle(tolerance_meters));
        Some(polygons_json(&area))
    })
}
