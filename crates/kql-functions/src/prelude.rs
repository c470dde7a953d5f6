//! What nearly every function uses.

pub(crate) use std::borrow::Cow;

pub(crate) use whotalks_kql_values::{
    DateTime, Decimal, Dynamic, DynamicBuilder, DynamicView, Kind, KustoType, TimeSpan, Value, convert,
};

pub(crate) use crate::accepts::Accepts;
pub(crate) use crate::argument::Argument;
pub(crate) use crate::error::{FunctionError, Invalid, Refusal};
pub(crate) use crate::evaluate::{Made, Row, always, borrowing, maybe, maybe_borrowing, of_text, of_whole};
pub(crate) use crate::function::{Family, Function, example};
pub(crate) use crate::parameter::Parameter;
pub(crate) use crate::signature::{Returns, Signature, common, turn};
