//! `find`: rows of several tables for which a condition is true.

use whotalks_kql_syntax::tree::Name;
use whotalks_kql_syntax::tree::operator::{Find, FindColumn, FindProject};
use whotalks_kql_values::{KustoType, Value};

use super::everywhere::{Sought, absent, as_it_is, first};
use super::project::{Assigned, projected};
use super::union::union_all;
use crate::bind::{Binder, Bound, column, convert, kusto_type};
use crate::error::{PlanProblem, Result};
use crate::function::{call, constant};
use crate::phrase::Phrase;
use crate::relation::{Column, Relation};

/// The column that names the table of a row, unless `withsource` gives it another name.
const SOURCE: &str = "source_";
/// The column that holds the columns that are not asked for.
const PACK: &str = "pack_";

impl Binder<'_> {
    /// Looks in the tables behind `in`, or in all tables; those without any column of the condition are left out.
    pub(super) fn find(&mut self, find: &Find) -> Result<Relation> {
        if !find.project_away.is_empty() {
            return Err(PlanProblem::unsupported(
                Phrase::code("`find … project-away`"),
                Some(Phrase::UseBehind("project-away".to_owned())),
            )
            .into());
        }
        let mut tables = match find.tables.as_slice() {
            [] => self.all_tables()?,
            tables => self.union_operands(tables)?,
        };
        let sought = Sought::new(&find.predicate, false, &tables);
        if tables.len() > 1 && !sought.columns.is_empty() && !sought.looks_everywhere() {
            tables.retain(|table| sought.columns.iter().any(|column| table.column(&column.name).is_some()));
        }
        let output = Output::of(find.project.as_ref(), &tables, &sought.columns)?;
        let found = tables.into_iter().map(|table| {
            let name = table.name.clone();
            let rows = sought.rows(self, table)?;
            let mut found = output.of_table(rows)?;
            found.name = name;
            Ok(found)
        });
        let found = found.collect::<Result<Vec<_>>>()?;
        let source = find.parameters.word("withsource").cloned();
        union_all(found, false, Some(&source.unwrap_or_else(|| Name::new(SOURCE))))
    }
}

/// What comes out of every table.
enum Output {
    /// Columns, and the rest in one bag where there is a rest in some table.
    Smart { shown: Vec<Shown>, packs: bool },
    /// What is asked for.
    Asked(Vec<Asked>),
}

/// A column that comes out, and what it is called there.
struct Shown {
    own: Column,
    name: String,
}

/// What stands behind `project`.
enum Asked {
    /// All columns of the table.
    All,
    /// All columns of the table in a bag.
    PackAll,
    /// A column; in tables without it a null of its type. Where a type is asked for, the value becomes one of it.
    Column { own: Column, wanted: Option<KustoType> },
}

impl Output {
    fn of(project: Option<&FindProject>, tables: &[Relation], named: &[Column]) -> Result<Self> {
        let Some(FindProject::Columns(columns)) = project else {
            let shown = shown(tables, named);
            let is_shown = |column: &Column| shown.iter().any(|shown| shown.own.name == column.name);
            let packs = tables.iter().any(|table| !table.columns.iter().all(is_shown));
            return Ok(Self::Smart { shown, packs });
        };
        let asked = columns.iter().map(|asked| match asked {
            FindColumn::All => Asked::All,
            FindColumn::PackAll => Asked::PackAll,
            FindColumn::Column { name, kind } => {
                let wanted = kind.as_ref().and_then(|kind| kind.scalar()).map(kusto_type);
                let unknown = || Column::new(&name.text, wanted.unwrap_or(KustoType::String));
                Asked::Column {
                    own: first(&name.text, tables).unwrap_or_else(unknown),
                    wanted,
                }
            }
        });
        Ok(Self::Asked(asked.collect()))
    }

    fn of_table(&self, rows: Relation) -> Result<Relation> {
        let mut chosen = Vec::new();
        match self {
            Self::Smart { shown, packs } => {
                chosen.extend(shown.iter().map(|shown| Assigned {
                    name: shown.name.clone(),
                    value: value_of(&rows, &shown.own),
                }));
                let is_shown = |column: &Column| shown.iter().any(|shown| shown.own.name == column.name);
                if *packs {
                    let rest: Vec<_> = rows.columns.iter().filter(|column| !is_shown(column)).collect();
                    chosen.push(packed(&rest)?);
                }
            }
            Self::Asked(asked) => {
                for asked in asked {
                    match asked {
                        Asked::All => chosen.extend(rows.columns.iter().map(as_it_is)),
                        Asked::PackAll => chosen.push(packed(&rows.columns.iter().collect::<Vec<_>>())?),
                        Asked::Column { own, wanted } => chosen.push(asked_column(&rows, own, *wanted)?),
                    }
                }
            }
        }
        projected(rows, chosen)
    }
}

/// The columns that come out where none is asked for: those that all tables have, and those of the condition. One that has several
/// types is one for each type.
fn shown(tables: &[Relation], named: &[Column]) -> Vec<Shown> {
    let mut columns: Vec<Column> = Vec::new();
    if let Some((first, rest)) = tables.split_first() {
        let in_all = |column: &&Column| rest.iter().all(|table| table.columns.contains(column));
        columns.extend(first.columns.iter().filter(in_all).cloned());
    }
    for own in named
        .iter()
        .flat_map(|named| tables.iter().filter_map(|table| table.column(&named.name)))
    {
        if !columns.contains(own) {
            columns.push(own.clone());
        }
    }
    let several = |name: &str| columns.iter().filter(|column| column.name == name).count() > 1;
    let name = |own: &Column| match several(&own.name) {
        true => format!("{}_{}", own.name, own.kusto_type),
        false => own.name.clone(),
    };
    columns
        .iter()
        .map(|own| Shown {
            name: name(own),
            own: own.clone(),
        })
        .collect()
}

/// A column of a table where it is there and of that type, else a null.
fn value_of(rows: &Relation, own: &Column) -> Bound {
    if rows.columns.contains(own) {
        column(own)
    } else {
        absent(own.kusto_type)
    }
}

fn asked_column(rows: &Relation, own: &Column, wanted: Option<KustoType>) -> Result<Assigned> {
    let value = match (rows.column(&own.name).map(column), wanted) {
        (Some(value), Some(wanted)) => convert(value, wanted)?,
        (Some(value), None) => value,
        (None, wanted) => absent(wanted.unwrap_or(own.kusto_type)),
    };
    Ok(Assigned {
        name: own.name.clone(),
        value,
    })
}

/// Columns in a bag; an empty one where there is none.
fn packed(columns: &[&Column]) -> Result<Assigned> {
    let text = |text: &str| constant(Value::String(text.to_owned().into()), KustoType::String);
    let mut members = Vec::new();
    for own in columns {
        members.push(text(&own.name));
        members.push(column(own));
    }
    let value = match members.as_slice() {
        [] => call("parse_json", vec![text("{}")])?,
        _ => call("bag_pack", members)?,
    };
    Ok(Assigned {
        name: PACK.to_owned(),
        value,
    })
}
