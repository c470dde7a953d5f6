use super::given;
use super::h3;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "geo_h3cell_parent",
    Family::Geo,
    PARAMETERS,
    Returns::STRING,
    make,
)
.does("The coarser H3 cell that holds one; of the next resolution where none is given. Empty where there is none.")
.examples(&[
    example("print geo_h3cell_parent('862a1072fffffff')", "852a1073fffffff"),
    example("print geo_h3cell_parent('862a1072fffffff', 1)", "812a3ffffffffff"),
    example("print geo_h3cell_parent('862a1072fffffff', 15)", ""),
]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("h3cell", Accepts::STRING, "the cell"),
    Parameter::optional("resolution", Accepts::LONG, "the resolution, 0 to 15"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let cell = h3::parse(row.text(0))?;
        let above = i64::from(u8::from(cell.resolution())) - 1;
        let level = given::level(row, 1, above, h3::RESOLUTIONS)?;
        Some(cell.parent(h3::resolution(level)?)?.to_string())
    })
}
