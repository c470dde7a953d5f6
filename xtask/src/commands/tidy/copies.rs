//! Evidence that others made is for testing; no file of it becomes part of the project.

use std::collections::HashMap;
use std::fmt::Write as _;

use sha1::{Digest, Sha1};

use super::Fault;
use super::workspace::Workspace;
use xtask::project;

/// No file of the project equals one of the corpus, by SHA-1. Says nothing where the corpus is absent.
pub(super) fn of_the_corpus(workspace: &Workspace) -> Vec<Fault> {
    let index = std::fs::read_to_string(project::corpus().join("INDEX.tsv")).unwrap_or_default();
    let known = hashes(&index);
    let copies = workspace
        .files
        .iter()
        .filter_map(|file| Some((file, known.get(sha1_of(&file.bytes).as_str())?)));
    copies
        .map(|(file, path)| Fault::new(&file.path, format!("is a copy of {path} of the corpus")))
        .collect()
}

/// SHA-1 to path: the last and the first column of the index.
fn hashes(index: &str) -> HashMap<&str, &str> {
    let rows = index
        .lines()
        .skip(1)
        .filter_map(|line| Some((line.rsplit('\t').next()?, line.split('\t').next()?)));
    rows.collect()
}

fn sha1_of(bytes: &[u8]) -> String {
    Sha1::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_found_by_its_hash() {
        let index = "path\tsha1\npcap/a.pcap\ta9993e364706816aba3e25717850c26c9cd0d89d\n";
        assert_eq!(hashes(index).get(sha1_of(b"abc").as_str()), Some(&"pcap/a.pcap"));
    }
}
