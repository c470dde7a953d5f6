//! `scan`: sequences of rows, told by steps that follow each other.
//!
//! The rows are looked at one by one, in their order, by the steps from the last to the first (the vendor's page "scan operator",
//! "Matching logic"): a row goes to a step where the step before it or the step itself has seen a row and its condition is true;
//! the first step may begin a new sequence.

mod state;

use std::collections::HashMap;

use datafusion::logical_expr::LogicalPlanBuilder;
use whotalks_kql_syntax::tree::DeclaredType;
use whotalks_kql_syntax::tree::operator::{Scan, ScanOutput, ScanStep};
use whotalks_kql_values::{DynamicBuilder, KustoType, Value};

use super::data_table::table_of_rows;
use super::held::{HeldRow, table_of_parts};
use crate::bind::{Binder, Bound, Expressions, Row, convert, kusto_type};
use crate::engine::RowEvaluator;
use crate::error::{PlanProblem, Result};
use crate::phrase::Phrase;
use crate::relation::{Column, Relation};
use state::{Machine, Step};

impl Binder<'_> {
    pub(super) fn scan(&mut self, input: Relation, scan: &Scan) -> Result<Relation> {
        if !scan.order.is_empty() || !scan.partition.is_empty() {
            let way = Some(Phrase::SortBeforePartitionAround);
            return Err(PlanProblem::unsupported(Phrase::ScanWithOrder, way).into());
        }
        if !input.serialized {
            return Err(PlanProblem::NotSerialized("scan".to_owned()).into());
        }
        let (declared, defaults) = self.declared(scan)?;
        let mut record = input.columns.clone();
        record.extend(declared);
        let steps = self.steps(&input, &record, scan)?;
        let match_id = scan.parameters.word("with_match_id");
        let mut machine = Machine::new(steps, defaults, match_id.is_some());
        let mut output = Vec::new();
        for (part, rows) in self.parts(&ordered(input.clone())?)? {
            let first = output.len();
            for row in rows {
                machine.take(row, &mut output)?;
            }
            machine.finish(&mut output);
            output
                .iter_mut()
                .skip(first)
                .for_each(|row| row.extend(part.iter().cloned()));
        }
        record.extend(match_id.map(|name| Column::new(&name.text, KustoType::Long)));
        let mut relation = table_of_parts(&input, record, &output)?;
        relation.serialized = true;
        Ok(relation)
    }

    /// The rows of each part in their order; one part where nothing keeps rows apart.
    fn parts(&self, input: &Relation) -> Result<Vec<(HeldRow, Vec<HeldRow>)>> {
        let mut parts: Vec<(HeldRow, Vec<HeldRow>)> = Vec::new();
        let mut known: HashMap<Vec<u8>, usize> = HashMap::new();
        for mut row in self.held(input, "scan")? {
            let part = row.split_off(input.columns.len().min(row.len()));
            let key = DynamicBuilder::array(part.iter().map(DynamicBuilder::value));
            let index = *known.entry(key).or_insert_with(|| {
                parts.push((part, Vec::new()));
                parts.len() - 1
            });
            if let Some((_, rows)) = parts.get_mut(index) {
                rows.push(row);
            }
        }
        Ok(parts)
    }

    /// The columns that steps remember, and their values before anything is remembered.
    fn declared(&mut self, scan: &Scan) -> Result<(Vec<Column>, Vec<Value<'static>>)> {
        let mut columns = Vec::new();
        let mut defaults = Vec::new();
        for declaration in &scan.declarations {
            let DeclaredType::Scalar(name) = &declaration.kind else {
                return Err(PlanProblem::unsupported(Phrase::TableAsMemory, None).at(declaration.span));
            };
            let wanted = name.scalar().map(kusto_type).unwrap_or(KustoType::Dynamic);
            columns.push(Column::new(&declaration.name.text, wanted));
            let value = match &declaration.default {
                Some(default) => {
                    let bound = Expressions::new(self, Row::None).bind(default)?;
                    convert(bound, wanted)?.constant.unwrap_or(Value::Null)
                }
                None if wanted == KustoType::String => Value::String("".into()),
                None => Value::Null,
            };
            defaults.push(value);
        }
        Ok((columns, defaults))
    }

    /// The steps, made ready to be asked about a record and what every step remembers.
    fn steps(&mut self, input: &Relation, record: &[Column], scan: &Scan) -> Result<Vec<Step>> {
        let mut seen = record.to_vec();
        for step in &scan.steps {
            let of_step =
                |column: &Column| Column::new(format!("{}.{}", step.name.text, column.name), column.kusto_type);
            seen.extend(record.iter().map(of_step));
        }
        let relation = table_of_rows(seen, &[])?;
        let first_declared = input.columns.len();
        scan.steps
            .iter()
            .map(|step| self.step(&relation, record, first_declared, step))
            .collect()
    }

    fn step(&mut self, seen: &Relation, record: &[Column], first_declared: usize, step: &ScanStep) -> Result<Step> {
        if step.optional {
            return Err(PlanProblem::unsupported(Phrase::OptionalStep, None).at(step.name.span));
        }
        let condition = Expressions::new(self, Row::Of(seen)).truth(&step.condition)?;
        let mut assignments = Vec::new();
        for assignment in &step.assignments {
            let place = record
                .iter()
                .skip(first_declared)
                .position(|column| column.name == assignment.name.text);
            let column = place.and_then(|place| {
                record
                    .get(first_declared + place)
                    .map(|column| (first_declared + place, column))
            });
            let Some((place, column)) = column else {
                let name = assignment.name.text.clone();
                return Err(PlanProblem::UnknownColumn { name, similar: None }.at(assignment.name.span));
            };
            let value = Expressions::new(self, Row::Of(seen)).bind(&assignment.value)?;
            assignments.push((place, self.evaluator(seen, convert(value, column.kusto_type)?)?));
        }
        Ok(Step {
            condition: self.evaluator(seen, condition)?,
            assignments,
            output: step.output.unwrap_or(ScanOutput::All),
        })
    }

    fn evaluator(&self, seen: &Relation, bound: Bound) -> Result<RowEvaluator> {
        self.engine.evaluator(bound.expression, bound.kusto_type, &seen.columns)
    }
}

/// The rows in the order that was said; the engine keeps none that nobody asks for.
fn ordered(input: Relation) -> Result<Relation> {
    let order = super::sort::order_expressions(&input.order);
    if order.is_empty() {
        return Ok(input);
    }
    let plan = LogicalPlanBuilder::new(input.plan.clone()).sort(order)?.build()?;
    Ok(Relation { plan, ..input })
}
