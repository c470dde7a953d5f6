use super::TDigest;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "percentiles_array_tdigest",
    Family::Sketch,
    PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("The values at or below which so many percent of the values of a summary lie, as an array.")
.differs("Exact up to 2,000 different values, an estimate above, which the real engine makes otherwise.")
.examples(&[
    example(
        "print percentiles_array_tdigest(dynamic(['tdigest', 'long', 1, 1, 2, 1, 3, 1]), 50, 100)",
        "[2,3]",
    ),
    example(
        "print percentiles_array_tdigest(dynamic(['tdigest', 'long', 1, 1, 2, 1]), dynamic([0, 100]))",
        "[1,2]",
    ),
]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("tdigest", Accepts::Array, "the summary"),
    Parameter::repeated(
        "percentile",
        Accepts::Scalar,
        1,
        "how many percent, or an array of such numbers",
    ),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let digest = TDigest::from_dynamic(row.view(0)?)?;
        let mut found = Vec::new();
        for value in row.values().iter().skip(1) {
            match value.view().and_then(DynamicView::elements) {
                Some(elements) => {
                    for element in elements {
                        found.push(at(&digest, &element.to_value())?);
                    }
                }
                None => found.push(at(&digest, value)?),
            }
        }
        Some(DynamicBuilder::array(found))
    })
}

fn at(digest: &TDigest, percent: &Value<'_>) -> Option<Vec<u8>> {
    let percent = convert::to_real(percent).filter(|percent| (0.0..=100.0).contains(percent))?;
    Some(DynamicBuilder::value(&digest.percentile(percent)))
}
