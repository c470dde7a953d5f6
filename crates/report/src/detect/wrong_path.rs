//! Wrong path: the name of a program of Windows, running from a folder that is not its own.
//!
//! **Why it matters**: `svchost.exe` in a temporary folder is no svchost. Bare names and cut paths are never judged.
//! ATT&CK: T1036.005 Masquerading: Match Legitimate Name or Location.

use whotalks_catalogue::Catalogue;
use whotalks_correlate::{Conversation, ProcessLife};
use whotalks_record::Grade;

use super::images::{Suspicion, findings};
use super::raw::RawFinding;
use crate::sources::Sources;
use crate::{FindingKind, Severity};

/// No state: processes are looked at in the end.
#[derive(Debug, Default)]
pub(super) struct WrongPath;

impl super::Detection for WrongPath {
    fn see(&mut self, _: &Conversation, _: &Sources<'_>) {}

    fn finish(self: Box<Self>, processes: &[ProcessLife], sources: &Sources<'_>) -> Vec<RawFinding> {
        findings(processes, sources, |_, image| judge(image, sources.catalogue))
    }
}

fn judge(image: &str, catalogue: &Catalogue) -> Option<Suspicion> {
    let expected = catalogue.wrong_path(image)?.process.folders.join(", ").into();
    let kind = FindingKind::WrongPath {
        image: image.into(),
        expected,
    };
    Some(Suspicion {
        severity: Severity::High,
        grade: Grade::Observed,
        kind,
    })
}
