//! Event traces on their own, without a case: who wrote how many of which events.

use std::cmp::Reverse;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use whotalks_evidence::{Format, detect};
use whotalks_record::{EvidenceId, Text};

use crate::capture::CapturesRead;

pub use whotalks_etl::{ClockKind, Description, EventSummary, Origin, ProviderSummary, Summary, TraceHeader};

/// Bytes that tell a trace from everything else.
const HEAD_BYTES: u64 = 1 << 12;

/// Providers that are named of a trace without packets.
const MOST_PROVIDERS: usize = 8;

/// Whether the file at `path` is a trace.
pub(crate) fn is_trace(path: &Path) -> bool {
    let head = || {
        let mut head = Vec::new();
        let file = File::open(path).ok().filter(|_| path.is_file())?;
        file.take(HEAD_BYTES).read_to_end(&mut head).ok()?;
        Some(head)
    };
    head().is_some_and(|head| detect(&head) == Format::Etl)
}

/// Of captures that were read, the traces that hold no packets: each with who wrote its events, the most eager first. Members of
/// archives are left out.
pub fn without_packets(read: &CapturesRead) -> Vec<(Text, Vec<Text>)> {
    let empty = read.pieces.iter();
    let empty = empty.filter(|piece| piece.packets == 0 && piece.format == Format::Etl.word());
    let told = empty.filter_map(|piece| {
        let summary = summarise(Path::new(&*piece.path)).ok()?;
        Some((Text::clone(&piece.path), writers(summary)))
    });
    told.collect()
}

/// The names of the providers of a trace, else their identifiers.
fn writers(summary: Summary) -> Vec<Text> {
    let mut providers = summary.providers;
    providers.sort_by_key(|provider| (Reverse(provider.count()), provider.provider));
    let name = |provider: ProviderSummary| provider.name.unwrap_or_else(|| provider.provider.to_string().into());
    providers.into_iter().take(MOST_PROVIDERS).map(name).collect()
}

/// Counts what is in the trace at `path`. Of a file that is none, nothing but issues comes out.
///
/// # Errors
/// The file cannot be opened.
pub fn summarise(path: &Path) -> io::Result<Summary> {
    let mut file = File::open(path)?;
    Ok(whotalks_etl::summarise(&mut file, EvidenceId(1)))
}
