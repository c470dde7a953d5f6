use super::s2cell::Cell;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("geo_s2cell_neighbors", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
        .does("The S2 cells of the same level around one.")
        .differs("The order is ours: the real engine promises none.")
        .examples(&[
            example(
                "print geo_s2cell_neighbors(\"89c259\")",
                "[\"89c25d\",\"89c2f9\",\"89c251\",\"89c257\",\"89c25f\",\"89c25b\",\"89c2f7\",\"89c2f5\"]",
            ),
            example("print geo_s2cell_neighbors(\"a\")", "null"),
        ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("s2cell", Accepts::STRING, "the token of the cell")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let around = Cell::parse(row.text(0))?.neighbours();
        Some(DynamicBuilder::array(
            around.iter().map(|cell| DynamicBuilder::string(&cell.token())),
        ))
    })
}
