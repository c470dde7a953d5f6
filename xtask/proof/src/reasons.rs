//! Lists of what differs or cannot be, each with its reason, in files of the project.

use serde::de::DeserializeOwned;
use xtask::error::{Error, Result};
use xtask::project;

/// Reads such a list, a TOML file below the root of the project.
pub(crate) fn read<T: DeserializeOwned>(file: &str) -> Result<T> {
    let path = project::root().join(file);
    let text = std::fs::read_to_string(&path).map_err(Error::reading(&path))?;
    toml::from_str(&text).map_err(|source| Error::Missing {
        what: format!("{file}: {source}"),
        remedy: "mend the file",
    })
}
