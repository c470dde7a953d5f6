use super::given;
use super::h3;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("geo_polygon_to_h3cells", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
    .does("The H3 cells whose middle lies in a polygon; null where they are more than 65,536.")
    .differs("The order is ours: the real engine promises none.")
    .examples(&[
        example("print array_length(geo_polygon_to_h3cells(dynamic({'type':'Polygon','coordinates':[[[-3.659,40.553],[-3.913,40.409],[-3.729,40.273],[-3.524,40.440],[-3.659,40.553]]]})))", "13"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("polygon", Accepts::Array, "a polygon or several as GeoJSON"),
    Parameter::optional(
        "resolution",
        Accepts::LONG,
        "the resolution, 0 to 15; 6 where it is left out",
    ),
];

fn make(arguments: &[Argument]) -> Made {
    let polygons = given::polygons(arguments, 0);
    maybe(move |row| {
        let level = given::level(row, 1, h3::USUAL, h3::RESOLUTIONS)?;
        let cells = h3::covering(&polygons.of(row)?, h3::resolution(level)?)?;
        Some(DynamicBuilder::array(
            cells.iter().map(|cell| DynamicBuilder::string(&cell.to_string())),
        ))
    })
}
