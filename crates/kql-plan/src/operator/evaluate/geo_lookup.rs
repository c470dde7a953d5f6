//! `evaluate geo_polygon_lookup(…)`, `geo_line_lookup(…)`: rows with those of a table of polygons or lines that their place lies in
//! or near to.

use datafusion::common::JoinType;
use datafusion::logical_expr::LogicalPlanBuilder;
use datafusion::prelude::lit;
use whotalks_kql_syntax::tree::{Call, ComparisonOperator, Expression};
use whotalks_kql_values::{KustoType, Value, convert};

use super::{in_place, named, refused};
use crate::bind::{Binder, Bound, Expressions, Row, compare, simple_name};
use crate::error::Result;
use crate::function::{call as call_function, constant};
use crate::operator::join::{Sides, finished};
use crate::phrase::Phrase;
use crate::physical::Cell;
use crate::relation::Relation;

/// What places are looked up in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shapes {
    Polygons,
    Lines,
}

impl Binder<'_> {
    pub(super) fn geo_lookup(&mut self, left: Relation, call: &Call, shapes: Shapes) -> Result<Relation> {
        let arguments = in_place(call);
        let [table, key, longitude, latitude, extra @ ..] = arguments.as_slice() else {
            return Err(refused(call, Phrase::TakesTableAndShapes));
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
        let shape = column("$right", key)?;
        let place = vec![column("$left", longitude)?, column("$left", latitude)?, shape.clone()];
        let radius = match named(call, "radius").or_else(|| extra.first().copied()) {
            Some(radius) => Some(self.meters(radius)?),
            None => None,
        };
        let condition = near(shapes, place, radius)?;
        let kind = if self.flag(call, "return_unmatched", extra.get(1).copied())? {
            JoinType::Left
        } else {
            JoinType::Inner
        };
        let with_key = self.flag(call, "return_lookup_key", extra.get(3).copied())?;
        let condition = datafusion::functions::expr_fn::coalesce(vec![condition.expression, lit(false)]);
        let plan = LogicalPlanBuilder::new(left.plan.clone())
            .join_on(sides.plan.clone(), kind, [condition])?
            .build()?;
        let values = sides
            .renamed()
            .filter(|column| with_key || crate::bind::reference(&column.name) != shape.expression);
        finished(plan, left.columns.iter().cloned().chain(values).collect())
    }

    fn meters(&mut self, written: &Expression) -> Result<f64> {
        let value = Expressions::new(self, Row::None)
            .constant(written, Phrase::TheRadius)?
            .0;
        Ok(convert::to_real(&value).unwrap_or(0.0))
    }

    /// A truth value that is given by name or in its place.
    fn flag(&mut self, call: &Call, name: &str, in_place: Option<&Expression>) -> Result<bool> {
        let Some(written) = named(call, name).or(in_place) else {
            return Ok(false);
        };
        let value = Expressions::new(self, Row::None)
            .constant(written, Phrase::ThisArgument)?
            .0;
        Ok(value.as_bool().unwrap_or(false))
    }
}

/// Whether a place lies in a shape, or within a radius of it.
fn near(shapes: Shapes, place: Vec<Bound>, radius_meters: Option<f64>) -> Result<Bound> {
    let function = match (shapes, radius_meters) {
        (Shapes::Polygons, None) => return call_function("geo_point_in_polygon", place),
        (Shapes::Polygons, Some(_)) => "geo_distance_point_to_polygon",
        (Shapes::Lines, _) => "geo_distance_point_to_line",
    };
    let most = constant(Value::Real(radius_meters.unwrap_or(0.0)), KustoType::Real);
    compare(ComparisonOperator::LessOrEqual, call_function(function, place)?, most)
}
