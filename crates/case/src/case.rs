//! A case and its questions.

use std::path::{Path, PathBuf};

use whotalks_catalogue::Catalogue;
use whotalks_correlate::{Conversation, Correlator, CoverageLine, Observed, coverage};
use whotalks_evidence::{Limits, ManifestEntry, Progress, RawContent, RawEvidence, open, raw};
use whotalks_policy::Policy;
use whotalks_record::{EvidenceId, Interner, Span, Timestamp};
use whotalks_report::{
    Answer, EvidenceLine, Investigation, Overview, Question, Sources, Subject, SupportBundle, support_bundles,
};
use whotalks_session::process_in_header;
use whotalks_store::{CaseReader, CaseStore, CaseWriter, DerivedWriter, StoreError, WriterIdentity};
use whotalks_tables::{ConversationRow, Conversations};

use crate::CaseError;
use crate::destination::{Destination, Keep};
use crate::flows::{Flows, temporary_folder};
use crate::hunting::Hunting;
use crate::intake::Intake;
use crate::manifest::{Words, line, restore};
use crate::memory::Memory;

/// What was observed, and the questions that can be asked about it.
pub struct Case {
    pub(crate) manifest: Vec<ManifestEntry>,
    pub(crate) observed: Observed,
    pub(crate) flows: Flows,
    /// What else a case in memory keeps for its tables.
    pub(crate) memory: Memory,
    pub(crate) store: Option<CaseStore>,
    /// A case on disk as it was when it was opened or last added to.
    pub(crate) reader: Option<CaseReader>,
    /// The tables that hunting queries see, once they have asked.
    pub(crate) hunting: Option<Hunting>,
    /// An ingestion that brought something new, until what is concluded from it is written.
    unconcluded: Option<Unconcluded>,
    /// What nobody should do, where the user says so.
    policy: Option<Policy>,
}

/// What is to be concluded from.
#[derive(Clone, Copy, Debug)]
struct Unconcluded {
    /// Who writes names himself by the time of the ingestion.
    since: Timestamp,
    /// The last commit that this case has seen.
    commit: u64,
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
        Self {
            manifest: Vec::new(),
            observed: Observed::default(),
            flows: Flows::none(),
            memory: Memory::none(&temporary_folder()),
            store: None,
            reader: None,
            hunting: None,
            unconcluded: None,
            policy: None,
        }
    }

    /// A new case in a folder that is not there yet or is empty.
    ///
    /// # Errors
    /// [`CaseError::Store`] where the folder holds something else or cannot be written.
    pub fn create(folder: &Path) -> Result<Self, CaseError> {
        let store = CaseStore::create(folder)?;
        Ok(Self {
            store: Some(store),
            ..Self::in_memory()
        })
    }

    /// The case in a folder, with all it has observed so far.
    ///
    /// # Errors
    /// [`CaseError::Store`] where the folder is no case, was written by a newer version, or is damaged.
    pub fn open(folder: &Path) -> Result<Self, CaseError> {
        let mut case = Self {
            store: Some(CaseStore::open(folder)?),
            ..Self::in_memory()
        };
        case.load()?;
        Ok(case)
    }

    /// Reads evidence into the case: files, folders, archives, `-` for standard input. What cannot be read has its line and its
    /// issues in the manifest; what the case has already is not read again. `now` names the writer of a case on disk. What is
    /// concluded from it is written along with the next answer, or by [`Case::conclude`].
    ///
    /// # Errors
    /// [`CaseError::Store`] where the case, or the temporary file of one in memory, cannot be written.
    pub fn ingest(
        &mut self,
        paths: &[PathBuf],
        progress: &mut dyn Progress,
        now: Timestamp,
    ) -> Result<IngestReport, CaseError> {
        self.hunting = None;
        let Some(store) = self.store.clone() else {
            return self.ingest_in_memory(paths, progress);
        };
        let writer = store.writer(&WriterIdentity::this_process(PROGRAM, now))?;
        let keep = Keep::OnDisk {
            writer: &writer,
            batch: None,
        };
        let destination = Destination::new(&mut self.observed, keep);
        let (entries, kept) = run(destination, &self.manifest, paths, progress);
        kept?;
        let expected = self.reader.as_ref().map_or(0, |reader| reader.batches().count());
        let expected = expected.saturating_add(entries.len());
        let report = self.enter(entries);
        drop(writer);
        tidy(&store, now)?;
        let reader = store.reader()?;
        if reader.batches().count() > expected {
            // Somebody else has added evidence meanwhile, which every answer must know of.
            self.load()?;
        }
        self.flows = Flows::Stored(reader.flows());
        self.reader = Some(reader);
        self.is_to_be_concluded(now);
        Ok(report)
    }

    /// Has what is concluded written along with the next answer, where it is out of date.
    pub(crate) fn is_to_be_concluded(&mut self, now: Timestamp) {
        let outdated = self.reader.as_ref().filter(|reader| is_outdated(reader));
        self.unconcluded = outdated.map(|reader| Unconcluded {
            since: now,
            commit: reader.last_commit(),
        });
    }

    /// Holds what the evidence says against a policy, in every answer from now on.
    pub fn hold_against(&mut self, policy: Policy) {
        self.policy = Some(policy);
    }

    /// Everything the evidence says, most important first.
    ///
    /// # Errors
    /// [`CaseError::Store`] where flows cannot be read back, or what is concluded cannot be written.
    pub fn investigate(&mut self) -> Result<Overview, CaseError> {
        let writer = self.writer_of_conclusions()?;
        let correlator = Correlator::new(&self.observed, &self.flows);
        let evidence = self.lines(correlator.coverage());
        let mut investigation = Investigation::new(self.sources(&correlator, &evidence));
        self.tell(&correlator, writer, &mut |conversation| investigation.add(conversation))?;
        Ok(investigation.finish(&correlator.process_lives(), &correlator.local_blocks()))
    }

    /// One cited answer about an address, a name, a program or a process.
    ///
    /// # Errors
    /// [`CaseError::Store`] where flows cannot be read back, or what is concluded cannot be written.
    pub fn ask(&mut self, subject: &Subject) -> Result<Answer, CaseError> {
        let writer = self.writer_of_conclusions()?;
        let correlator = Correlator::new(&self.observed, &self.flows);
        let evidence = self.lines(correlator.coverage());
        let sources = self.sources(&correlator, &evidence);
        let mut investigation = Investigation::new(sources);
        let mut question = Question::new(sources, subject.clone());
        self.tell(&correlator, writer, &mut |conversation| {
            investigation.add(conversation);
            question.add(conversation);
        })?;
        let overview = investigation.finish(&correlator.process_lives(), &correlator.local_blocks());
        Ok(question.finish(&overview))
    }

    /// Writes what is concluded, where evidence was added and no question has done so since.
    ///
    /// # Errors
    /// [`CaseError::Store`] where flows cannot be read back, or what is concluded cannot be written.
    pub fn conclude(&mut self) -> Result<(), CaseError> {
        let Some(writer) = self.writer_of_conclusions()? else {
            return Ok(());
        };
        let correlator = Correlator::new(&self.observed, &self.flows);
        self.tell(&correlator, Some(writer), &mut |_| {})
    }

    /// Every conversation, in a fixed order, with what correlation concludes about it.
    ///
    /// # Errors
    /// [`CaseError::Store`] where flows cannot be read back; the conversations before that were given.
    pub fn conversations(&self, sink: &mut dyn FnMut(Conversation)) -> Result<(), CaseError> {
        Correlator::new(&self.observed, &self.flows).conversations(&self.flows, sink);
        self.complete(())
    }

    /// Whether anything was read so far, now or in an earlier run.
    pub fn has_evidence(&self) -> bool {
        self.manifest.iter().any(|entry| entry.status.is_read())
    }

    /// The manifest.
    pub fn evidence(&self) -> Vec<EvidenceLine> {
        self.lines(&coverage(&self.observed, &self.flows))
    }

    /// The support bundles of a manifest, with what they lack.
    pub fn bundles(&self, evidence: &[EvidenceLine]) -> Vec<SupportBundle> {
        support_bundles(evidence, &self.observed)
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
        let mut found = raw(&piece.path, piece.format, span)?;
        name_process(&mut found);
        Ok(found)
    }

    fn load(&mut self) -> Result<(), CaseError> {
        let Some(store) = &self.store else { return Ok(()) };
        let reader = store.reader()?;
        self.manifest.clear();
        self.observed = Observed::default();
        let mut words = Words::default();
        for row in reader.evidence()? {
            let (entry, facts) = restore(&row, &mut words);
            self.manifest.push(entry);
            self.observed.evidence.push(facts);
        }
        let failures = reader.records(&mut |record| self.observed.file(record));
        if let Some(failure) = failures.into_iter().next() {
            return Err(failure.into());
        }
        self.flows = Flows::Stored(reader.flows());
        self.reader = Some(reader);
        Ok(())
    }

    fn ingest_in_memory(&mut self, paths: &[PathBuf], progress: &mut dyn Progress) -> Result<IngestReport, CaseError> {
        let Flows::Spilled(spill) = &mut self.flows else {
            return Ok(IngestReport { pieces: 0, read: 0 });
        };
        let keep = Keep::InMemory {
            flows: spill,
            records: &mut self.memory,
        };
        let destination = Destination::new(&mut self.observed, keep);
        let (entries, kept) = run(destination, &self.manifest, paths, progress);
        kept?;
        Ok(self.enter(entries))
    }

    fn enter(&mut self, entries: Vec<ManifestEntry>) -> IngestReport {
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

    /// The right to write what is concluded, where that is due. Whoever adds to the case meanwhile concludes from more, and is
    /// left to do so.
    fn writer_of_conclusions(&mut self) -> Result<Option<CaseWriter>, CaseError> {
        let (Some(due), Some(store)) = (self.unconcluded.take(), &self.store) else {
            return Ok(None);
        };
        let writer = match store.writer(&WriterIdentity::this_process(PROGRAM, due.since)) {
            Err(StoreError::BeingWritten { .. }) => return Ok(None),
            writer => writer?,
        };
        let has_seen_all = store.reader()?.last_commit() == due.commit;
        Ok(has_seen_all.then_some(writer))
    }

    /// Gives every conversation to `sink` in one pass, and with a `writer` keeps them anew and as a whole: evidence that was
    /// added may correct what was concluded before.
    fn tell(
        &self,
        correlator: &Correlator<'_>,
        writer: Option<CaseWriter>,
        sink: &mut dyn FnMut(&Conversation),
    ) -> Result<(), CaseError> {
        let mut table = writer.map(|writer| writer.derived::<Conversations>());
        let mut failure = None;
        correlator.conversations(&self.flows, &mut |conversation| {
            if let (Some(table), None) = (&mut table, &failure) {
                let row = ConversationRow::new(&conversation, correlator.hosts());
                failure = table.append(&row).err();
            }
            sink(&conversation);
        });
        failure.map_or(Ok(()), Err)?;
        self.complete(())?;
        Ok(table.map_or(Ok(()), DerivedWriter::commit)?)
    }

    /// An answer is only an answer if every flow could be read.
    pub(crate) fn complete<T>(&self, answer: T) -> Result<T, CaseError> {
        match self.flows.take_failure() {
            Some(failure) => Err(failure.into()),
            None => Ok(answer),
        }
    }

    pub(crate) fn lines(&self, coverage: &[CoverageLine]) -> Vec<EvidenceLine> {
        self.manifest.iter().map(|entry| line(entry, coverage)).collect()
    }

    pub(crate) fn sources<'a>(&'a self, correlator: &'a Correlator<'_>, evidence: &'a [EvidenceLine]) -> Sources<'a> {
        Sources {
            evidence,
            observed: &self.observed,
            hosts: correlator.hosts(),
            clocks: correlator.clock_offsets(),
            coverage: correlator.coverage(),
            catalogue: Catalogue::bundled(),
            policy: self.policy.as_ref(),
        }
    }
}

/// Merges small files where many have come together.
fn tidy(store: &CaseStore, now: Timestamp) -> Result<(), CaseError> {
    match store.maintenance(&WriterIdentity::this_process(PROGRAM, now)) {
        Ok(maintenance) if maintenance.is_due() => maintenance.compact(&mut |_, _| {}).map(drop)?,
        // Somebody who rebuilds the case makes new files anyway.
        Ok(_) | Err(StoreError::BeingWritten { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// Whether anything was observed since the conclusions of a case were written.
fn is_outdated(reader: &CaseReader) -> bool {
    let written = reader.derived::<Conversations>();
    written.is_none_or(|table| reader.has_observations_since(table.commit))
}

/// Who writes a case on disk.
pub(crate) const PROGRAM: &str = concat!("whotalks ", env!("CARGO_PKG_VERSION"));

/// Reads all paths into a destination, numbering pieces from the next free number on.
fn run(
    destination: Destination<'_>,
    known: &[ManifestEntry],
    paths: &[PathBuf],
    progress: &mut dyn Progress,
) -> (Vec<ManifestEntry>, Result<(), whotalks_store::StoreError>) {
    let next = known
        .iter()
        .map(|entry| entry.piece.id.0)
        .max()
        .unwrap_or(0)
        .saturating_add(1);
    let mut intake = Intake::new(destination, known);
    open(paths, Limits::default()).read_all(EvidenceId(next), &mut intake, progress);
    intake.finish()
}

/// A capture names the processes of a packet beside it, or in a header that belongs to its bytes.
fn name_process(found: &mut RawEvidence) {
    if let RawContent::Packet(packet) = &mut found.content
        && packet.process.is_none()
    {
        packet.process = process_in_header(packet.link_type, &packet.data, &mut Interner::default());
    }
}
