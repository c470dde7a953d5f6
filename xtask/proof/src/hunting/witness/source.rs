//! Where the value of a column comes from.

use std::collections::HashSet;
use std::rc::Rc;
use std::sync::LazyLock;

use whotalks_kql_syntax::tree::{Call, Expression};
use whotalks_tables::hunting;

use super::step::Step;
use super::values::Known;

/// Where a value comes from.
#[derive(Debug, Clone)]
pub(super) enum Source {
    /// A column of a row in the making.
    Base { row: usize, column: String },
    /// An expression over other columns.
    Computed {
        value: Rc<Expression>,
        columns: Rc<Columns>,
    },
    /// An aggregation over rows.
    Aggregated { call: Rc<Call>, columns: Rc<Columns> },
    /// What a step makes of another value.
    Made { of: Rc<Source>, step: Step },
    /// One of the values that are written out.
    Listed(Vec<String>),
    /// A value that is known.
    Value(Known),
}

/// The columns of a table in a query.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    named: Vec<(String, Source)>,
    /// The row whose columns all others are.
    row: Option<(usize, String)>,
    /// The columns of a table that was joined to the right.
    right: Option<Rc<Columns>>,
    /// The columns that these were chosen from, or worked out of.
    behind: Option<Rc<Columns>>,
    /// A bag whose members became columns.
    bag: Option<Rc<Source>>,
}

/// All columns of all tables, as `table.column`.
static KNOWN: LazyLock<HashSet<(String, String)>> = LazyLock::new(|| {
    let tables = hunting::all();
    let columns = tables.iter().flat_map(|table| {
        let columns = table.columns.iter();
        columns.map(move |column| (table.name.to_owned(), column.name.to_owned()))
    });
    columns.collect()
});

impl Columns {
    /// The columns of a row of a table.
    pub(super) fn of_row(row: usize, table: &str) -> Self {
        Self {
            row: Some((row, table.to_owned())),
            ..Self::default()
        }
    }

    pub(super) fn set(&mut self, name: &str, source: Source) {
        match self.named.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => *known = source,
            None => self.named.push((name.to_owned(), source)),
        }
    }

    /// Puts the columns of another table behind these.
    pub(super) fn join(&mut self, right: Self) {
        let before = self.right.take();
        let mut right = right;
        if let Some(before) = before {
            right.right = Some(before);
        }
        self.right = Some(Rc::new(right));
    }

    /// No columns yet, chosen from others.
    pub(super) fn chosen_from(before: &Self) -> Self {
        Self {
            behind: Some(Rc::new(before.clone())),
            ..Self::default()
        }
    }

    /// The members of a bag become columns.
    pub(super) fn unpack(&mut self, bag: Source) {
        self.bag = Some(Rc::new(bag));
    }

    /// Where a column comes from; of two of one name the left one, and the right one under the name with a number. What is no column
    /// here may have been one before, or is one of a table that is not known.
    pub(super) fn get(&self, name: &str) -> Option<Source> {
        self.known(name)
            .or_else(|| self.member(name))
            .or_else(|| self.behind.as_ref()?.get(name))
            .or_else(|| {
                let (row, _) = self.row.as_ref()?;
                Some(Source::Base {
                    row: *row,
                    column: name.to_owned(),
                })
            })
    }

    /// Where a column comes from that is one for certain.
    pub(super) fn known(&self, name: &str) -> Option<Source> {
        self.own(name)
            .or_else(|| self.right.as_ref()?.known(name))
            .or_else(|| self.right.as_ref()?.known(name.strip_suffix('1')?))
    }

    fn member(&self, name: &str) -> Option<Source> {
        Some(Source::Made {
            of: Rc::clone(self.bag.as_ref()?),
            step: Step::Member(name.to_owned()),
        })
    }

    fn own(&self, name: &str) -> Option<Source> {
        if let Some((_, source)) = self.named.iter().find(|(known, _)| known == name) {
            return Some(source.clone());
        }
        let (row, table) = self.row.as_ref()?;
        let is_time = matches!(name, "TimeGenerated" | "Timestamp");
        let known = is_time || KNOWN.contains(&(table.clone(), name.to_owned()));
        known.then(|| Source::Base {
            row: *row,
            column: name.to_owned(),
        })
    }

    /// The first column that is named.
    pub(super) fn first(&self) -> Option<Source> {
        self.named.first().map(|(_, source)| source.clone())
    }

    /// The first column worked out that a test fits.
    pub(super) fn find(&self, test: impl Fn(&Source) -> bool) -> Option<Source> {
        let own = self.named.iter().map(|(_, source)| source).find(|source| test(source));
        own.cloned().or_else(|| self.behind.as_ref()?.find(test))
    }

    /// The rows that the columns come from.
    pub(super) fn rows(&self) -> Vec<usize> {
        let mut rows: Vec<usize> = self.row.iter().map(|(row, _)| *row).collect();
        rows.extend(self.behind.iter().flat_map(|behind| behind.rows()));
        rows.extend(self.right.iter().flat_map(|right| right.rows()));
        rows.extend(self.named.iter().filter_map(|(_, source)| match source {
            Source::Base { row, .. } => Some(*row),
            _ => None,
        }));
        let mut seen = HashSet::new();
        rows.retain(|row| seen.insert(*row));
        rows
    }
}
