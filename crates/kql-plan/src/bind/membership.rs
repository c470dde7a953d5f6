//! `in`, `has_any`, `has_all`.

use datafusion::logical_expr::Expr;
use whotalks_kql_functions::constants_of_list;
use whotalks_kql_syntax::tree::{Expression, Membership, MembershipOperator};
use whotalks_kql_values::{DynamicBuilder, KustoType, Value, convert};

use super::comparison::is_true;
use super::{Bound, Expressions};
use crate::error::Result;
use crate::function::{constant, described, operate};
use crate::physical::{literal, text};

/// The most values that a table as the right side of `in` may give; the engine of Kusto has the same bound.
const MAX_VALUES: usize = 1_000_000;

/// The most values that the engine is given as literals; a longer list is hashed as a whole.
const MOST_LITERALS: usize = 1_000;

impl Expressions<'_, '_> {
    /// Whether an operand is among values, in an array, or in the first column of a table.
    pub(super) fn membership(&mut self, membership: &Membership) -> Result<Bound> {
        let operand = self.bind(&membership.operand)?;
        let mut arguments = vec![operand];
        for item in &membership.items {
            arguments.push(self.items(item)?);
        }
        if let Some(known) = among_constants(membership.operator, &arguments) {
            return Ok(known);
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

/// A column that is looked up among constants: the engine does it itself, so that it can look into statistics and filters of files.
fn among_constants(operator: MembershipOperator, arguments: &[Bound]) -> Option<Bound> {
    let negated = match operator {
        MembershipOperator::In => false,
        MembershipOperator::NotIn => true,
        _ => return None,
    };
    let operand = arguments.first().filter(|operand| operand.constant.is_none())?;
    let described: Vec<_> = arguments.iter().map(described).collect();
    let values = constants_of_list(&described).filter(|values| (1..=MOST_LITERALS).contains(&values.len()))?;
    let literals = values.iter().map(|value| as_literal(value, operand.kusto_type));
    let found = operand
        .expression
        .clone()
        .in_list(literals.collect::<Option<_>>()?, false);
    let found = Bound::computed(is_true(found), KustoType::Bool);
    Some(if negated { super::logical::not(found) } else { found })
}

/// A value of a list as a literal of the operand's type; none where comparing the two takes more than that.
fn as_literal(value: &Value<'_>, kusto_type: KustoType) -> Option<Expr> {
    match (kusto_type, value) {
        (KustoType::String, value) => Some(text(&convert::to_text(value))),
        (KustoType::Long, Value::Int(_) | Value::Long(_)) => {
            Some(literal(&convert::cast(value, KustoType::Long), KustoType::Long))
        }
        (KustoType::Int, Value::Int(number)) => Some(literal(&Value::Int(*number), KustoType::Int)),
        (KustoType::Int, Value::Long(number)) => {
            let number = i32::try_from(*number).ok()?;
            Some(literal(&Value::Int(number), KustoType::Int))
        }
        _ => None,
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
