//! Scalar functions of Kusto in plans of the engine.

mod adapter;
mod call;
mod items;
mod place_of_address;
mod split_text;
mod ticks;

pub(crate) use adapter::{KustoFunction, WrittenCall};
pub(crate) use call::{call, constant, described, operate};
pub(crate) use items::{ItemNumbers, Items};
pub(crate) use place_of_address::PlaceOfAddress;
pub(crate) use split_text::{KeyValue, Pattern, PatternKind, PatternPart, Split, SplitText};
pub(crate) use ticks::ticks_of;
