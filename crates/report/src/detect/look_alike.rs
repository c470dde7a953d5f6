//! Look-alike: a program whose name imitates a program of Windows.
//!
//! **Why it matters**: nobody names honest software `spollsv.exe`. **What is compared**: the catalogue's list of known imitations,
//! look-alike characters, and names one edit away from a system program; names that are themselves legitimate never match.
//! ATT&CK: T1036.005 Masquerading: Match Legitimate Name or Location.

use std::collections::BTreeSet;

use whotalks_catalogue::Resemblance;
use whotalks_correlate::{Conversation, ProcessLife};
use whotalks_record::Grade;

use super::raw::RawFinding;
use crate::program::file_name;
use crate::proof::Proof;
use crate::sources::Sources;
use crate::{FindingKind, Severity};

/// No state: processes are looked at in the end.
#[derive(Debug, Default)]
pub(super) struct LookAlike;

impl super::Detection for LookAlike {
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
    let found = sources.catalogue.look_alike(&image)?;
    let certain = matches!(found.how, Resemblance::Listed | Resemblance::Homoglyph);
    Some(RawFinding {
        severity: if certain { Severity::High } else { Severity::Medium },
        grade: if certain { Grade::Observed } else { Grade::Inferred },
        kind: FindingKind::LookAlikeName {
            imitates: found.of.image.as_str().into(),
            image: image.clone(),
            parent: life.parent_image.clone(),
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
