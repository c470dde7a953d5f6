//! `top`: the first rows in an order.

use whotalks_kql_syntax::tree::operator::Top;

use crate::bind::Binder;
use crate::error::Result;
use crate::relation::Relation;

impl Binder<'_> {
    pub(super) fn top(&mut self, input: Relation, top: &Top) -> Result<Relation> {
        let most = self.row_count(&top.count)?;
        self.sorted(input, std::slice::from_ref(&top.by), Some(most))
    }
}
