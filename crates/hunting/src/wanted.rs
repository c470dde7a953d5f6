//! Which tables are to be made.

use std::collections::BTreeSet;

use whotalks_tables::Table;

/// Which tables are to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Every table.
    All,
    /// Those of these names.
    Only(BTreeSet<&'static str>),
}

impl Wanted {
    /// Whether a table is among them.
    pub fn has<T: Table>(&self) -> bool {
        self.names(T::NAME)
    }

    /// Whether the table of a name is among them.
    pub fn names(&self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(names) => names.contains(name),
        }
    }
}
