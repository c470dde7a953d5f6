//! Look-alike: a program whose name imitates a program of Windows.
//!
//! **Why it matters**: nobody names honest software `spollsv.exe`. **What is compared**: the catalogue's list of known imitations,
//! look-alike characters, and names one edit away from a system program; names that are themselves legitimate never match.
//! ATT&CK: T1036.005 Masquerading: Match Legitimate Name or Location.

use whotalks_catalogue::{Catalogue, Resemblance};
use whotalks_correlate::{Conversation, ProcessLife};
use whotalks_record::Grade;

use super::images::{Suspicion, findings};
use super::raw::RawFinding;
use crate::sources::Sources;
use crate::{FindingKind, Severity};

/// No state: processes are looked at in the end.
#[derive(Debug, Default)]
pub(super) struct LookAlike;

impl super::Detection for LookAlike {
    fn see(&mut self, _: &Conversation, _: &Sources<'_>) {}

    fn finish(self: Box<Self>, processes: &[ProcessLife], sources: &Sources<'_>) -> Vec<RawFinding> {
        findings(processes, sources, |life, image| judge(life, image, sources.catalogue))
    }
}

fn judge(life: &ProcessLife, image: &str, catalogue: &Catalogue) -> Option<Suspicion> {
    let found = catalogue.look_alike(image)?;
    let certain = matches!(found.how, Resemblance::Listed | Resemblance::Homoglyph);
    Some(Suspicion {
        severity: if certain { Severity::High } else { Severity::Medium },
        grade: if certain { Grade::Observed } else { Grade::Inferred },
        kind: FindingKind::LookAlikeName {
            imitates: found.of.image.as_str().into(),
            image: image.into(),
            parent: life.parent_image.clone(),
        },
    })
}
