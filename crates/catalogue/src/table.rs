//! Reads the data files: tab-separated, one header line, `#` starts a comment line, no quoting.

use serde::de::DeserializeOwned;

use crate::error::DataError;

/// Which data file a row came from, and its text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DataFile {
    /// The file name below `data/`, for error messages.
    pub(crate) name: &'static str,
    /// The whole text.
    pub(crate) text: &'static str,
}

/// One row with its place, so that a mistake can be located.
#[derive(Debug)]
pub(crate) struct Located<T> {
    pub(crate) row: T,
    pub(crate) at: Place,
}

/// A line of a data file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: &'static str,
    pub(crate) line: u64,
}

/// Every row that could be read; the others are reported in `errors` and left out.
pub(crate) fn rows<T: DeserializeOwned>(file: DataFile, errors: &mut Vec<DataError>) -> Vec<Located<T>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .comment(Some(b'#'))
        .quoting(false)
        .from_reader(file.text.as_bytes());
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => {
            errors.push(DataError::row(
                Place {
                    file: file.name,
                    line: 1,
                },
                &error,
            ));
            return Vec::new();
        }
    };
    let mut rows = Vec::new();
    for record in reader.records() {
        match record.and_then(|record| {
            Ok((
                record.deserialize(Some(&header))?,
                record.position().map_or(0, csv::Position::line),
            ))
        }) {
            Ok((row, line)) => rows.push(Located {
                row,
                at: Place { file: file.name, line },
            }),
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                errors.push(DataError::row(Place { file: file.name, line }, &error));
            }
        }
    }
    rows
}

/// A comma-separated list inside a cell; an empty cell is an empty list.
pub(crate) fn list(cell: &str) -> Vec<String> {
    cell.split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .map(str::to_owned)
        .collect()
}

/// An empty cell is "nothing said".
pub(crate) fn optional(cell: String) -> Option<String> {
    (!cell.is_empty()).then_some(cell)
}
