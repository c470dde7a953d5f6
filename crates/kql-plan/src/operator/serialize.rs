//! `serialize`: the order of rows counts from here on.

use whotalks_kql_syntax::tree::operator::Columns;

use crate::bind::Binder;
use crate::error::Result;
use crate::relation::Relation;

impl Binder<'_> {
    pub(super) fn serialize(&mut self, mut input: Relation, written: &Columns) -> Result<Relation> {
        input.serialized = true;
        if written.columns.is_empty() {
            return Ok(input);
        }
        self.extend(input, &written.columns)
    }
}
