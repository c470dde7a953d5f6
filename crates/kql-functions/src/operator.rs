//! Operators: what stands between its operands.

mod add;
mod and;
pub(crate) mod arithmetic;
mod between;
mod contains;
mod contains_cs;
mod divide;
mod element;
mod endswith;
mod endswith_cs;
mod equal;
mod equal_text;
mod greater;
mod greater_or_equal;
mod has;
mod has_all;
mod has_any;
mod has_cs;
mod hasprefix;
mod hasprefix_cs;
mod hassuffix;
mod hassuffix_cs;
mod in_list;
mod in_list_ignoring_case;
mod less;
mod less_or_equal;
pub(crate) mod list;
mod matches_regex;
mod minus;
mod modulo;
mod multiply;
pub(crate) mod needle;
pub(crate) mod operands;
mod or;
pub(crate) mod order;
mod startswith;
mod startswith_cs;
mod subtract;
pub(crate) mod text;

use crate::function::Function;

/// All of them, by name.
pub(super) static FUNCTIONS: &[&Function] = &[
    &add::FUNCTION,
    &and::FUNCTION,
    &between::FUNCTION,
    &between::NEGATED,
    &contains::FUNCTION,
    &contains::NEGATED,
    &contains_cs::FUNCTION,
    &contains_cs::NEGATED,
    &divide::FUNCTION,
    &element::FUNCTION,
    &endswith::FUNCTION,
    &endswith::NEGATED,
    &endswith_cs::FUNCTION,
    &endswith_cs::NEGATED,
    &equal::FUNCTION,
    &equal::NEGATED,
    &equal_text::FUNCTION,
    &equal_text::NEGATED,
    &greater::FUNCTION,
    &greater_or_equal::FUNCTION,
    &has::FUNCTION,
    &has::NEGATED,
    &has_all::FUNCTION,
    &has_any::FUNCTION,
    &has_cs::FUNCTION,
    &has_cs::NEGATED,
    &hasprefix::FUNCTION,
    &hasprefix::NEGATED,
    &hasprefix_cs::FUNCTION,
    &hasprefix_cs::NEGATED,
    &hassuffix::FUNCTION,
    &hassuffix::NEGATED,
    &hassuffix_cs::FUNCTION,
    &hassuffix_cs::NEGATED,
    &in_list::FUNCTION,
    &in_list::NEGATED,
    &in_list_ignoring_case::FUNCTION,
    &in_list_ignoring_case::NEGATED,
    &less::FUNCTION,
    &less_or_equal::FUNCTION,
    &matches_regex::FUNCTION,
    &matches_regex::NEGATED,
    &minus::FUNCTION,
    &modulo::FUNCTION,
    &multiply::FUNCTION,
    &or::FUNCTION,
    &startswith::FUNCTION,
    &startswith::NEGATED,
    &startswith_cs::FUNCTION,
    &startswith_cs::NEGATED,
    &subtract::FUNCTION,
];
