//! Detections that judge the image of a process, once per process.

use std::collections::BTreeSet;

use whotalks_correlate::ProcessLife;
use whotalks_record::Grade;

use super::raw::RawFinding;
use crate::program::file_name;
use crate::proof::Proof;
use crate::sources::Sources;
use crate::{FindingKind, Severity};

/// What is wrong with an image.
pub(super) struct Suspicion {
    pub(super) severity: Severity,
    pub(super) grade: Grade,
    pub(super) kind: FindingKind,
}

/// The findings of `judge`, which looks at the image of each process.
pub(super) fn findings(
    processes: &[ProcessLife],
    sources: &Sources<'_>,
    judge: impl Fn(&ProcessLife, &str) -> Option<Suspicion>,
) -> Vec<RawFinding> {
    let mut said = BTreeSet::new();
    let news = processes
        .iter()
        .filter(|life| said.insert((life.host, life.pid, life.image.clone())));
    let finding = |life: &ProcessLife| {
        let image = life.image.as_deref()?;
        Some(found(life, image, judge(life, image)?, sources))
    };
    news.filter_map(finding).collect()
}

fn found(life: &ProcessLife, image: &str, suspicion: Suspicion, sources: &Sources<'_>) -> RawFinding {
    RawFinding {
        severity: suspicion.severity,
        grade: suspicion.grade,
        kind: suspicion.kind,
        host: sources.host_label(Some(life.host), None),
        program: Some(file_name(image).into()),
        pid: Some(life.pid),
        first: life.started,
        last: life.ended,
        remotes: Vec::new(),
        proof: Proof::of(life.proof.iter().copied()),
    }
}
