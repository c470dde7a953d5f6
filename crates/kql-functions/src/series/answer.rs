//! Answers of several parts: as columns of their own, or as one bag.

use crate::prelude::*;
use whotalks_kql_values::Bag;

/// Named parts as a bag.
pub(super) fn bag(parts: Vec<(&'static str, Vec<u8>)>) -> Vec<u8> {
    let mut bag = Bag::default();
    for (name, value) in parts {
        bag.set(name, &value);
    }
    bag.finish()
}

/// The parts without their names as an array: the columns in their order.
pub(super) fn columns(parts: Vec<(&'static str, Vec<u8>)>) -> Vec<u8> {
    DynamicBuilder::array(parts.into_iter().map(|(_, value)| value))
}
