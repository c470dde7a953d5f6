//! Windows services that talk to the network.

use serde::Deserialize;

use crate::table::list;
use crate::text::Bilingual;

/// A Windows service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The short name, for example `wuauserv`. Per-user services are written without their random suffix.
    pub name: String,
    /// The name the English and the Japanese service manager show.
    pub display_name: Bilingual,
    /// True for a per-user service whose running instances are called `Name_1a2b3`.
    pub per_user: bool,
    /// `svchost.exe -k` groups it has been seen in; empty for services with their own process.
    pub groups: Vec<String>,
    /// What it talks about.
    pub purpose: Bilingual,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ServiceRow {
    name: String,
    per_user: String,
    groups: String,
    display_en: String,
    display_ja: String,
    purpose_en: String,
    purpose_ja: String,
}

impl Service {
    pub(crate) fn from_row(row: ServiceRow) -> Self {
        Self {
            name: row.name,
            display_name: Bilingual::new(row.display_en, row.display_ja),
            per_user: row.per_user == "yes",
            groups: list(&row.groups),
            purpose: Bilingual::new(row.purpose_en, row.purpose_ja),
        }
    }

    /// Whether `name`, in any case, is this service or an instance of it.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        let base = if self.per_user {
            name.rsplit_once('_').map_or(name, |(base, _)| base)
        } else {
            name
        };
        self.name.eq_ignore_ascii_case(base)
    }
}
