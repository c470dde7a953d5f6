//! A case and its questions.

use std::path::PathBuf;

use whotalks_catalogue::Catalogue;
use whotalks_correlate::{Conversation, Correlator, Observed};
use whotalks_evidence::{Limits, ManifestEntry, Progress, RawEvidence, open, raw};
use whotalks_record::{EvidenceId, Span};
use whotalks_report::{Answer, EvidenceLine, Investigation, Overview, Question, Sources, Subject};

use crate::CaseError;
use crate::flows::Flows;
use crate::intake::Intake;
use crate::manifest::line;

/// What was observed, and the questions that can be asked about it.
#[derive(Debug, Default)]
pub struct Case {
    manifest: Vec<ManifestEntry>,
    observed: Observed,
    flows: Flows,
}

/// What became of the evidence that was handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IngestReport {
    /// Pieces that were met, containers included.
    pub pieces: usize,
    /// Pieces that were read, whole or in part.
    pub read: usize,
}

impl Case {
    /// A case that lives as long as the process.
    pub fn in_memory() -> Self {
        Self::default()
    }

    /// Reads evidence into the case: files, folders, archives, `-` for standard input. What cannot be read has its line and its
    /// issues in the manifest.
    pub fn ingest(&mut self, paths: &[PathBuf], progress: &mut dyn Progress) -> IngestReport {
        let next = self
            .manifest
            .iter()
            .map(|entry| entry.piece.id.0)
            .max()
            .unwrap_or(0)
            .saturating_add(1);
        let mut intake = Intake::new(&mut self.observed, &mut self.flows, &self.manifest);
        open(paths, Limits::default()).read_all(EvidenceId(next), &mut intake, progress);
        let entries = intake.entries;
        let read = entries.iter().filter(|entry| entry.status.is_read()).count();
        let report = IngestReport {
            pieces: entries.len(),
            read,
        };
        self.manifest.extend(entries);
        self.manifest.sort_by_key(|entry| entry.piece.id);
        self.observed.evidence.sort_by_key(|facts| facts.id);
        report
    }

    /// Everything the evidence says, most important first.
    pub fn investigate(&self) -> Overview {
        let correlator = Correlator::new(&self.observed, &self.flows);
        let evidence = self.lines(&correlator);
        self.overview(&correlator, &evidence)
    }

    /// One cited answer about an address, a name, a program or a process.
    pub fn ask(&self, subject: &Subject) -> Answer {
        let correlator = Correlator::new(&self.observed, &self.flows);
        let evidence = self.lines(&correlator);
        let overview = self.overview(&correlator, &evidence);
        let mut question = Question::new(self.sources(&correlator, &evidence), subject.clone());
        correlator.conversations(&self.flows, &mut |conversation| question.add(&conversation));
        question.finish(&overview)
    }

    /// Every conversation, in a fixed order, with what correlation concludes about it.
    pub fn conversations(&self, sink: &mut dyn FnMut(Conversation)) {
        Correlator::new(&self.observed, &self.flows).conversations(&self.flows, sink);
    }

    /// The manifest.
    pub fn evidence(&self) -> Vec<EvidenceLine> {
        self.lines(&Correlator::new(&self.observed, &self.flows))
    }

    /// The bytes behind a citation.
    ///
    /// # Errors
    /// [`CaseError`] when the case has no such evidence, or the evidence is no longer where it was.
    pub fn explain(&self, span: Span) -> Result<RawEvidence, CaseError> {
        let entry = self.manifest.iter().find(|entry| entry.piece.id == span.evidence);
        let piece = &entry
            .ok_or(CaseError::NoSuchEvidence {
                evidence: span.evidence,
            })?
            .piece;
        Ok(raw(&piece.path, piece.format, span)?)
    }

    fn overview(&self, correlator: &Correlator<'_>, evidence: &[EvidenceLine]) -> Overview {
        let mut investigation = Investigation::new(self.sources(correlator, evidence));
        correlator.conversations(&self.flows, &mut |conversation| investigation.add(&conversation));
        investigation.finish(&correlator.process_lives(), &correlator.local_blocks())
    }

    fn lines(&self, correlator: &Correlator<'_>) -> Vec<EvidenceLine> {
        self.manifest
            .iter()
            .map(|entry| line(entry, correlator.coverage()))
            .collect()
    }

    fn sources<'a>(&'a self, correlator: &'a Correlator<'_>, evidence: &'a [EvidenceLine]) -> Sources<'a> {
        Sources {
            evidence,
            observed: &self.observed,
            hosts: correlator.hosts(),
            clocks: correlator.clock_offsets(),
            coverage: correlator.coverage(),
            catalogue: Catalogue::bundled(),
        }
    }
}
