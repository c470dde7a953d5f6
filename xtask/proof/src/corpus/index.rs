//! Which files there are.

use std::path::Path;

use xtask::error::{Error, Result};

/// The folders of evidence; `truth` beside them holds what is known about it.
const FOLDERS: [&str; 6] = ["pcap", "evtx", "text", "csv", "etl", "zeek"];

/// Every file of evidence, as `pcap/a.pcap`, sorted; with `only`, those whose path contains it.
pub(super) fn files(corpus: &Path, only: Option<&str>) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        let path = corpus.join(folder);
        if !path.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(&path).map_err(Error::reading(&path))? {
            let entry = entry.map_err(Error::reading(&path))?;
            files.push(format!("{folder}/{}", entry.file_name().to_string_lossy()));
        }
    }
    files.retain(|file| only.is_none_or(|text| file.contains(text)));
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_all_folders_are_listed_in_order_and_other_folders_are_not() {
        let corpus = tempfile::tempdir().unwrap();
        for file in ["pcap/b", "pcap/a", "evtx/c", "truth/d"] {
            let path = corpus.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        assert_eq!(files(corpus.path(), None).unwrap(), ["evtx/c", "pcap/a", "pcap/b"]);
        assert_eq!(files(corpus.path(), Some("/a")).unwrap(), ["pcap/a"]);
    }
}
