//! What was typed before. It is kept in the user's own folder for state, where other shells keep theirs, one entry a line as JSON text.

use std::env;
use std::fs;
use std::path::PathBuf;

/// The most entries that are kept.
const MOST_ENTRIES: usize = 1_000;

/// Entries, the oldest first.
#[derive(Debug, Default)]
pub(super) struct History {
    entries: Vec<String>,
    path: Option<PathBuf>,
}

impl History {
    /// The entries of earlier runs; none where there is no folder for them.
    pub(super) fn open() -> Self {
        let path = folder().map(|folder| folder.join("whotalks").join("hunt-history"));
        let text = path.as_ref().and_then(|path| fs::read_to_string(path).ok());
        Self {
            entries: text.as_deref().map(read).unwrap_or_default(),
            path,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn get(&self, index: usize) -> Option<&str> {
        self.entries.get(index).map(String::as_str)
    }

    /// Adds an entry, unless it is the last one again.
    pub(super) fn add(&mut self, entry: &str) {
        if !entry.is_empty() && self.entries.last().is_none_or(|last| last != entry) {
            self.entries.push(entry.to_owned());
        }
        let surplus = self.entries.len().saturating_sub(MOST_ENTRIES);
        self.entries.drain(..surplus);
    }

    /// Writes the entries. Where that cannot be done, they are lost, which is no reason to fail.
    pub(super) fn keep(&self) {
        let Some(path) = &self.path else { return };
        if let Some(folder) = path.parent() {
            drop(fs::create_dir_all(folder));
        }
        drop(fs::write(path, written(&self.entries)));
    }
}

fn read(text: &str) -> Vec<String> {
    text.lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect()
}

fn written(entries: &[String]) -> String {
    let line = |entry: &String| serde_json::to_string(entry).map(|text| format!("{text}\n"));
    entries.iter().filter_map(|entry| line(entry).ok()).collect()
}

/// The folder for state: of the XDG Base Directory Specification, else of Windows.
fn folder() -> Option<PathBuf> {
    let named = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    named("XDG_STATE_HOME")
        .or_else(|| named("LOCALAPPDATA"))
        .or_else(|| named("HOME").map(|home| home.join(".local").join("state")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_several_lines_come_back_as_they_were() {
        let entries = vec!["T\n| count".to_owned(), "print \"a\"".to_owned()];
        assert_eq!(read(&written(&entries)), entries);
        assert!(read("no json\n").is_empty());
    }

    #[test]
    fn an_entry_is_kept_once_in_a_row_and_the_oldest_go() {
        let mut history = History::default();
        history.add("a");
        history.add("a");
        assert_eq!(history.len(), 1);
        for number in 0..MOST_ENTRIES {
            history.add(&number.to_string());
        }
        assert_eq!((history.len(), history.get(0)), (MOST_ENTRIES, Some("0")));
    }
}
