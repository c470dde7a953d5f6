//! What counts as missing in a series.

use crate::prelude::*;
use std::cmp::Ordering;

use whotalks_kql_values::compare;

/// The elements, with whether each one is missing: null, or the placeholder of an argument.
pub(super) fn elements(row: Row<'_>, placeholder: usize) -> Option<Vec<(&[u8], bool)>> {
    let wanted = row.value(placeholder);
    let missing = |element: DynamicView<'_>| {
        if wanted.is_null() {
            element.is_null()
        } else {
            compare(&element.into(), wanted) == Some(Ordering::Equal)
        }
    };
    Some(
        row.view(0)?
            .elements()?
            .map(|element| (element.bytes(), missing(element)))
            .collect(),
    )
}
