//! `mv-expand`: a row for each value of an array.

use datafusion::common::{Column as EngineColumn, NullHandling, UnnestOptions};
use datafusion::logical_expr::{Expr, LogicalPlanBuilder};
use whotalks_kql_syntax::tree::operator::{Expanded, MvExpand};
use whotalks_kql_syntax::tree::{Name, TypeOf};
use whotalks_kql_values::KustoType;

use super::extend::extended;
use super::over_rows;
use super::project::{Assigned, select};
use crate::bind::{Binder, Bound, Expressions, NamedExpression, convert, kusto_type, reference, same};
use crate::error::{PlanProblem, Result};
use crate::function::{ItemNumbers, Items, call};
use crate::phrase::Phrase;
use crate::relation::{Column, Relation};

/// The column that holds the number of a value in its array; no query can write its name.
const NUMBER: &str = "$index";

/// An array that becomes rows.
struct Source {
    /// The column that gets the values.
    name: String,
    /// The array.
    value: Bound,
    /// The type that values are brought to; that of the array's own where nothing is said.
    wanted: Option<KustoType>,
}

impl Binder<'_> {
    pub(super) fn mv_expand(&mut self, input: Relation, expand: &MvExpand) -> Result<Relation> {
        let index = expand.parameters.word("with_itemindex").cloned();
        let limit = expand.limit.as_ref().map(|limit| self.row_count(limit)).transpose()?;
        let bags_as_arrays = ["bagexpansion", "kind"]
            .iter()
            .any(|name| expand.parameters.word(name).is_some_and(|word| word.text == "array"));
        self.expand(
            input,
            &expand.columns,
            &Expansion {
                index,
                limit,
                bags_as_arrays,
            },
        )
    }

    /// The rows that arrays become, side by side.
    pub(super) fn expand(&mut self, input: Relation, columns: &[Expanded], expansion: &Expansion) -> Result<Relation> {
        let (input, sources) = over_rows(self, input, |expressions| {
            columns
                .iter()
                .map(|expanded| source(expressions, expanded))
                .collect::<Result<Vec<_>>>()
        })?;
        let hidden: Vec<_> = (0..sources.len()).map(|index| format!("$expanded{index}")).collect();
        let split = Items::new(expansion.limit, expansion.bags_as_arrays).into_engine_function();
        let mut values: Vec<Expr> = input
            .columns
            .iter()
            .map(same)
            .chain(input.carried_expressions())
            .collect();
        for (source, name) in sources.iter().zip(&hidden) {
            let array = call("todynamic", vec![source.value.clone()]).map(|bound| bound.expression);
            values.push(split.call(vec![array?]).alias(name));
        }
        let numbers = expansion
            .index
            .as_ref()
            .map(|name| (name.text.clone(), NUMBER.to_owned()));
        if let (Some((_, hidden_number)), Some(first)) = (&numbers, hidden.first()) {
            let longest = ItemNumbers::new().into_engine_function();
            let lists = LogicalPlanBuilder::new(input.plan.clone()).project(values)?.build()?;
            let mut with_numbers: Vec<Expr> = lists.schema().columns().into_iter().map(Expr::Column).collect();
            with_numbers.push(longest.call(vec![reference(first)]).alias(hidden_number));
            let plan = LogicalPlanBuilder::new(lists).project(with_numbers)?.build()?;
            return self.unnested(input, plan, sources, hidden, numbers);
        }
        let plan = LogicalPlanBuilder::new(input.plan.clone()).project(values)?.build()?;
        self.unnested(input, plan, sources, hidden, numbers)
    }

    fn unnested(
        &mut self,
        input: Relation,
        lists: datafusion::logical_expr::LogicalPlan,
        sources: Vec<Source>,
        hidden: Vec<String>,
        numbers: Option<(String, String)>,
    ) -> Result<Relation> {
        let mut unnest: Vec<_> = hidden.iter().map(EngineColumn::new_unqualified).collect();
        let mut columns = input.columns.clone();
        columns.extend(hidden.iter().map(|name| Column::new(name, KustoType::Dynamic)));
        if let Some((_, hidden_number)) = &numbers {
            unnest.push(EngineColumn::new_unqualified(hidden_number));
            columns.push(Column::new(hidden_number, KustoType::Long));
        }
        let options = UnnestOptions::new().with_null_handling(NullHandling::Drop);
        let plan = LogicalPlanBuilder::new(lists)
            .unnest_columns_with_options(unnest, options)?
            .build()?;
        let mut assigned = Vec::new();
        for (source, name) in sources.into_iter().zip(&hidden) {
            let value = Bound::computed(reference(name), KustoType::Dynamic);
            let value = source
                .wanted
                .map_or(Ok(value.clone()), |wanted| convert(value, wanted))?;
            assigned.push(Assigned {
                name: source.name,
                value,
            });
        }
        if let Some((name, hidden_number)) = numbers {
            let value = Bound::computed(reference(&hidden_number), KustoType::Long);
            assigned.push(Assigned { name, value });
        }
        let output = extended(Relation { plan, columns, ..input }, assigned)?;
        let is_hidden = |column: &&Column| hidden.contains(&column.name) || column.name == NUMBER;
        let kept = output
            .columns
            .iter()
            .filter(|column| !is_hidden(column))
            .cloned()
            .collect();
        select(output, kept)
    }
}

/// How arrays become rows.
pub(super) struct Expansion {
    /// The column that gets the number of the value in its array.
    pub(super) index: Option<Name>,
    /// The most rows that one becomes.
    pub(super) limit: Option<usize>,
    /// Whether the members of a bag become arrays of name and value.
    pub(super) bags_as_arrays: bool,
}

fn source(expressions: &mut Expressions<'_, '_>, expanded: &Expanded) -> Result<Source> {
    let named = NamedExpression::of(&expanded.array)?;
    let value = expressions.bind(named.value)?;
    if value.kusto_type != KustoType::Dynamic {
        let problem = PlanProblem::WrongType {
            what: Phrase::WhatBecomesRows,
            expected: Phrase::code("dynamic"),
            found: Phrase::code(value.kusto_type),
        };
        return Err(problem.at(expanded.array.span));
    }
    let name = named.column_name().unwrap_or_else(|| "Column1".to_owned());
    let wanted = match &expanded.kind {
        None => None,
        Some(TypeOf::Scalar(name)) => name.scalar().map(kusto_type),
        Some(TypeOf::Table(_)) => {
            return Err(PlanProblem::unsupported(Phrase::TypeofTable, None).at(expanded.array.span));
        }
    };
    Ok(Source { name, value, wanted })
}
