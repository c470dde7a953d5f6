//! The values of Kusto, without any engine.
//!
//! *Brief overview*
//! - [`KustoType`] names the ten types of a column.
//! - [`Value`] is one cell, borrowed where it can be.
//! - [`DateTime`], [`TimeSpan`], [`Guid`] and [`Decimal`] hold what no Rust type holds; [`calendar`] counts days.
//! - [`Dynamic`] is a JSON-like tree; [`DynamicView`] reads its compact bytes without decoding them whole.
//! - [`convert`] turns values of one type into another, as `tolong()` and its sisters do.
//!
//! What reading and printing give is what the real engine gives: recorded answers come before the documentation.

pub mod calendar;
pub mod convert;
mod datetime;
mod decimal;
mod dynamic;
mod guid;
mod kusto_type;
mod number;
mod order;
mod real;
mod timespan;
mod value;

pub use datetime::DateTime;
pub use decimal::Decimal;
pub use dynamic::{Bag, Dynamic, DynamicBuilder, DynamicView, Elements, Kind, MOST_NESTED, Properties};
pub use guid::Guid;
pub use kusto_type::KustoType;
pub use number::{parse_long, parse_real};
pub use order::compare;
pub use real::print_real;
pub use timespan::TimeSpan;
pub use value::Value;
