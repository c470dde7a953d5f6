//! `case.toml`.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::StoreError;
use crate::place::Place;

/// The format that this version writes; it reads this one and all before it.
pub const FORMAT: u32 = 2;

/// The first version of whotalks that reads [`FORMAT`].
const FIRST_VERSION: &str = "0.1.0";

/// The name of the file that makes a folder a case.
pub(crate) const FILE: &str = "case.toml";

/// What `case.toml` says. Entries that this version does not know are passed over.
#[derive(Debug, Serialize, Deserialize)]
struct Settings {
    format: u32,
    #[serde(rename = "needs-whotalks")]
    needs: String,
}

/// Makes a place a case of this version's format.
pub(crate) fn write(place: &Place, temporary: &Path) -> Result<(), StoreError> {
    let settings = Settings {
        format: FORMAT,
        needs: FIRST_VERSION.to_owned(),
    };
    let text = toml::to_string(&settings).map_err(|error| damaged(&place.path(FILE), &error))?;
    place.replace(FILE, temporary, &text)
}

/// Makes a case of an older format one of this version's, which can hold all that older ones held.
pub(crate) fn raise(place: &Place, temporary: &Path) -> Result<(), StoreError> {
    if check(place)? < FORMAT {
        write(place, temporary)?;
    }
    Ok(())
}

/// Checks that a place is a case that this version reads; says its format.
pub(crate) fn check(place: &Place) -> Result<u32, StoreError> {
    let path = place.path(FILE);
    let text = place.read_text(FILE)?.ok_or_else(|| StoreError::NotACase {
        path: place.root().to_owned(),
    })?;
    let settings: Settings = toml::from_str(&text).map_err(|error| damaged(&path, &error))?;
    match settings.format {
        0 => Err(damaged(&path, &"format 0 never existed")),
        format @ 1..=FORMAT => Ok(format),
        format => Err(StoreError::NewerFormat {
            path,
            format,
            needs: settings.needs,
        }),
    }
}

/// A small file that does not say what it should.
pub(crate) fn damaged(path: &Path, reason: &dyn std::fmt::Display) -> StoreError {
    StoreError::DamagedFile {
        path: path.to_owned(),
        reason: reason.to_string().trim_end().replace('\n', " "),
    }
}
