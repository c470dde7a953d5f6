//! `join` and `lookup`: rows of two tables that belong together.

use datafusion::common::{Column as EngineColumn, JoinType, NullEquality};
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder};
use whotalks_kql_syntax::tree::operator::{Join, JoinCondition, Lookup};
use whotalks_kql_syntax::tree::{Comparison, ComparisonOperator, Expression, ExpressionKind, OperatorParameters};
use whotalks_kql_values::KustoType;

use crate::bind::{Binder, Bound, Expressions, Row, common, convert, reference, unique};
use crate::error::{PlanProblem, Result};
use crate::phrase::Phrase;
use crate::relation::{Column, Relation};

/// Which rows come out of a join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    InnerUnique,
    Inner,
    LeftOuter,
    RightOuter,
    FullOuter,
    LeftSemi,
    RightSemi,
    LeftAnti,
    RightAnti,
}

impl Kind {
    fn of(parameters: &OperatorParameters) -> Result<Self> {
        let Some(word) = parameters.word("kind") else {
            return Ok(Self::InnerUnique);
        };
        Ok(match word.text.as_str() {
            "innerunique" => Self::InnerUnique,
            "inner" => Self::Inner,
            "leftouter" => Self::LeftOuter,
            "rightouter" => Self::RightOuter,
            "fullouter" => Self::FullOuter,
            "leftsemi" => Self::LeftSemi,
            "rightsemi" => Self::RightSemi,
            "leftanti" | "anti" | "leftantisemi" => Self::LeftAnti,
            "rightanti" | "rightantisemi" => Self::RightAnti,
            other => {
                return Err(PlanProblem::unsupported(Phrase::code(format!("`join kind={other}`")), None).at(word.span));
            }
        })
    }

    fn engine(self) -> JoinType {
        match self {
            Self::InnerUnique | Self::Inner => JoinType::Inner,
            Self::LeftOuter => JoinType::Left,
            Self::RightOuter => JoinType::Right,
            Self::FullOuter => JoinType::Full,
            Self::LeftSemi => JoinType::LeftSemi,
            Self::RightSemi => JoinType::RightSemi,
            Self::LeftAnti => JoinType::LeftAnti,
            Self::RightAnti => JoinType::RightAnti,
        }
    }
}

/// A pair of values that must be equal.
struct Key {
    left: Bound,
    right: Bound,
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.left.expression == other.left.expression && self.right.expression == other.right.expression
    }
}

impl Binder<'_> {
    pub(super) fn join(&mut self, left: Relation, join: &Join) -> Result<Relation> {
        let kind = Kind::of(&join.parameters)?;
        let right = self.table_of(&join.right)?;
        match &join.condition {
            Some(JoinCondition::On(on)) => self.join_on(left, right, kind, on),
            Some(JoinCondition::Where(_)) => Err(PlanProblem::unsupported(
                Phrase::code("`join … where`"),
                Some(Phrase::UseInstead("`join … on`".to_owned())),
            )
            .into()),
            None => cross(&left, right),
        }
    }

    fn join_on(&mut self, left: Relation, right: Relation, kind: Kind, on: &[Expression]) -> Result<Relation> {
        let sides = Sides::new(&left, right)?;
        let keys = self.keys(&left, &sides, on)?;
        let left_plan = match kind {
            Kind::InnerUnique => first_of_each(&left, &keys)?,
            _ => left.plan.clone(),
        };
        let plan = joined(left_plan, sides.plan.clone(), &keys, kind.engine())?;
        let columns = match kind {
            Kind::LeftSemi | Kind::LeftAnti => left.columns.clone(),
            Kind::RightSemi | Kind::RightAnti => return sides.alone(plan),
            _ => left.columns.iter().cloned().chain(sides.renamed()).collect(),
        };
        finished(plan, columns)
    }

    /// Rows of the left table, each with the columns of the right one but its keys.
    pub(super) fn lookup(&mut self, left: Relation, lookup: &Lookup) -> Result<Relation> {
        let kind = match lookup.parameters.word("kind").map(|word| word.text.as_str()) {
            None | Some("leftouter") => Kind::LeftOuter,
            Some("inner") => Kind::Inner,
            Some(other) => {
                return Err(PlanProblem::unsupported(Phrase::code(format!("`lookup kind={other}`")), None).into());
            }
        };
        let right = self.table_of(&lookup.right)?;
        let sides = Sides::new(&left, right)?;
        let keys = self.keys(&left, &sides, &lookup.on)?;
        let plan = joined(left.plan.clone(), sides.plan.clone(), &keys, kind.engine())?;
        let key_columns: Vec<_> = keys
            .iter()
            .filter_map(|key| column_name(&key.right.expression))
            .collect();
        let values = sides.renamed().filter(|column| !key_columns.contains(&column.name));
        finished(plan, left.columns.iter().cloned().chain(values).collect())
    }

    fn keys(&mut self, left: &Relation, sides: &Sides, on: &[Expression]) -> Result<Vec<Key>> {
        let row = Row::Join {
            left,
            right: &sides.right,
            right_names: &sides.names,
        };
        let mut keys: Vec<Key> = Vec::new();
        for condition in on {
            conjuncts(condition).into_iter().try_for_each(|part| {
                let key = self.key(row, part)?;
                // A pair that is written twice says nothing more.
                if !keys.contains(&key) {
                    keys.push(key);
                }
                Ok::<_, crate::PlanError>(())
            })?;
        }
        Ok(keys)
    }

    fn key(&mut self, row: Row<'_>, condition: &Expression) -> Result<Key> {
        if let ExpressionKind::Name(name) = &condition.kind {
            let side = |side| row.side_column(side, &name.text);
            let missing = || {
                PlanProblem::UnknownColumn {
                    name: name.text.clone(),
                    similar: None,
                }
                .at(name.span)
            };
            let (left, right) = side("$left").zip(side("$right")).ok_or_else(missing)?;
            return comparable(left, right).map_err(|error| error.or_at(condition.span));
        }
        let ExpressionKind::Comparison(comparison) = &condition.kind else {
            return Err(only_equality().at(condition.span));
        };
        let Comparison {
            left,
            operator: ComparisonOperator::Equal,
            right,
            ..
        } = &**comparison
        else {
            return Err(only_equality().at(condition.span));
        };
        let (left, right) = if names_right(left) {
            (right, left)
        } else {
            (left, right)
        };
        let mut expressions = Expressions::new(self, row);
        let (left, right) = (expressions.bind(left)?, expressions.bind(right)?);
        comparable(left, right).map_err(|error| error.or_at(condition.span))
    }
}

fn only_equality() -> PlanProblem {
    PlanProblem::unsupported(Phrase::JoinByAnythingElse, Some(Phrase::JoinAndFilter))
}

/// `a and b` as its parts.
fn conjuncts(condition: &Expression) -> Vec<&Expression> {
    match &condition.kind {
        ExpressionKind::Logical(logical) if logical.operator == whotalks_kql_syntax::tree::LogicalOperator::And => {
            logical.operands.iter().flat_map(conjuncts).collect()
        }
        ExpressionKind::Parenthesized(inner) => conjuncts(inner),
        _ => vec![condition],
    }
}

/// Whether an expression begins with `$right`.
fn names_right(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::Path(path) => matches!(&path.base.kind, ExpressionKind::Name(name) if name.text == "$right"),
        ExpressionKind::Call(call) => call.arguments.iter().any(names_right),
        ExpressionKind::Parenthesized(inner) => names_right(inner),
        _ => false,
    }
}

fn comparable(left: Bound, right: Bound) -> Result<Key> {
    let wanted = common(left.kusto_type, right.kusto_type);
    if wanted == KustoType::Dynamic && left.kusto_type != right.kusto_type {
        return Err(PlanProblem::WrongType {
            what: Phrase::RightSideOfJoin,
            expected: Phrase::code(left.kusto_type),
            found: Phrase::code(right.kusto_type),
        }
        .into());
    }
    Ok(Key {
        left: convert(left, wanted)?,
        right: convert(right, wanted)?,
    })
}

/// The right table under names that the left one does not have.
pub(super) struct Sides {
    pub(super) right: Relation,
    pub(super) plan: LogicalPlan,
    pub(super) names: Vec<String>,
}

impl Sides {
    pub(super) fn new(left: &Relation, right: Relation) -> Result<Self> {
        let mut names: Vec<String> = Vec::new();
        for column in &right.columns {
            let taken = |name: &str| {
                left.column(name).is_some()
                    || names.iter().any(|other| other == name)
                    || (name != column.name && right.column(name).is_some())
            };
            names.push(unique(column.name.clone(), taken));
        }
        let renamed = right
            .columns
            .iter()
            .zip(&names)
            .map(|(column, name)| reference(&column.name).alias(name));
        let plan = LogicalPlanBuilder::new(right.plan.clone())
            .project(renamed.collect::<Vec<_>>())?
            .build()?;
        Ok(Self { right, plan, names })
    }

    pub(super) fn renamed(&self) -> impl Iterator<Item = Column> {
        self.right
            .columns
            .iter()
            .zip(&self.names)
            .map(|(column, name)| Column::new(name, column.kusto_type))
    }

    /// Rows of the right table only, under its own names.
    fn alone(&self, plan: LogicalPlan) -> Result<Relation> {
        let columns = self
            .right
            .columns
            .iter()
            .zip(&self.names)
            .map(|(column, name)| reference(name).alias(&column.name));
        let plan = LogicalPlanBuilder::new(plan)
            .project(columns.collect::<Vec<_>>())?
            .build()?;
        Ok(Relation::new(plan, self.right.columns.clone()))
    }
}

/// Keys that are no plain columns are worked out before the join.
fn joined(left: LogicalPlan, right: LogicalPlan, keys: &[Key], join_type: JoinType) -> Result<LogicalPlan> {
    let (left, left_keys) = with_keys(left, keys.iter().map(|key| &key.left), "$left_key")?;
    let (right, right_keys) = with_keys(right, keys.iter().map(|key| &key.right), "$right_key")?;
    let plan = LogicalPlanBuilder::new(left).join_detailed(
        right,
        join_type,
        (left_keys, right_keys),
        None,
        NullEquality::NullEqualsNull,
    )?;
    Ok(plan.build()?)
}

fn with_keys<'k>(
    plan: LogicalPlan,
    keys: impl Iterator<Item = &'k Bound>,
    prefix: &str,
) -> Result<(LogicalPlan, Vec<EngineColumn>)> {
    let mut columns: Vec<Expr> = plan.schema().columns().into_iter().map(Expr::Column).collect();
    let present = columns.len();
    let mut names = Vec::new();
    for (index, key) in keys.enumerate() {
        match column_name(&key.expression) {
            Some(name) => names.push(EngineColumn::new_unqualified(name)),
            None => {
                let name = format!("{prefix}{index}");
                columns.push(key.expression.clone().alias(&name));
                names.push(EngineColumn::new_unqualified(name));
            }
        }
    }
    if columns.len() == present {
        return Ok((plan, names));
    }
    Ok((LogicalPlanBuilder::new(plan).project(columns)?.build()?, names))
}

fn column_name(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Column(column) => Some(column.name.clone()),
        _ => None,
    }
}

/// One row of the left table for each combination of keys, as the default kind of join has it.
fn first_of_each(left: &Relation, keys: &[Key]) -> Result<LogicalPlan> {
    let mut on: Vec<Expr> = Vec::new();
    for key in keys {
        if !on.contains(&key.left.expression) {
            on.push(key.left.expression.clone());
        }
    }
    let all: Vec<_> = left.columns.iter().map(|column| reference(&column.name)).collect();
    let plan = LogicalPlanBuilder::new(left.plan.clone()).distinct_on(on, all, None)?;
    Ok(plan.build()?)
}

/// Every row of one table with every row of another one: a join without `on`.
fn cross(left: &Relation, right: Relation) -> Result<Relation> {
    super::held::whole_only(left, "join")?;
    let sides = Sides::new(left, right)?;
    let plan = LogicalPlanBuilder::new(left.plan.clone())
        .cross_join(sides.plan.clone())?
        .build()?;
    finished(plan, left.columns.iter().cloned().chain(sides.renamed()).collect())
}

/// The columns of a join in their order; a text of a row that found no partner is empty.
pub(super) fn finished(plan: LogicalPlan, columns: Vec<Column>) -> Result<Relation> {
    let values = columns.iter().map(|column| match column.kusto_type {
        KustoType::String => {
            let text =
                datafusion::functions::expr_fn::coalesce(vec![reference(&column.name), crate::physical::text("")]);
            text.alias(&column.name)
        }
        _ => reference(&column.name),
    });
    let plan = LogicalPlanBuilder::new(plan)
        .project(values.collect::<Vec<_>>())?
        .build()?;
    Ok(Relation::new(plan, columns))
}
