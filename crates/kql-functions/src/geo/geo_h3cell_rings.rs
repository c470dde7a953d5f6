use super::h3;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("geo_h3cell_rings", Family::Geo, PARAMETERS, Returns::DYNAMIC, make)
        .does("The H3 cells around one, ring by ring.")
        .examples(&[
            example("print array_length(geo_h3cell_rings('861f8894fffffff', 2)[2])", "12"),
            example("print geo_h3cell_rings('abc', 3)", "null"),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("h3cell", Accepts::STRING, "the cell"),
    Parameter::new("distance", Accepts::LONG, "how far the last ring is, 0 to 142"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let cell = h3::parse(row.text(0))?;
        let distance = row.long(1).filter(|distance| (0..=FURTHEST).contains(distance))?;
        let rings = (0..=u32::try_from(distance).ok()?).map(|steps| {
            let ring = h3::ring(cell, steps);
            DynamicBuilder::array(ring.iter().map(|cell| DynamicBuilder::string(&cell.to_string())))
        });
        Some(DynamicBuilder::array(rings))
    })
}

/// The furthest ring, as the real engine has it.
const FURTHEST: i64 = 142;
