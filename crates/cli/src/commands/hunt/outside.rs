//! What queries may read beside the cases: files that the user names for `externaldata`, and a database of places.

use std::path::Path;

use whotalks_case::hunt::{Outside, PlacesError};

use crate::arguments::Hunt;
use crate::failure::Failure;

/// Reads what is named.
pub(super) fn of(arguments: &Hunt) -> Result<Outside, Failure> {
    let mut outside = Outside::default();
    for named in &arguments.external {
        let (location, file) = location_and_file(named);
        let path = Path::new(file);
        outside.allow(location, path).map_err(|source| Failure::CannotRead {
            path: path.to_owned(),
            source,
        })?;
    }
    if let Some(path) = &arguments.places {
        outside.ask_places(path).map_err(|error| refused(path, error))?;
    }
    Ok(outside)
}

/// `LOCATION=FILE`; a file alone stands under the very text by which it is named. What is asked for at a location may hold `=`.
fn location_and_file(named: &str) -> (&str, &str) {
    match named.rsplit_once('=') {
        Some((location, file)) if !location.is_empty() => (location, file),
        _ => (named, named),
    }
}

fn refused(path: &Path, error: PlacesError) -> Failure {
    let path = path.to_owned();
    match error {
        PlacesError::Read(source) => Failure::CannotRead { path, source },
        source => Failure::Places { path, source },
    }
}

#[cfg(test)]
mod tests {
    use super::location_and_file;

    #[test]
    fn the_last_sign_parts_location_and_file() {
        let cases = [
            (
                "https://example.org/list?a=b=list.csv",
                ("https://example.org/list?a=b", "list.csv"),
            ),
            ("list.csv", ("list.csv", "list.csv")),
            ("=list.csv", ("=list.csv", "=list.csv")),
        ];
        for (named, expected) in cases {
            assert_eq!(location_and_file(named), expected);
        }
    }
}
