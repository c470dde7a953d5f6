//! The properties of one object.

use whotalks_record::Span;

/// Names and values, in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fields {
    /// The lines of the object.
    pub(crate) span: Span,
    pub(crate) values: Vec<(String, String)>,
}

impl Fields {
    /// The value of a property; none where it has none.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.values.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// The value of the first of several properties that has one.
    pub(crate) fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.get(name))
    }

    /// Whether PowerShell cut a value to its column.
    pub(crate) fn is_cut(value: &str) -> bool {
        value.ends_with("...") || value.ends_with('…')
    }
}
