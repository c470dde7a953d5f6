//! Wrong path: the name of a program of Windows, running from a folder that is not its own.
//!
//! **Why it matters**: `svchost.exe` in a temporary folder is no svchost. Bare names and cut paths are never judged.
//! ATT&CK: T1036.005 Masquerading: Match Legitimate Name or Location.

use std::collections::BTreeSet;

use whotalks_correlate::{Conversation, ProcessLife};
use whotalks_record::Grade;

use super::raw::RawFinding;
use crate::program::file_name;
use crate::proof::Proof;
use crate::sources::Sources;
use crate::{FindingKind, Severity};

/// No state: processes are looked at in the end.
#[derive(Debug, Default)]
pub(super) struct WrongPath;

impl super::Detection for WrongPath {
    fn see(&mut self, _: &Conversation, _: &Sources<'_>) {}

    fn finish(self: Box<Self>, processes: &[ProcessLife], sources: &Sources<'_>) -> Vec<RawFinding> {
        let mut said = BTreeSet::new();
        let news = processes
            .iter()
            .filter(|life| said.insert((life.host, life.pid, life.image.clone())));
        news.filter_map(|life| finding(life, sources)).collect()
    }
}

fn finding(life: &ProcessLife, sources: &Sources<'_>) -> Option<RawFinding> {
    let image = life.image.clone()?;
    let found = sources.catalogue.wrong_path(&image)?;
    Some(RawFinding {
        severity: Severity::High,
        grade: Grade::Observed,
        kind: FindingKind::WrongPath {
            image: image.clone(),
            expected: found.process.folders.join(", ").into(),
        },
        host: sources.host_label(Some(life.host), None),
        program: Some(file_name(&image).into()),
        pid: Some(life.pid),
        first: life.started,
        last: life.ended,
        remotes: Vec::new(),
        proof: Proof::of(life.proof.iter().copied()),
    })
}
