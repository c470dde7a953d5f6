//! The scalar functions and operators of Kusto, without any engine.
//!
//! *Brief overview*
//! - [`find`] and [`operator`] give a [`Function`] by its name; [`all`] and [`operators`] list them; [`suggest`] helps
//!   where a name is mistyped.
//! - [`Function::prepare`] checks the types of the arguments and makes a [`Prepared`] evaluator: what is constant is
//!   worked out once (expressions are compiled, lists are hashed), rows are then evaluated one by one.
//! - [`Quick`] is the way without values in between, for one column and constants.
//! - Each function is one file with its documentation and examples, and every example is a test.
//!
//! What needs the query around it (`now()`, `row_number()`, `toscalar()`, …) is not here.

mod accepts;
mod argument;
mod error;
mod evaluate;
#[cfg(test)]
mod examples;
mod expression;
mod function;
mod parameter;
mod prelude;
mod registry;
mod signature;

mod bitwise;
mod conditional;
mod conversion;
mod datetime;
mod dynamic;
mod geo;
mod hash;
mod math;
mod network;
mod operator;
mod parsing;
mod series;
mod sketch;
mod string;

pub use accepts::Accepts;
pub use argument::Argument;
pub use error::{FunctionError, Invalid, Refusal};
pub use evaluate::{Prepared, Quick, Row};
pub use function::{Column, Example, Family, Function, Nulls};
pub use operator::list::constants as constants_of_list;
pub use parameter::Parameter;
pub use registry::{all, find, operator, operators, suggest};
pub use signature::{Returns, Signature};
pub use sketch::{Hll, TDigest};
