//! Finds the fields of a filter, checks the types and gives every value the type it is compared with.

mod class;
mod fields;
mod function;
mod operand;
mod test;

use whotalks_fields::{FieldId, FieldSet};

use crate::error::Result;
use crate::program::Test;
use crate::syntax;

/// Checks a filter; gives what is evaluated, and the fields it needs.
pub(crate) fn check(test: &syntax::Test) -> Result<(Test, FieldSet)> {
    let mut checker = Checker::default();
    let test = checker.test(test)?;
    Ok((test, checker.fields))
}

/// What was met so far.
#[derive(Default)]
struct Checker {
    fields: FieldSet,
}

impl Checker {
    /// Notes that a field is needed.
    fn need(&mut self, id: FieldId) {
        self.fields.insert(id);
    }
}
