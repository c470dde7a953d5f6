//! Suffixes under which unrelated customers live side by side.

use serde::Deserialize;

use crate::pattern::{normalize, suffixes};
use crate::table::Located;
use crate::text::Bilingual;

/// A suffix of a delivery network, cloud or hosting service. A name below it proves the operator, never the customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedHost {
    /// The suffix without leading dot, for example `akamaiedge.net`.
    pub suffix: String,
    /// The company that runs it.
    pub owner: String,
    /// What kind of service it is.
    pub kind: Bilingual,
}

#[derive(Debug, Deserialize)]
pub(crate) struct SharedHostRow {
    suffix: String,
    owner: String,
    kind: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct SharedKindRow {
    id: String,
    en: String,
    ja: String,
}

impl SharedHost {
    pub(crate) fn from_row(
        located: Located<SharedHostRow>,
        kinds: &[Located<SharedKindRow>],
    ) -> Result<Self, crate::DataError> {
        let Located { row, at } = located;
        let kind = kinds
            .iter()
            .find(|kind| kind.row.id == row.kind)
            .ok_or_else(|| crate::DataError::reference(at, "kind of shared host", &row.kind))?;
        if normalize(&row.suffix).as_deref() != Some(row.suffix.as_str()) || row.suffix.contains('*') {
            return Err(crate::DataError::value(
                at,
                &row.suffix,
                "a lower-case suffix without wildcard",
            ));
        }
        let kind = Bilingual::new(kind.row.en.clone(), kind.row.ja.clone());
        Ok(Self {
            suffix: row.suffix,
            owner: row.owner,
            kind,
        })
    }
}

/// The longest shared suffix of a normalized name. The suffix itself counts too.
pub(crate) fn find<'c>(hosts: &'c [SharedHost], name: &str) -> Option<&'c SharedHost> {
    suffixes(name).find_map(|suffix| hosts.iter().find(|host| host.suffix == suffix))
}
