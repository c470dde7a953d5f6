//! From one type or unit to another.

mod tolong;
mod tostring;

use crate::function::Function;

/// All of them, by name.
pub(super) static FUNCTIONS: &[&Function] = &[&tolong::FUNCTION, &tostring::FUNCTION];
