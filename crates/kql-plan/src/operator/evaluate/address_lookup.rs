//! `evaluate ipv4_lookup(…)`, `ipv6_lookup(…)`: rows with those of a table of networks that hold their address.

use datafusion::common::JoinType;
use datafusion::logical_expr::LogicalPlanBuilder;
use whotalks_kql_syntax::tree::Call;

use super::{in_place, named, refused};
use crate::bind::{Binder, Expressions, Row, compare, reference, simple_name};
use crate::error::Result;
use crate::function::call as call_function;
use crate::operator::join::{Sides, finished};
use crate::phrase::Phrase;
use crate::physical::Cell;
use crate::relation::Relation;
use whotalks_kql_syntax::tree::ComparisonOperator;

impl Binder<'_> {
    pub(super) fn address_lookup(&mut self, left: Relation, call: &Call, is_match: &str) -> Result<Relation> {
        let arguments = in_place(call);
        let [table, source, network, extra @ ..] = arguments.as_slice() else {
            return Err(refused(call, Phrase::TakesTableAndNetworks));
        };
        let right = self.table_of(table)?;
        let sides = Sides::new(&left, right)?;
        let row = Row::Join {
            left: &left,
            right: &sides.right,
            right_names: &sides.names,
        };
        let column = |side: &str, argument| {
            let name = simple_name(argument).map(|name| name.text.clone()).unwrap_or_default();
            row.side_column(side, &name)
                .ok_or_else(|| refused(call, Phrase::ColumnNotFound(name)))
        };
        let address = column("$left", source)?;
        let mut condition = call_function(is_match, vec![address, column("$right", network)?])?.expression;
        let mut keys = Vec::new();
        for key in extra.iter().filter(|key| simple_name(key).is_some()) {
            let right_key = column("$right", key)?;
            let equal = compare(ComparisonOperator::Equal, column("$left", key)?, right_key.clone())?;
            condition = condition.and(equal.expression);
            keys.push(right_key.expression);
        }
        let unmatched = named(call, "return_unmatched")
            .or_else(|| extra.iter().find(|argument| simple_name(argument).is_none()).copied());
        let unmatched = match unmatched {
            Some(unmatched) => Expressions::new(self, Row::None)
                .constant(unmatched, Phrase::WhetherUnmatchedIsGiven)?
                .0
                .as_bool(),
            None => None,
        };
        let kind = if unmatched == Some(true) {
            JoinType::Left
        } else {
            JoinType::Inner
        };
        let condition = datafusion::functions::expr_fn::coalesce(vec![condition, datafusion::prelude::lit(false)]);
        let plan = LogicalPlanBuilder::new(left.plan.clone())
            .join_on(sides.plan.clone(), kind, [condition])?
            .build()?;
        let values = sides
            .renamed()
            .filter(|column| !keys.contains(&reference(&column.name)));
        let (own, values): (Vec<_>, Vec<_>) = (left.columns.clone(), values.collect());
        // The plugin for both versions of addresses gives the columns of the networks first.
        let columns = match is_match {
            "ipv6_is_match" => values.into_iter().chain(own).collect(),
            _ => own.into_iter().chain(values).collect(),
        };
        finished(plan, columns)
    }
}
