//! `in`, `has_any`, `has_all`.

use whotalks_kql_syntax::tree::{Expression, Membership, MembershipOperator};
use whotalks_kql_values::{DynamicBuilder, KustoType, Value};

use super::{Bound, Expressions};
use crate::error::Result;
use crate::function::{constant, operate};

/// The most values that a table as the right side of `in` may give; the engine of Kusto has the same bound.
const MAX_VALUES: usize = 1_000_000;

impl Expressions<'_, '_> {
    /// Whether an operand is among values, in an array, or in the first column of a table.
    pub(super) fn membership(&mut self, membership: &Membership) -> Result<Bound> {
        let operand = self.bind(&membership.operand)?;
        let mut arguments = vec![operand];
        for item in &membership.items {
            arguments.push(self.items(item)?);
        }
        operate(symbol(membership.operator), arguments).map_err(|error| error.or_at(membership.operator_span))
    }

    /// A value; the values of a table as one array.
    fn items(&mut self, item: &Expression) -> Result<Bound> {
        if !self.is_table(item) {
            return self.bind(item);
        }
        let relation = self.binder.table_of(item)?;
        let values = self
            .binder
            .first_column(&relation, MAX_VALUES)
            .map_err(|error| error.or_at(item.span))?;
        let array = DynamicBuilder::array(values.iter().map(DynamicBuilder::value));
        Ok(constant(Value::Dynamic(array.into()), KustoType::Dynamic))
    }
}

fn symbol(operator: MembershipOperator) -> &'static str {
    match operator {
        MembershipOperator::In => "in",
        MembershipOperator::NotIn => "!in",
        MembershipOperator::InCaseless => "in~",
        MembershipOperator::NotInCaseless => "!in~",
        MembershipOperator::HasAny => "has_any",
        MembershipOperator::HasAll => "has_all",
    }
}
