//! Tabular operators, one per file: each takes a table and what is written behind its name, and gives a table.

mod assert_schema;
mod count;
mod data_table;
mod distinct;
mod evaluate;
mod everywhere;
mod extend;
mod external_data;
mod file_profile;
mod find;
mod fork;
mod get_schema;
mod held;
mod invoke;
mod join;
mod macro_expand;
mod make_series;
mod mv_apply;
mod mv_expand;
mod parse;
mod partition;
mod print;
mod project;
mod range;
mod reduce;
mod scan;
mod search;
mod serialize;
mod sort;
mod summarize;
mod take;
mod top;
mod top_hitters;
mod top_nested;
mod union;
mod where_;
mod written;

use whotalks_kql_syntax::tree::{Operator, OperatorKind};

use crate::bind::{Binder, Expressions, Row, Windows};
use crate::error::{PlanProblem, Result};
use crate::phrase::Phrase;
use crate::relation::Relation;

impl Binder<'_> {
    /// An operator behind a table.
    pub(crate) fn operator(&mut self, input: Relation, operator: &Operator) -> Result<Relation> {
        match &operator.kind {
            OperatorKind::AssertSchema(schema) => self.assert_schema(input, schema),
            OperatorKind::As(named) => Ok(self.name_table(input, &named.name.text)),
            // `consume` asks for nothing that can be seen, `render` how a face draws the rows; they stay as they are.
            OperatorKind::Consume(_) | OperatorKind::Render(_) => Ok(input),
            OperatorKind::Count(count) => self.count(input, count),
            OperatorKind::Distinct(columns) => self.distinct(input, columns),
            OperatorKind::Evaluate(evaluate) => self.evaluate(input, evaluate),
            OperatorKind::Extend(columns) => self.extend(input, columns),
            OperatorKind::Facet(facet) => self.facet(&input, facet),
            OperatorKind::Fork(branches) => self.fork(&input, branches),
            OperatorKind::Where(filter) => self.filter(input, filter),
            OperatorKind::GetSchema(_) => self.get_schema(&input),
            OperatorKind::Invoke(call) => self.invoke(input, call),
            OperatorKind::Join(join) => self.join(input, join),
            OperatorKind::Lookup(lookup) => self.lookup(input, lookup),
            OperatorKind::MakeSeries(series) => self.make_series(input, series),
            OperatorKind::MvApply(apply) => self.mv_apply(input, apply),
            OperatorKind::MvExpand(expand) => self.mv_expand(input, expand),
            OperatorKind::Parse(parse) => self.parse(input, parse),
            OperatorKind::ParseKv(parse) => self.parse_kv(input, parse),
            OperatorKind::Partition(partition) => self.partition(input, partition),
            OperatorKind::Project(columns) => self.project(input, columns),
            OperatorKind::ProjectAway(columns) => self.project_away(input, columns),
            OperatorKind::ProjectByNames(columns) => self.project_by_names(input, columns),
            OperatorKind::ProjectKeep(columns) => self.project_keep(input, columns),
            OperatorKind::ProjectRename(columns) => self.project_rename(input, columns),
            OperatorKind::ProjectReorder(columns) => self.project_reorder(input, columns),
            OperatorKind::Reduce(reduce) => self.reduce(input, reduce),
            OperatorKind::Scan(scan) => self.scan(input, scan),
            OperatorKind::Search(search) => self.search(Some(input), search),
            OperatorKind::Serialize(columns) => self.serialize(input, columns),
            OperatorKind::Sort(sort) => self.sort(input, sort),
            OperatorKind::Summarize(summarize) => self.summarize(input, summarize),
            OperatorKind::Take(take) | OperatorKind::Sample(take) => self.take(input, take),
            OperatorKind::SampleDistinct(sample) => self.sample_distinct(input, sample),
            OperatorKind::Top(top) => self.top(input, top),
            OperatorKind::TopHitters(hitters) => self.top_hitters(input, hitters),
            OperatorKind::TopNested(levels) => self.top_nested(input, levels),
            OperatorKind::Union(union) => self.union(Some(input), union),
            other => Err(unsupported(other)),
        }
    }

    /// Operators one behind the other.
    pub(crate) fn operators(&mut self, input: Relation, operators: &[Operator]) -> Result<Relation> {
        operators.iter().try_fold(input, |input, operator| {
            self.operator(input, operator)
                .map_err(|error| error.or_at(operator.span))
        })
    }

    /// An operator at the beginning, which makes a table of its own.
    /// What comes behind it may say how many of its rows are taken.
    pub(crate) fn source_operator(&mut self, operator: &Operator, next: Option<&Operator>) -> Result<Relation> {
        match &operator.kind {
            OperatorKind::Find(find) => self.find(find),
            OperatorKind::MacroExpand(expand) => self.macro_expand(expand),
            OperatorKind::Print(columns) => self.print(columns),
            OperatorKind::Range(range) => {
                let most = match next.map(|next| &next.kind) {
                    Some(OperatorKind::Take(take)) => Some(self.row_count(&take.count)?),
                    _ => None,
                };
                self.range(range, most)
            }
            OperatorKind::Search(search) => self.search(None, search),
            OperatorKind::Union(union) => self.union(None, union),
            other => Err(unsupported(other)),
        }
    }
}

fn unsupported(operator: &OperatorKind) -> crate::PlanError {
    let construct = match operator {
        OperatorKind::Refused(name) => Phrase::Code(format!("`{name}`")),
        _ => Phrase::OperatorHere,
    };
    PlanProblem::unsupported(construct, None).into()
}

/// Binds something over the rows of a table, with functions that ask for other rows where those have an order; gives the table with
/// the columns that such functions need.
pub(crate) fn over_rows<'e, T>(
    binder: &mut Binder<'e>,
    mut input: Relation,
    bind: impl FnOnce(&mut Expressions<'_, 'e>) -> Result<T>,
) -> Result<(Relation, T)> {
    let mut windows = Windows::new(&input);
    let bound = {
        let mut expressions = Expressions::new(binder, Row::Of(&input));
        if input.serialized {
            expressions.windows = Some(&mut windows);
        }
        bind(&mut expressions)?
    };
    input.plan = windows.plan(&input)?;
    Ok((input, bound))
}
