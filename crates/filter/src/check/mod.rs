//! Finds the fields of a filter, checks the types and gives every value the type it is compared with.

mod class;
mod fields;
mod function;
mod operand;
mod test;

use whotalks_fields::{FieldId, FieldSet, Level};

use crate::error::Result;
use crate::program::Test;
use crate::syntax;

/// A filter that was checked.
pub(crate) struct Checked {
    /// What is evaluated.
    pub(crate) test: Test,
    /// The fields it needs.
    pub(crate) fields: FieldSet,
    /// The highest level of them.
    pub(crate) level: Level,
}

/// Checks a filter.
pub(crate) fn check(test: &syntax::Test) -> Result<Checked> {
    let mut checker = Checker::default();
    let test = checker.test(test)?;
    let Checker { fields, level } = checker;
    Ok(Checked { test, fields, level })
}

/// What was met so far.
#[derive(Default)]
struct Checker {
    fields: FieldSet,
    level: Level,
}

impl Checker {
    /// Notes that a field is needed.
    fn need(&mut self, id: FieldId) {
        self.fields.insert(id);
        if let Some(field) = whotalks_fields::info(id) {
            self.level = self.level.max(field.level);
        }
    }
}
