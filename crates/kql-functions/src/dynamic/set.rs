//! Sets: arrays whose elements count once.

use crate::prelude::*;
use std::collections::HashSet;

pub(super) static SETS: &[Parameter] = &[Parameter::repeated("set", Accepts::Array, 2, "an array")];

/// The elements once each, in the order in which they first came.
pub(super) fn distinct<'v>(view: DynamicView<'v>) -> Option<Vec<DynamicView<'v>>> {
    let mut seen = HashSet::new();
    Some(view.elements()?.filter(|element| seen.insert(key(*element))).collect())
}

/// What makes two elements one: the JSON of their values.
pub(super) fn key(element: DynamicView<'_>) -> String {
    element.to_json()
}

pub(super) fn keys(view: DynamicView<'_>) -> Option<HashSet<String>> {
    Some(view.elements()?.map(key).collect())
}

pub(super) fn array(elements: &[DynamicView<'_>]) -> Vec<u8> {
    DynamicBuilder::array(elements.iter().map(|element| element.bytes()))
}
