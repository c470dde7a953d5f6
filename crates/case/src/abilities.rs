//! What this build of whotalks can read and knows, for `doctor`.

use whotalks_catalogue::Catalogue;
use whotalks_evidence::{Format, Role};

/// The abilities of a build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abilities {
    /// The catalogue's version, a date.
    pub catalogue_version: &'static str,
    /// How many endpoints it knows.
    pub catalogue_endpoints: usize,
    /// The words of the formats that are read or unpacked.
    pub formats: Vec<&'static str>,
}

impl Abilities {
    /// Those of this build.
    pub fn of_this_build() -> Self {
        let catalogue = Catalogue::bundled();
        Self {
            catalogue_version: catalogue.version(),
            catalogue_endpoints: catalogue.endpoints().len(),
            formats: Format::all()
                .filter(|format| format.role() != Role::Name)
                .map(Format::word)
                .collect(),
        }
    }
}
