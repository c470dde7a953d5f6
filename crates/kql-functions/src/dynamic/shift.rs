//! Moving the elements of arrays.

use crate::prelude::*;

pub(super) fn elements(row: Row<'_>) -> Option<Vec<&[u8]>> {
    Some(row.view(0)?.elements()?.map(DynamicView::bytes).collect())
}

/// Moves the elements to the left; those that fall off come back on the right.
pub(super) fn rotated(mut elements: Vec<&[u8]>, count: i64) -> Vec<u8> {
    let length = i64::try_from(elements.len()).unwrap_or(i64::MAX);
    if let Some(places) = count
        .checked_rem_euclid(length)
        .and_then(|places| usize::try_from(places).ok())
    {
        elements.rotate_left(places);
    }
    DynamicBuilder::array(elements)
}

/// Moves the elements to the left; a default stands where they came from.
pub(super) fn shifted(elements: &[&[u8]], count: i64, default: &[u8]) -> Vec<u8> {
    let place = |index: usize| usize::try_from(i64::try_from(index).ok()?.checked_add(count)?).ok();
    let moved = (0..elements.len()).map(|index| place(index).and_then(|from| elements.get(from)).copied());
    DynamicBuilder::array(moved.map(|element| element.unwrap_or(default)))
}

pub(super) fn default(row: Row<'_>) -> Vec<u8> {
    DynamicBuilder::value(row.value(2))
}
