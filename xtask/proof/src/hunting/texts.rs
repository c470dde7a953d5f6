//! The texts beside the project: published queries, and the queries of recorded cases.

use std::path::Path;

use serde::Deserialize;
use xtask::error::{Error, Result};

/// A text and what it is called.
pub(super) struct Text {
    /// The file or the case.
    pub(super) name: String,
    /// What it says.
    pub(super) text: String,
    /// Whether it is a published query.
    pub(super) published: bool,
}

/// A case of which only the query matters here.
#[derive(Deserialize)]
struct Case {
    id: String,
    query: String,
}

/// All texts, in the order of their names and of the cases. A folder without `queries` in it holds the queries itself, and need
/// not have cases.
pub(super) fn all(data: &Path) -> Result<Vec<Text>> {
    let folder = Some(data.join("queries")).filter(|folder| folder.is_dir());
    let mut texts = published(folder.as_deref().unwrap_or(data))?;
    let path = data.join("conformance/cases.json");
    if !path.exists() {
        return Ok(texts);
    }
    let bytes = std::fs::read(&path).map_err(Error::reading(&path))?;
    let cases: Vec<Case> = serde_json::from_slice(&bytes).map_err(|source| Error::Json {
        what: "the recorded cases",
        source,
    })?;
    texts.extend(cases.into_iter().map(|case| Text {
        name: case.id,
        text: case.query,
        published: false,
    }));
    Ok(texts)
}

fn published(folder: &Path) -> Result<Vec<Text>> {
    let entries = std::fs::read_dir(folder).map_err(Error::reading(folder))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "kql"));
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).map_err(Error::reading(path))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Text {
            name,
            text,
            published: true,
        })
    };
    paths.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_queries_alone_is_read_too() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("b.kql"), "T | take 2").unwrap();
        std::fs::write(folder.path().join("a.kql"), "T | take 1").unwrap();
        std::fs::write(folder.path().join("note.txt"), "no query").unwrap();
        let texts = all(folder.path()).unwrap();
        let names: Vec<_> = texts.iter().map(|text| text.name.as_str()).collect();
        assert_eq!(names, ["a.kql", "b.kql"]);
    }
}
