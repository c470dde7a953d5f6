//! A finding before its proof is put into words.

use whotalks_correlate::Attribution;
use whotalks_record::{Endpoint, Grade, Pid, Text, Timestamp};

use crate::program::file_name;
use crate::proof::{Citer, Proof};
use crate::{Finding, FindingKind, Severity};

/// A finding with spans in place of citations.
#[derive(Clone, Debug)]
pub(crate) struct RawFinding {
    pub(crate) severity: Severity,
    pub(crate) grade: Grade,
    pub(crate) kind: FindingKind,
    pub(crate) host: Option<Text>,
    pub(crate) program: Option<Text>,
    pub(crate) pid: Option<Pid>,
    pub(crate) first: Option<Timestamp>,
    pub(crate) last: Option<Timestamp>,
    pub(crate) remotes: Vec<Endpoint>,
    pub(crate) proof: Proof,
}

impl RawFinding {
    pub(crate) fn cited(self, citer: &Citer<'_>) -> Finding {
        Finding {
            severity: self.severity,
            grade: self.grade,
            kind: self.kind,
            host: self.host,
            program: self.program,
            pid: self.pid,
            first: self.first,
            last: self.last,
            remotes: self.remotes,
            citations: citer.cite(&self.proof),
        }
    }
}

/// The program's file name and identifier, as a finding names them.
pub(crate) fn program_of(attribution: &Attribution) -> (Option<Text>, Option<Pid>) {
    let process = attribution.process.as_ref();
    let name = process
        .and_then(|process| process.image.as_deref())
        .map(|image| file_name(image).into());
    (name, process.and_then(|process| process.pid))
}
