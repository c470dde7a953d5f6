//! Dynamic values: a tree, its compact bytes, and JSON in and out.

mod build;
mod json;
mod print;
mod tree;
mod view;

pub use build::{Bag, DynamicBuilder};
pub use tree::Dynamic;
pub use view::{DynamicView, Elements, Kind, Properties};

/// How deep arrays and bags may lie in one another: deeper JSON is text, deeper bytes read as null.
pub const MOST_NESTED: usize = 128;

/// The first byte of a value says what it is. Numbers follow in little-endian order; texts with their length in
/// four bytes; arrays and bags with the length of what they hold and the count of their elements in four each.
mod tag {
    pub(super) const NULL: u8 = 0;
    pub(super) const FALSE: u8 = 1;
    pub(super) const TRUE: u8 = 2;
    pub(super) const LONG: u8 = 3;
    pub(super) const REAL: u8 = 4;
    pub(super) const DECIMAL: u8 = 5;
    pub(super) const STRING: u8 = 6;
    pub(super) const DATETIME: u8 = 7;
    pub(super) const TIMESPAN: u8 = 8;
    pub(super) const GUID: u8 = 9;
    pub(super) const ARRAY: u8 = 10;
    pub(super) const BAG: u8 = 11;
}
