//! From one type or unit to another.

mod convert_angle;
mod convert_energy;
mod convert_force;
mod convert_length;
mod convert_mass;
mod convert_speed;
mod convert_temperature;
mod convert_volume;
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
pub(crate) mod units;

use crate::function::Function;

/// All of them, by name.
pub(super) static FUNCTIONS: &[&Function] = &[
    &convert_angle::FUNCTION,
    &convert_energy::FUNCTION,
    &convert_force::FUNCTION,
    &convert_length::FUNCTION,
    &convert_mass::FUNCTION,
    &convert_speed::FUNCTION,
    &convert_temperature::FUNCTION,
    &convert_volume::FUNCTION,
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
