//! Event traces on their own, without a case: who wrote how many of which events.

use std::fs::File;
use std::io;
use std::path::Path;

use whotalks_record::EvidenceId;

pub use whotalks_etl::{ClockKind, Description, EventSummary, Origin, ProviderSummary, Summary, TraceHeader};

/// Counts what is in the trace at `path`. Of a file that is none, nothing but issues comes out.
///
/// # Errors
/// The file cannot be opened.
pub fn summarise(path: &Path) -> io::Result<Summary> {
    let mut file = File::open(path)?;
    Ok(whotalks_etl::summarise(&mut file, EvidenceId(1)))
}
