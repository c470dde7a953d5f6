//! Inputs to start from: without them a fuzzer spends its time on finding out what a header looks like.

use std::io::Read;
use std::path::{Path, PathBuf};

use xtask::error::{Error, Result};
use xtask::project;

/// The files of the bundled example that a target can read.
const EXAMPLES: [(&str, &[&str]); 5] = [
    (
        "evidence",
        &["capture.pcapng", "netstat.txt", "tasklist.txt", "filters.xml"],
    ),
    ("evtx", &["Security.evtx"]),
    ("pcapng", &["capture.pcapng"]),
    ("text", &["netstat.txt", "tasklist.txt"]),
    ("wfp", &["filters.xml", "wfpstate.xml"]),
];

/// The target's own folder of small inputs, where it has one.
pub(super) fn folder(target: &str) -> Option<PathBuf> {
    let seeds = project::root().join("fuzz/seeds").join(target);
    seeds.is_dir().then_some(seeds)
}

/// Puts the first `longest_bytes` of the example's files that `target` can read into `corpus`.
pub(super) fn plant(target: &str, longest_bytes: usize, corpus: &Path) -> Result {
    let files = EXAMPLES
        .iter()
        .find(|(name, _)| *name == target)
        .map_or(&[][..], |(_, files)| files);
    for file in files {
        let mut bytes = member(file)?;
        bytes.truncate(longest_bytes);
        let seed = corpus.join(format!("example-{file}"));
        std::fs::write(&seed, bytes).map_err(Error::writing(&seed))?;
    }
    Ok(())
}

/// One file of the example.
fn member(name: &str) -> Result<Vec<u8>> {
    let path = project::root().join(project::EXAMPLE);
    let unpack = || -> std::io::Result<Vec<u8>> {
        let mut archive = zip::ZipArchive::new(std::fs::File::open(&path)?)?;
        let mut bytes = Vec::new();
        archive.by_name(name)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    unpack().map_err(Error::reading(&path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readers_begin_with_what_they_read() {
        let corpus = tempfile::tempdir().unwrap();
        plant("evtx", 100, corpus.path()).unwrap();
        let seed = std::fs::read(corpus.path().join("example-Security.evtx")).unwrap();
        assert_eq!((seed.len(), &seed[..8]), (100, &b"ElfFile\0"[..]));
    }
}
