//! Prints every conversation of some evidence, one per line, for a person who debugs a rule.

use std::path::PathBuf;

use whotalks_case::{Case, NoProgress};

fn main() {
    let paths: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    let mut case = Case::in_memory();
    case.ingest(&paths, &mut NoProgress);
    let mut out = std::io::stdout().lock();
    case.conversations(&mut |conversation| {
        // A reader that has gone away is no reason to fail.
        let _ = std::io::Write::write_fmt(&mut out, format_args!("{conversation:?}\n"));
    });
}
