//! From one type or unit to another.

mod dynamic_to_json;
mod format_bytes;
mod gettype;
mod tobool;
mod todatetime;
mod todecimal;
mod todouble;
mod todynamic;
mod toguid;
mod tohex;
mod toint;
mod tolong;
mod tostring;
mod totimespan;

use crate::function::Function;

/// All of them, by name.
pub(super) static FUNCTIONS: &[&Function] = &[
    &dynamic_to_json::FUNCTION,
    &format_bytes::FUNCTION,
    &gettype::FUNCTION,
    &tobool::FUNCTION,
    &todatetime::FUNCTION,
    &todecimal::FUNCTION,
    &todouble::FUNCTION,
    &todynamic::FUNCTION,
    &toguid::FUNCTION,
    &tohex::FUNCTION,
    &toint::FUNCTION,
    &tolong::FUNCTION,
    &tostring::FUNCTION,
    &totimespan::FUNCTION,
];
