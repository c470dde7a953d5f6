//! `evaluate bag_unpack(column, prefix)`: a column for each name in the bags of a column.

use whotalks_kql_syntax::tree::Call;
use whotalks_kql_values::{DynamicView, KustoType, Value};

use super::{in_place, named, refused};
use crate::bind::{Binder, Expressions, Row, simple_name};
use crate::error::{PlanProblem, Result};
use crate::operator::data_table::table_of_rows;
use crate::phrase::Phrase;
use crate::relation::{Column, Relation};

/// What becomes of a name that a column has already.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Conflict {
    Error,
    Replace,
    Keep,
}

impl Binder<'_> {
    pub(super) fn bag_unpack(&mut self, input: Relation, call: &Call) -> Result<Relation> {
        let arguments = in_place(call);
        let name = arguments
            .first()
            .and_then(|argument| simple_name(argument))
            .ok_or_else(|| refused(call, Phrase::TakesNameOfColumn))?;
        let index = input
            .columns
            .iter()
            .position(|column| column.name == name.text && column.kusto_type == KustoType::Dynamic);
        let index = index.ok_or_else(|| refused(call, Phrase::TakesDynamicColumn))?;
        let prefix = named(call, "OutputColumnPrefix").or_else(|| arguments.get(1).copied());
        let prefix = prefix.map(|prefix| self.text(prefix)).transpose()?.unwrap_or_default();
        let conflict = match named(call, "columnsConflict").or_else(|| arguments.get(2).copied()) {
            Some(conflict) => conflict_of(&self.text(conflict)?, call)?,
            None => Conflict::Error,
        };
        let ignored = match named(call, "ignoredProperties").or_else(|| arguments.get(3).copied()) {
            Some(ignored) => super::super::project::texts(
                &Expressions::new(self, Row::None)
                    .constant(ignored, Phrase::IgnoredNames)?
                    .0,
            ),
            None => Vec::new(),
        };
        let rows = self.held(&input, "bag_unpack")?;
        let mut unpacked = Unpacked::new(&input.columns, index, conflict);
        for bag in rows.iter().filter_map(|row| row.get(index).and_then(Value::view)) {
            for (name, value) in bag
                .properties()
                .into_iter()
                .flatten()
                .filter(|(name, _)| !ignored.iter().any(|other| other == name))
            {
                unpacked.add(&format!("{prefix}{name}"), value)?;
            }
        }
        let names = unpacked.finish();
        let columns = names
            .iter()
            .map(|name| Column::new(&name.column, name.kusto_type))
            .collect();
        let table: Vec<_> = rows
            .iter()
            .map(|row| names.iter().map(|name| name.value(row, index, &prefix)).collect())
            .collect();
        let mut unpacked = table_of_rows(columns, &table)?;
        // Without a row nobody knows the names, and a query that names them has an answer all the same: no row.
        unpacked.open = table.is_empty();
        Ok(unpacked)
    }

    /// A text that is known before the query runs.
    pub(super) fn text(&mut self, expression: &whotalks_kql_syntax::tree::Expression) -> Result<String> {
        match Expressions::new(self, Row::None)
            .constant(expression, Phrase::ThisArgument)?
            .0
        {
            Value::String(text) => Ok(text.into_owned()),
            _ => Err(PlanProblem::NotConstant(Phrase::AText).at(expression.span)),
        }
    }
}

fn conflict_of(word: &str, call: &Call) -> Result<Conflict> {
    match word {
        "error" => Ok(Conflict::Error),
        "replace_source" => Ok(Conflict::Replace),
        "keep_source" => Ok(Conflict::Keep),
        _ => Err(refused(call, Phrase::KnowsConflicts)),
    }
}

/// A column of the result.
struct Name {
    column: String,
    kusto_type: KustoType,
    /// The column of the input that it is; none where it comes out of the bags.
    own: Option<usize>,
}

impl Name {
    fn value(&self, row: &[Value<'static>], bag: usize, prefix: &str) -> Value<'static> {
        if let Some(own) = self.own {
            return row.get(own).cloned().unwrap_or(Value::Null);
        }
        let name = self.column.strip_prefix(prefix).unwrap_or(&self.column);
        let found = row.get(bag).and_then(Value::view).and_then(|bag| bag.get(name));
        let value = found.map_or(Value::Null, DynamicView::to_value).into_owned();
        match (self.kusto_type, &value) {
            (KustoType::Dynamic, _) => value,
            (KustoType::String, Value::Null) => Value::String("".into()),
            (wanted, _) => whotalks_kql_values::convert::cast(&value, wanted).into_owned(),
        }
    }
}

/// The columns of the result as far as they are known. The bags' own column keeps its place for a name that is the same.
struct Unpacked {
    names: Vec<Name>,
    bag: usize,
    bag_is_named: bool,
    /// How many columns the input has.
    known: usize,
    conflict: Conflict,
}

impl Unpacked {
    fn new(columns: &[Column], bag: usize, conflict: Conflict) -> Self {
        let names = columns.iter().enumerate().map(|(index, column)| Name {
            column: column.name.clone(),
            kusto_type: column.kusto_type,
            own: Some(index).filter(|index| *index != bag),
        });
        let names = names.collect();
        Self {
            names,
            bag,
            bag_is_named: false,
            known: columns.len(),
            conflict,
        }
    }

    fn finish(mut self) -> Vec<Name> {
        // What comes out of the bags follows by name, behind the columns that were there.
        if let Some(new) = self.names.get_mut(self.known..) {
            new.sort_by(|left, right| left.column.cmp(&right.column));
        }
        if !self.bag_is_named {
            self.names.remove(self.bag);
        }
        self.names
    }

    fn add(&mut self, name: &str, value: DynamicView<'_>) -> Result<()> {
        let kusto_type = value.to_value().kusto_type();
        let place = self.names.iter().position(|other| other.column == name);
        if place == Some(self.bag) && !self.bag_is_named {
            self.bag_is_named = true;
            if let Some(own) = self.names.get_mut(self.bag) {
                own.kusto_type = kusto_type.unwrap_or(KustoType::Dynamic);
            }
            return Ok(());
        }
        match place.and_then(|place| self.names.get_mut(place)) {
            Some(other) if other.own.is_none() => {
                other.kusto_type =
                    kusto_type.map_or(other.kusto_type, |kusto_type| merged(other.kusto_type, kusto_type));
            }
            Some(other) => match self.conflict {
                Conflict::Error => return Err(PlanProblem::DuplicateColumn(name.to_owned()).into()),
                Conflict::Keep => {}
                Conflict::Replace => {
                    other.own = None;
                    other.kusto_type = kusto_type.unwrap_or(KustoType::Dynamic);
                }
            },
            None => self.names.push(Name {
                column: name.to_owned(),
                kusto_type: kusto_type.unwrap_or(KustoType::Dynamic),
                own: None,
            }),
        }
        Ok(())
    }
}

/// The type of values of both types: numbers widen, everything else is dynamic.
fn merged(left: KustoType, right: KustoType) -> KustoType {
    if left == right {
        left
    } else {
        left.wider(right).unwrap_or(KustoType::Dynamic)
    }
}
