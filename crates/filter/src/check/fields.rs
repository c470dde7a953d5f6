//! Fields by their names.

use whotalks_fields::{Field, FieldId, FieldKind};

use crate::error::Problem;

/// How like a name must be to be suggested, and how many are.
const LEAST_LIKENESS: f64 = 0.82;
const MOST_SUGGESTIONS: usize = 3;

/// A field and what is known about it.
pub(super) fn find(name: &str) -> Option<(FieldId, &'static Field)> {
    let id = whotalks_fields::find(name)?;
    Some((id, whotalks_fields::info(id)?))
}

/// The protocol that a field belongs to: the longest part of its name, up to a dot, that is one.
pub(super) fn protocol(field: &Field) -> Option<FieldId> {
    let mut name = field.name;
    loop {
        if let Some((id, found)) = find(name)
            && found.kind == FieldKind::Protocol
        {
            return Some(id);
        }
        (name, _) = name.rsplit_once('.')?;
    }
}

/// That no field has that name, and which have one like it.
pub(super) fn unknown(name: &str) -> Problem {
    Problem::UnknownField {
        name: name.to_owned(),
        suggestions: suggestions(name),
    }
}

/// Names of fields like that one, the likest first.
pub(super) fn suggestions(name: &str) -> Vec<&'static str> {
    let name = name.to_ascii_lowercase();
    let mut found: Vec<(f64, &str)> = whotalks_fields::all()
        .iter()
        .map(|field| (strsim::jaro_winkler(&name, field.name), field.name))
        .filter(|(likeness, _)| *likeness >= LEAST_LIKENESS)
        .collect();
    found.sort_by(|left, right| right.0.total_cmp(&left.0).then_with(|| left.1.cmp(right.1)));
    found.into_iter().take(MOST_SUGGESTIONS).map(|(_, name)| name).collect()
}
