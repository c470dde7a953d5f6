//! What a rule claims, and how claims are weighed.

use whotalks_record::{Grade, Nanoseconds, Pid, Span, Text, Timestamp};

use crate::process::{Instance, Lookup, ProcessTable, hosted_code, same_image};
use crate::{Attribution, Conflict, HostId, ProcessIdentity, ProcessRule, ServiceAnswer};

/// A snapshot and a process listing taken this close together speak of the same process.
const LISTING_NEIGHBOURHOOD: Nanoseconds = Nanoseconds::from_seconds(120);

/// How late a process log may write a start or an end.
const LOG_DELAY: Nanoseconds = Nanoseconds::from_seconds(2);

/// One rule's statement about one conversation.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    pub(crate) rule: ProcessRule,
    pub(crate) grade: Grade,
    pub(crate) pid: Option<Pid>,
    pub(crate) image: Option<Text>,
    /// The service, where the listing names it beside the socket (`netstat -b`).
    pub(crate) service: Option<Text>,
    /// The moment the claim speaks of, on the reference clock.
    pub(crate) time: Timestamp,
    /// When its source said so: a bind speaks of later conversations.
    pub(crate) stated: Timestamp,
    pub(crate) proof: Vec<Span>,
}

/// A claim with the process instance that it means.
struct Weighed<'a> {
    claim: Claim,
    instance: Option<&'a Instance>,
    identity: ProcessIdentity,
}

/// Weighs all claims: the highest grade wins, claims for the same process join their proof, claims of that grade for another
/// process are a conflict and lower the grade to `inferred`.
pub(crate) fn decide(
    claims: Vec<Claim>,
    host: HostId,
    (first, last): (Timestamp, Timestamp),
    table: &ProcessTable,
) -> Attribution {
    let weigh = |claim| Weighed::new(claim, host, table);
    let mut weighed: Vec<Weighed<'_>> = claims
        .into_iter()
        .map(weigh)
        .filter(|one| one.lived_during(first, last))
        .collect();
    weighed.sort_by_key(|one| {
        (
            std::cmp::Reverse(one.claim.grade),
            one.claim.rule,
            one.claim.proof.first().copied(),
        )
    });
    let mut weighed = weighed.into_iter();
    let Some(mut best) = weighed.next() else {
        return Attribution::default();
    };
    let grade = best.claim.grade;
    let mut conflicts: Vec<Conflict> = Vec::new();
    for other in weighed {
        if best.same_process(&other) {
            best.join(other);
        } else if other.claim.grade == grade && !conflicts.iter().any(|known| known.process.pid == other.claim.pid) {
            conflicts.push(Conflict {
                process: other.identity,
                rule: other.claim.rule,
                proof: other.claim.proof,
            });
        }
    }
    Attribution {
        grade: if conflicts.is_empty() { grade } else { Grade::Inferred },
        rule: Some(best.claim.rule),
        process: Some(best.identity),
        proof: best.claim.proof,
        unknown: None,
        conflicts,
    }
}

impl<'a> Weighed<'a> {
    fn new(claim: Claim, host: HostId, table: &'a ProcessTable) -> Self {
        let lookup = claim.pid.map_or(Lookup::None, |pid| {
            table.at(host, pid, claim.time, claim.image.as_deref())
        });
        let instance = meant(lookup, &claim);
        let identity = identify(&claim, instance, host, table);
        Self {
            claim,
            instance,
            identity,
        }
    }

    /// Whether the process can have been there: it had not ended before the conversation began, nor started after its end.
    /// An event or row for the very 5-tuple outweighs the process log.
    fn lived_during(&self, first: Timestamp, last: Timestamp) -> bool {
        let (Some(instance), true) = (self.instance, self.claim.grade < Grade::Observed) else {
            return true;
        };
        let not_yet = instance.start.exact().is_some_and(|start| start > last + LOG_DELAY);
        let no_more = instance.end.exact().is_some_and(|end| end < first - LOG_DELAY);
        !not_yet && !no_more
    }

    fn same_process(&self, other: &Self) -> bool {
        if let (Some(one), Some(two)) = (self.instance, other.instance) {
            return std::ptr::eq(one, two);
        }
        let same_pid = match (self.claim.pid, other.claim.pid) {
            (Some(one), Some(two)) => one == two,
            _ => true,
        };
        let same_program = match (&self.identity.image, &other.identity.image) {
            (Some(one), Some(two)) => same_image(one, two),
            _ => true,
        };
        same_pid && same_program
    }

    fn join(&mut self, other: Self) {
        self.claim.proof.extend(
            other
                .claim
                .proof
                .into_iter()
                .filter(|span| !self.claim.proof.contains(span))
                .collect::<Vec<_>>(),
        );
        if self.identity.image.is_none() {
            self.identity.image = other.identity.image;
        }
        if self.identity.pid.is_none() {
            self.identity.pid = other.identity.pid;
        }
        if self.identity.service.services.is_empty() {
            self.identity.service = other.identity.service;
        }
    }
}

/// The instance a look-up means for this claim: a likely one is taken only where the claim itself names the image, or where
/// the sighting lies next to the claim.
fn meant<'a>(lookup: Lookup<'a>, claim: &Claim) -> Option<&'a Instance> {
    match lookup {
        Lookup::Sure(instance) => Some(instance),
        Lookup::Likely(instance) => {
            let near = instance.distance(claim.time) <= LISTING_NEIGHBOURHOOD.0;
            (near || (claim.image.is_some() && instance.image.is_some())).then_some(instance)
        }
        Lookup::None => None,
    }
}

fn identify(claim: &Claim, instance: Option<&Instance>, host: HostId, table: &ProcessTable) -> ProcessIdentity {
    let image = instance.and_then(|one| one.image.as_ref()).or(claim.image.as_ref());
    let from_listing = claim.service.clone().map(|name| ServiceAnswer {
        grade: claim.grade,
        services: vec![name],
    });
    let hosted = instance.map(hosted_code).unwrap_or_default();
    ProcessIdentity {
        pid: claim.pid,
        started: instance.and_then(|one| one.start.exact()),
        ended: instance.and_then(|one| one.end.exact()),
        image: image
            .map(|path| table.dos_path(host, path))
            .or_else(|| kernel(claim.pid)),
        command_line: instance.and_then(|one| one.command_line.clone()),
        parent_image: instance.and_then(|one| one.parent_image.clone()),
        parent_pid: instance.and_then(|one| one.parent_pid),
        user: instance.and_then(|one| one.user.clone()),
        service: if hosted.services.len() == 1 {
            hosted
        } else {
            from_listing.unwrap_or(hosted)
        },
        proof: instance.map(|one| one.proof.clone()).unwrap_or_default(),
    }
}

/// The kernel has no image; Windows shows it under this name.
fn kernel(pid: Option<Pid>) -> Option<Text> {
    (pid == Some(Pid::SYSTEM)).then(|| "System".into())
}
