//! `evaluate`: plugins, one per file.

mod activity;
mod address_lookup;
mod bag_unpack;
mod basket;
mod geo_lookup;
mod intersect;
mod narrow;
mod pivot;
mod rolling;
mod schema_merge;
mod timeline;

use whotalks_kql_syntax::tree::operator::Evaluate;
use whotalks_kql_syntax::tree::{Call, Expression, ExpressionKind};

use super::data_table::declared_columns;
use super::held::whole_only;
use super::project::{Assigned, projected};
use crate::bind::{Binder, column, convert};
use crate::error::{PlanProblem, Result};
use crate::function::constant;
use crate::phrase::Phrase;
use crate::relation::Relation;
use whotalks_kql_values::{KustoType, Value};

impl Binder<'_> {
    pub(super) fn evaluate(&mut self, input: Relation, evaluate: &Evaluate) -> Result<Relation> {
        let call = &evaluate.call;
        whole_only(&input, &call.name.text)?;
        let output = self
            .plugin(input.clone(), call)
            .map_err(|error| error.or_at(call.name.span))?;
        let Some(schema) = &evaluate.schema else {
            return Ok(output);
        };
        let mut wanted = if schema.star { input.columns } else { Vec::new() };
        wanted.extend(declared_columns(&schema.schema)?);
        let assigned = wanted.into_iter().map(|wanted| {
            let value = match output.column(&wanted.name) {
                Some(own) => convert(column(own), wanted.kusto_type)?,
                None if wanted.kusto_type == KustoType::String => constant(Value::String("".into()), KustoType::String),
                None => constant(Value::Null, wanted.kusto_type),
            };
            Ok(Assigned {
                name: wanted.name,
                value,
            })
        });
        let assigned = assigned.collect::<Result<Vec<_>>>()?;
        projected(output, assigned)
    }

    fn plugin(&mut self, input: Relation, call: &Call) -> Result<Relation> {
        match call.name.text.as_str() {
            "bag_unpack" => self.bag_unpack(input, call),
            "pivot" => self.pivot(input, call),
            "narrow" => self.narrow(&input),
            "ipv4_lookup" => self.address_lookup(input, call, "ipv4_is_match"),
            "basket" => self.basket(&input, call),
            "dcount_intersect" => self.dcount_intersect(&input, call),
            "geo_polygon_lookup" => self.geo_lookup(input, call, geo_lookup::Shapes::Polygons),
            "geo_line_lookup" => self.geo_lookup(input, call, geo_lookup::Shapes::Lines),
            "activity_counts_metrics" => self.activity_counts_metrics(&input, call),
            "activity_engagement" => self.activity_engagement(&input, call),
            "activity_metrics" => self.activity_metrics(&input, call),
            "active_users_count" => self.active_users_count(&input, call),
            "new_activity_metrics" => self.new_activity_metrics(&input, call),
            "rolling_percentile" => self.rolling_percentile(&input, call),
            "rows_near" => self.rows_near(input, call),
            "session_count" => self.session_count(&input, call),
            "sliding_window_counts" => self.sliding_window_counts(&input, call),
            "ipv6_lookup" => self.address_lookup(input, call, "ipv6_is_match"),
            "schema_merge" => self.schema_merge(&input, call),
            other => Err(PlanProblem::unsupported(Phrase::ThePlugin(other.to_owned()), None).into()),
        }
    }
}

/// The value of an argument that is given by name: `PreserveOrder = false`.
fn named<'c>(call: &'c Call, name: &str) -> Option<&'c Expression> {
    call.arguments.iter().find_map(|argument| match &argument.kind {
        ExpressionKind::Named(named) => match &named.names {
            whotalks_kql_syntax::tree::Names::One(own) if own.text == name => Some(&named.value),
            _ => None,
        },
        _ => None,
    })
}

/// The arguments that are given in their places.
fn in_place(call: &Call) -> Vec<&Expression> {
    call.arguments
        .iter()
        .filter(|argument| !matches!(argument.kind, ExpressionKind::Named(_)))
        .collect()
}

fn refused(call: &Call, reason: Phrase) -> crate::PlanError {
    PlanProblem::Argument {
        function: call.name.text.clone(),
        reason,
    }
    .into()
}
