//! Prints every conversation of some evidence, one per line, for a person who looks for the mistake in a rule.

use std::io::{self, Write};
use std::path::PathBuf;

use whotalks_case::{Case, CaseError, NoProgress};
use whotalks_record::Timestamp;

fn main() -> Result<(), CaseError> {
    let paths: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    let mut case = Case::in_memory();
    case.ingest(&paths, &mut NoProgress, Timestamp::MIN)?;
    let mut out = io::stdout().lock();
    let mut written = Ok(());
    case.conversations(&mut |conversation| {
        if written.is_ok() {
            written = writeln!(out, "{conversation:?}");
        }
    })
}
