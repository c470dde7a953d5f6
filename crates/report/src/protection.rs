//! What network protection did, program by program: for the overview all destinations of a program together, for a question only
//! those that it asks about.

use std::collections::{BTreeMap, BTreeSet};

use whotalks_record::{Grade, NetworkProtectionAction, NetworkProtectionEvent, Text, Timestamp};

use crate::detect::RawFinding;
use crate::program::file_name;
use crate::proof::Proof;
use crate::sources::Sources;
use crate::{FindingKind, Judged, Severity};

/// The most destinations that one finding lists.
const MOST_DESTINATIONS: usize = 5;

/// What makes events one finding: the host, the image in lower case, and what was done.
type Key = (Text, Option<String>, NetworkProtectionAction);

/// Events of one program under construction.
#[derive(Debug, Default)]
struct Group {
    image: Option<Text>,
    users: BTreeSet<Option<Text>>,
    destinations: BTreeSet<Text>,
    events: u64,
    first: Option<Timestamp>,
    last: Option<Timestamp>,
    proof: Proof,
}

/// One finding for each program and action among the events that are `wanted`.
pub(crate) fn judged(sources: &Sources<'_>, wanted: impl Fn(&NetworkProtectionEvent) -> bool) -> Vec<RawFinding> {
    let mut groups: BTreeMap<Key, Group> = BTreeMap::new();
    for event in sources.observed.protection.iter().filter(|event| wanted(event)) {
        let image = event.image.as_deref().map(str::to_lowercase);
        let key = (Text::clone(&event.host), image, event.action);
        groups.entry(key).or_default().add(event);
    }
    let finished = groups.into_iter();
    finished
        .map(|((host, _, action), group)| group.finish(host, action))
        .collect()
}

impl Group {
    fn add(&mut self, event: &NetworkProtectionEvent) {
        self.image = self.image.take().or_else(|| event.image.clone());
        self.users.insert(event.user.clone());
        self.destinations.insert(Text::clone(&event.destination));
        self.events += 1;
        self.first = Some(self.first.map_or(event.time, |first| first.min(event.time)));
        self.last = self.last.max(Some(event.time));
        self.proof.add([event.span]);
    }

    fn finish(self, host: Text, action: NetworkProtectionAction) -> RawFinding {
        let more = self.destinations.len().saturating_sub(MOST_DESTINATIONS) as u64;
        let mut users = self.users.into_iter();
        let user = users.next().flatten().filter(|_| users.next().is_none());
        RawFinding {
            // What was only audited was not stopped; what was blocked was asked for none the less.
            severity: Severity::Medium,
            grade: Grade::Observed,
            program: self.image.as_deref().map(|image| file_name(image).into()),
            kind: FindingKind::NetworkProtection(Judged {
                action,
                destinations: self.destinations.into_iter().take(MOST_DESTINATIONS).collect(),
                more,
                events: self.events,
                image: self.image,
                user,
            }),
            host: Some(host),
            pid: None,
            first: self.first,
            last: self.last,
            remotes: Vec::new(),
            proof: self.proof,
        }
    }
}
