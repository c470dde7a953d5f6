//! The name table of a capture file (pcapng Name Resolution Block): what the capturing tool had resolved, when and how is not
//! said, so it is only inferred.

use std::net::IpAddr;

use rustc_hash::FxHashMap;
use whotalks_record::{AddressName, EvidenceId, Grade, Span, Text};

use crate::{Conversation, NameCandidate, NameEvidence};

/// Names by capture and address, in order of the file.
#[derive(Debug, Default)]
pub(crate) struct CaptureNames {
    names: FxHashMap<(EvidenceId, IpAddr), Vec<(Text, Span)>>,
}

impl CaptureNames {
    pub(crate) fn build(table: &[AddressName]) -> Self {
        let mut names: FxHashMap<_, Vec<(Text, Span)>> = FxHashMap::default();
        for entry in table {
            let known = names.entry((entry.span.evidence, entry.address)).or_default();
            if !known.iter().any(|(name, _)| *name == entry.name) {
                known.push((Text::clone(&entry.name), entry.span));
            }
        }
        Self { names }
    }

    /// The names that the conversation's own capture gives the far end.
    pub(crate) fn candidates(&self, conversation: &Conversation) -> Vec<NameCandidate> {
        let Some((evidence, _)) = conversation.flow else {
            return Vec::new();
        };
        let names = self
            .names
            .get(&(evidence, conversation.remote.address))
            .map(Vec::as_slice)
            .unwrap_or_default();
        let candidate = |(name, span): &(Text, Span)| NameCandidate {
            name: Text::clone(name),
            port: None,
            evidence: NameEvidence::CaptureNameTable,
            grade: Grade::Inferred,
            time: None,
            proof: vec![*span],
        };
        names.iter().map(candidate).collect()
    }
}
