use super::given;
use super::h3;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("geo_h3cell_children", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
        .does("The finer H3 cells in one; of the next resolution where none is given, at most five finer.")
        .examples(&[
            example("print array_length(geo_h3cell_children('862a1072fffffff'))", "7"),
            example("print array_length(geo_h3cell_children('862a1072fffffff', 9))", "343"),
            example("print geo_h3cell_children('abc')", "null"),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("h3cell", Accepts::STRING, "the cell"),
    Parameter::optional("resolution", Accepts::LONG, "the resolution, 0 to 15"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let cell = h3::parse(row.text(0))?;
        let own = i64::from(u8::from(cell.resolution()));
        let level = given::level(row, 1, own + 1, own..=own + MOST_STEPS)?;
        let children = cell.children(h3::resolution(level)?);
        Some(DynamicBuilder::array(
            children.map(|child| DynamicBuilder::string(&child.to_string())),
        ))
    })
}

/// The finest children are so many resolutions below.
const MOST_STEPS: i64 = 5;
