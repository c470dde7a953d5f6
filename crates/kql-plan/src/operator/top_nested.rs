//! `top-nested`: the greatest groups, the greatest groups inside of each of them, and so on.

use datafusion::common::{Column as EngineColumn, JoinType, NullEquality};
use datafusion::logical_expr::expr::Case;
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, SortExpr};
use datafusion::prelude::lit;
use whotalks_kql_syntax::tree::operator::{Summarize, TopNestedLevel};
use whotalks_kql_syntax::tree::{Direction, OperatorParameters};

use super::extend::extended;
use super::held::whole_only;
use super::over_rows;
use super::project::{Assigned, projected};
use super::take::first_of_parts;
use super::written::{assigned, named};
use crate::bind::{Binder, Bound, Expressions, NamedExpression, Row, column, convert, reference};
use crate::error::Result;
use crate::relation::{Column, Relation};

/// What each level gives: its key, what it was ordered by, and in which direction.
struct Level {
    rows: Relation,
    name: String,
    aggregated: String,
    ascending: bool,
}

/// The column of a level's key; no query can write its name.
fn key(level: usize) -> String {
    format!("$key{level}")
}

/// The column of what a level is ordered by.
fn value(level: usize) -> String {
    format!("$value{level}")
}

impl Binder<'_> {
    pub(super) fn top_nested(&mut self, input: Relation, written: &[TopNestedLevel]) -> Result<Relation> {
        whole_only(&input, "top-nested")?;
        let mut current = input;
        let mut levels = Vec::new();
        for (index, level) in written.iter().enumerate() {
            let (next, level) = self.nested_level(current, level, index)?;
            current = next;
            levels.push(level);
        }
        nested(levels)
    }

    /// The groups of one level, and the rows that are in them.
    fn nested_level(&mut self, input: Relation, written: &TopNestedLevel, index: usize) -> Result<(Relation, Level)> {
        let of = NamedExpression::of(&written.of)?;
        let name = of.column_name().unwrap_or_else(|| format!("Column{}", index + 1));
        let (input, bound) = over_rows(self, input, |expressions| expressions.bind(of.value))?;
        let input = extended(
            input,
            vec![Assigned {
                name: key(index),
                value: bound,
            }],
        )?;
        let by = NamedExpression::of(&written.by.expression)?;
        let aggregated = by
            .name
            .map_or_else(|| format!("aggregated_{name}"), |name| name.text.clone());
        let ascending = written.by.direction == Some(Direction::Ascending);
        let groups = self.grouped(input.clone(), by, index)?;
        let most = written.count.as_ref().map(|count| self.row_count(count)).transpose()?;
        let best = greatest(groups, index, most, ascending)?;
        let (rows, next) = match &written.others {
            None => {
                let next = within(&input, &best, index, None)?;
                (best, next)
            }
            Some(others) => {
                let wanted = best.columns.get(index).map(|column| column.kusto_type);
                let others = Expressions::new(self, Row::None).bind(others)?;
                let others = wanted.map_or(Ok(others.clone()), |wanted| convert(others, wanted))?;
                let next = within(&input, &best, index, Some(others))?;
                (self.grouped(next.clone(), by, index)?, next)
            }
        };
        Ok((
            next,
            Level {
                rows,
                name,
                aggregated,
                ascending,
            },
        ))
    }

    /// What a level is ordered by, for each combination of keys.
    fn grouped(&mut self, input: Relation, by: NamedExpression<'_>, index: usize) -> Result<Relation> {
        let summarize = Summarize {
            parameters: OperatorParameters::default(),
            aggregations: vec![assigned(&value(index), by.value.clone())],
            by: (0..=index).map(|level| named(&key(level))).collect(),
            bin: None,
        };
        self.summarize(input, &summarize)
    }
}

/// The first groups of each group of the level before.
fn greatest(groups: Relation, index: usize, most: Option<usize>, ascending: bool) -> Result<Relation> {
    let Some(most) = most else {
        return Ok(groups);
    };
    let outer: Vec<_> = (0..index).map(|level| reference(&key(level))).collect();
    let mut order = vec![SortExpr::new(reference(&value(index)), ascending, ascending)];
    order.extend((0..=index).map(|level| SortExpr::new(reference(&key(level)), true, true)));
    first_of_parts(groups, outer, order, most)
}

/// The rows whose keys are among the groups; with `others`, all rows, and the key of those that are not is `others`.
fn within(input: &Relation, best: &Relation, index: usize, others: Option<Bound>) -> Result<Relation> {
    let found = keys_only(best, index)?;
    let pairs = (columns(index, key), columns(index, partner));
    let kind = if others.is_some() {
        JoinType::Left
    } else {
        JoinType::Inner
    };
    let plan = LogicalPlanBuilder::new(input.plan.clone())
        .join_detailed(found, kind, pairs, None, NullEquality::NullEqualsNull)?
        .build()?;
    let joined = input.clone().with_plan(plan, input.columns.clone());
    let own = key(index);
    let assigned = joined.columns.iter().map(|present| {
        let value = match &others {
            Some(others) if present.name == own => Bound::computed(known_or(&own, others), present.kusto_type),
            _ => column(present),
        };
        Assigned {
            name: present.name.clone(),
            value,
        }
    });
    let assigned = assigned.collect();
    projected(joined, assigned)
}

/// The key where a group was found, else what stands for all others.
fn known_or(own: &str, others: &Bound) -> Expr {
    let found = reference(FOUND).is_not_null();
    let branches = vec![(Box::new(found), Box::new(reference(own)))];
    Expr::Case(Case::new(None, branches, Some(Box::new(others.expression.clone()))))
}

/// Tells rows with a group from those without one.
const FOUND: &str = "$found";

fn partner(level: usize) -> String {
    format!("$partner{level}")
}

fn columns(index: usize, name: fn(usize) -> String) -> Vec<EngineColumn> {
    (0..=index)
        .map(|level| EngineColumn::new_unqualified(name(level)))
        .collect()
}

/// The keys of groups under other names.
fn keys_only(groups: &Relation, index: usize) -> Result<LogicalPlan> {
    let keys = (0..=index).map(|level| reference(&key(level)).alias(partner(level)));
    let keys: Vec<_> = keys.chain([lit(true).alias(FOUND)]).collect();
    Ok(LogicalPlanBuilder::new(groups.plan.clone()).project(keys)?.build()?)
}

/// The levels side by side, the greatest first.
fn nested(levels: Vec<Level>) -> Result<Relation> {
    let mut plan: Option<LogicalPlan> = None;
    let mut assigned: Vec<Assigned> = Vec::new();
    let mut order = Vec::new();
    for (index, level) in levels.iter().enumerate() {
        let kusto_type = |name: &str| level.rows.column(name).map(|column| column.kusto_type);
        plan = Some(match plan {
            None => level.rows.plan.clone(),
            Some(outer) => inside(outer, &level.rows, index)?,
        });
        for (name, own) in [(&level.name, key(index)), (&level.aggregated, value(index))] {
            let kusto_type = kusto_type(&own).unwrap_or(whotalks_kql_values::KustoType::Dynamic);
            let name = crate::bind::unique(name.clone(), |name| assigned.iter().any(|other| other.name == name));
            assigned.push(Assigned {
                name,
                value: Bound::computed(reference(&own), kusto_type),
            });
        }
        order.push(SortExpr::new(
            reference(&value(index)),
            level.ascending,
            level.ascending,
        ));
        order.push(SortExpr::new(reference(&key(index)), true, true));
    }
    let Some(plan) = plan else {
        return Err(crate::error::PlanProblem::NotATable.into());
    };
    let plan = LogicalPlanBuilder::new(plan).sort(order)?.build()?;
    projected(Relation::new(plan, Vec::<Column>::new()), assigned)
}

/// The groups of a level beside those of the levels before.
fn inside(outer: LogicalPlan, rows: &Relation, index: usize) -> Result<LogicalPlan> {
    let renamed = (0..index).map(|level| reference(&key(level)).alias(partner(level)));
    let renamed: Vec<_> = renamed
        .chain([reference(&key(index)), reference(&value(index))])
        .collect();
    let inner = LogicalPlanBuilder::new(rows.plan.clone()).project(renamed)?.build()?;
    let before = index.saturating_sub(1);
    let pairs = (columns(before, key), columns(before, partner));
    let joined = LogicalPlanBuilder::new(outer).join_detailed(
        inner,
        JoinType::Inner,
        pairs,
        None,
        NullEquality::NullEqualsNull,
    )?;
    let kept: Vec<_> = (0..=index)
        .flat_map(|level| [reference(&key(level)), reference(&value(level))])
        .collect();
    Ok(joined.project(kept)?.build()?)
}
