//! The policy that a user names.

use std::fs;
use std::path::Path;

use whotalks_case::policy::Policy;

use crate::failure::Failure;

/// The policy in a file.
pub(crate) fn read(path: &Path) -> Result<Policy, Failure> {
    let text = fs::read_to_string(path).map_err(|source| Failure::CannotRead {
        path: path.to_owned(),
        source,
    })?;
    Policy::parse(&text).map_err(|source| Failure::Policy {
        path: path.to_owned(),
        source,
    })
}
