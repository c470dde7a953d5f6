//! What is forbidden.

use whotalks_policy::{Policy, Rule, Talk};
use whotalks_record::{Endpoint, RecognisedBy};

use super::sightings::Sighting;
use super::watch::Noted;
use crate::statistics::{Statistics, StreamRow};

/// Something that a rule forbids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<'p> {
    /// The number of the rule in the file, from 1.
    pub number: usize,
    /// The rule.
    pub rule: &'p Rule,
    /// What it forbids.
    pub subject: Subject,
}

/// What a rule can forbid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A stream of TCP or UDP, with the name that is the reason, where one is.
    Stream(StreamRow, Option<String>),
    /// A protocol below these.
    Protocol(Sighting),
}

impl Subject {
    /// The number of the first packet.
    #[must_use]
    pub fn first_packet(&self) -> u64 {
        match self {
            Self::Stream(stream, _) => stream.first_packet(),
            Self::Protocol(sighting) => sighting.first_packet,
        }
    }
}

pub(super) fn matches<'p>(policy: &'p Policy, statistics: &Statistics, noted: &Noted) -> Vec<Match<'p>> {
    let mut matches = Vec::new();
    for stream in statistics.tcp.iter().chain(&statistics.udp) {
        let names = names(&stream, noted);
        let forbidding = policy
            .numbered()
            .filter(|(_, rule)| rule.forbids(&talk(&stream, &names)));
        matches.extend(forbidding.map(|(number, rule)| {
            let reason = names.iter().find(|name| rule.fits_name(name));
            let subject = Subject::Stream(stream, reason.map(ToString::to_string));
            Match { number, rule, subject }
        }));
    }
    for (number, rule) in policy.numbered() {
        let sightings = noted.sightings.iter().filter(|sighting| is_forbidden(rule, sighting));
        let sightings = sightings.cloned().map(Subject::Protocol);
        matches.extend(sightings.map(|subject| Match { number, rule, subject }));
    }
    // Streams are in order already, and sightings after them; sorting keeps it.
    matches.sort_by_key(|found| (found.rule.severity, found.number));
    matches
}

fn names<'n>(stream: &StreamRow, noted: &'n Noted) -> Vec<&'n str> {
    let known = noted.names.get(&(stream.protocol, stream.number.0));
    known.into_iter().flatten().map(String::as_str).collect()
}

fn talk<'t>(stream: &StreamRow, names: &'t [&'t str]) -> Talk<'t> {
    let (ends, ports) = (&stream.ends, stream.ends.ports);
    Talk {
        protocol: stream.protocol,
        source: Endpoint::new(ends.source, ports.source),
        destination: Endpoint::new(ends.destination, ports.destination),
        application: Some(RecognisedBy::proved(stream.recognised_by, stream.application)),
        names: Some(names),
    }
}

fn is_forbidden(rule: &Rule, sighting: &Sighting) -> bool {
    let destination = sighting.b.and_then(super::Address::internet);
    rule.protocols().contains(&sighting.protocol) && rule.forbids_between(destination)
}
