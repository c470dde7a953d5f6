//! Names in the hosts' own DNS caches: a host resolved them, or its hosts file gives them; no connection is stated.
//!
//! An entry is valid from the moment of the listing until its time to live is over, both with the uncertainty of that moment.
//! For a conversation that began in that window the only name of the address is derived. For one that began earlier the entry
//! may be newer than the conversation, and for one that began later another name may have been asked since: there every name is
//! only inferred, up to a day away. Several names are all listed and none is promoted. An alias folds to the name asked.

use std::net::IpAddr;

use rustc_hash::{FxHashMap, FxHashSet};
use whotalks_record::{CachedName, EvidenceId, Grade, Nanoseconds, Span, Text, Timestamp, is_multicast_or_broadcast};

use crate::clocks::{Clock, Clocks};
use crate::hosts::Hosts;
use crate::listings::{Listings, Taken};
use crate::observed::Observed;
use crate::{HostId, NameCandidate, NameEvidence};

/// An entry hints at the name of a conversation that began so long before or after the listing: the resolver of Windows keeps
/// no entry for longer.
const LONGEST_HINT: Nanoseconds = Nanoseconds::from_seconds(24 * 3600);
/// The most names of one address that are listed.
const MOST_NAMES: usize = 8;

/// Entries by host and address, in order of evidence.
#[derive(Debug, Default)]
pub(crate) struct CacheIndex {
    entries: FxHashMap<(HostId, IpAddr), Vec<Entry>>,
}

#[derive(Clone, Debug)]
struct Entry {
    name: Text,
    /// When the listing was taken, on the reference clock.
    taken: Option<Taken>,
    ttl: Option<Nanoseconds>,
    span: Span,
}

/// One listing within the evidence.
type ListingKey = (EvidenceId, u32);

impl CacheIndex {
    pub(crate) fn build(observed: &Observed, listings: &Listings, hosts: &Hosts, clocks: &Clocks) -> Self {
        let aliases = aliases(&observed.cached_names);
        let mut index = Self::default();
        for cached in &observed.cached_names {
            let key = (cached.span.evidence, cached.snapshot);
            let is_alias = aliases.get(&key).is_some_and(|owners| owners.contains(&*cached.name));
            let host = hosts.of_listing(cached.span.evidence);
            let (Some(address), Some(host), false) = (cached.address.filter(|one| is_far(*one)), host, is_alias) else {
                continue;
            };
            let clock = Clock::of_evidence(cached.span.evidence);
            let taken = listings.of(cached.span, cached.snapshot).map(|taken| Taken {
                time: clocks.to_reference(clock, Some(host), taken.time),
                ..taken
            });
            let entry = Entry {
                name: Text::clone(&cached.name),
                taken,
                ttl: cached
                    .ttl_seconds
                    .map(|seconds| Nanoseconds::from_seconds(i64::from(seconds))),
                span: cached.span,
            };
            index.entries.entry((host, address)).or_default().push(entry);
        }
        index
    }

    /// The names that a host's cache has for `remote`, for a conversation that began at `began`.
    pub(crate) fn candidates(&self, host: HostId, remote: IpAddr, began: Option<Timestamp>) -> Vec<NameCandidate> {
        let entries = self.entries.get(&(host, remote)).map(Vec::as_slice).unwrap_or_default();
        let mut found: Vec<NameCandidate> = Vec::new();
        for entry in entries.iter().filter(|entry| entry.hints(began)) {
            let grade = if entry.covers(began) {
                Grade::Derived
            } else {
                Grade::Inferred
            };
            if let Some(known) = found.iter_mut().find(|known| known.name == entry.name) {
                known.grade = known.grade.max(grade);
            } else if found.len() < MOST_NAMES {
                found.push(entry.candidate(grade));
            }
        }
        if found.len() > 1 {
            for one in &mut found {
                one.grade = Grade::Inferred;
            }
        }
        found
    }
}

/// The owners of records that stand under another name, by listing: aliases that nobody need have asked for.
fn aliases(cached: &[CachedName]) -> FxHashMap<ListingKey, FxHashSet<&str>> {
    let mut aliases: FxHashMap<ListingKey, FxHashSet<&str>> = FxHashMap::default();
    for one in cached.iter().filter(|one| one.owner != one.name) {
        aliases
            .entry((one.span.evidence, one.snapshot))
            .or_default()
            .insert(&one.owner);
    }
    aliases
}

/// Sinkholes and mistakes: an address that leads nowhere names nobody.
fn is_far(address: IpAddr) -> bool {
    !(address.is_loopback() || address.is_unspecified() || is_multicast_or_broadcast(address))
}

impl Entry {
    /// Whether the entry was certainly in the cache when the conversation began.
    fn covers(&self, began: Option<Timestamp>) -> bool {
        match (self.taken, self.ttl, began) {
            (Some(taken), Some(ttl), Some(began)) => {
                let from = taken.time + taken.uncertainty;
                let until = taken.time - taken.uncertainty + ttl;
                from <= began && began <= until
            }
            _ => false,
        }
    }

    /// Whether the entry is near enough to say anything; a moment that is not known may be near.
    fn hints(&self, began: Option<Timestamp>) -> bool {
        match (self.taken, began) {
            (Some(taken), Some(began)) => taken.time.distance(began) <= LONGEST_HINT,
            _ => true,
        }
    }

    fn candidate(&self, grade: Grade) -> NameCandidate {
        NameCandidate {
            name: Text::clone(&self.name),
            port: None,
            evidence: NameEvidence::ResolverCache,
            grade,
            time: self.taken.map(|taken| taken.time),
            proof: vec![self.span],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name, the second of its listing with its uncertainty, and its time to live.
    type Row<'a> = (&'a str, Option<(i64, i64)>, i64);

    fn index(entries: &[Row<'_>]) -> CacheIndex {
        let entry = |(name, taken, ttl): &Row<'_>| Entry {
            name: (*name).into(),
            taken: taken.map(|(second, uncertainty)| Taken {
                time: Timestamp::from_seconds(second, 0),
                uncertainty: Nanoseconds::from_seconds(uncertainty),
            }),
            ttl: Some(Nanoseconds::from_seconds(*ttl)),
            span: Span::whole(EvidenceId(1)),
        };
        let mut index = CacheIndex::default();
        index
            .entries
            .insert((HostId(0), remote()), entries.iter().map(entry).collect());
        index
    }

    fn remote() -> IpAddr {
        IpAddr::from([203, 0, 113, 20])
    }

    fn grades(index: &CacheIndex, began: Option<i64>) -> Vec<Grade> {
        let began = began.map(|second| Timestamp::from_seconds(second, 0));
        let found = index.candidates(HostId(0), remote(), began);
        found.iter().map(|one| one.grade).collect()
    }

    #[test]
    fn an_entry_is_derived_only_while_it_certainly_stood_in_the_cache() {
        let index = index(&[("a.example", Some((1_000, 60)), 600)]);
        for (began, grade) in [
            (Some(1_100), Grade::Derived),
            (Some(1_059), Grade::Inferred),
            (Some(1_541), Grade::Inferred),
            (Some(900), Grade::Inferred),
            (None, Grade::Inferred),
        ] {
            assert_eq!(grades(&index, began), [grade], "{began:?}");
        }
        assert_eq!(grades(&index, Some(200_000)), []);
    }

    #[test]
    fn two_names_of_one_address_are_both_only_inferred() {
        let index = index(&[
            ("a.example", Some((1_000, 0)), 600),
            ("b.example", Some((1_000, 0)), 600),
        ]);
        assert_eq!(grades(&index, Some(1_100)), [Grade::Inferred, Grade::Inferred]);
    }

    #[test]
    fn an_entry_without_a_time_is_inferred() {
        assert_eq!(grades(&index(&[("a.example", None, 600)]), Some(5)), [Grade::Inferred]);
    }
}
