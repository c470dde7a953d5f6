//! Filters of each host over time.
//!
//! An event's identifier is looked up in the statements of the same boot: events that state filters (5441 at start, 5447 at a
//! change) before it, then the nearest snapshot with no change of that identifier between. What a statement says must fit the
//! event (action, layer, origin, conditions), or the identifier has been given to another filter meanwhile. A stale identifier
//! is said to be so, and a filter with the event's origin, layer and conditions is offered as inferred. Where no statement is left,
//! a listing of firewall rules names the rule that the event gives as its origin: derived, since the identifier of a rule lasts.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;
use whotalks_record::{
    ConnectionDecision, ConnectionEvent, DeviceFact, DeviceFactKind, Filter, FilterAction, FilterChange, FilterId,
    Grade, HostEventKind, Nanoseconds, SourceKind, Text, Timestamp,
};

use super::conditions::{Fit, fit};
use super::layers::Layers;
use crate::clocks::{Clock, Clocks};
use crate::hosts::Hosts;
use crate::listings::Listings;
use crate::observed::Observed;
use crate::{FilterAnswer, FilterMatch, HostId, UnknownReason};

/// A snapshot taken this soon after the last event of the log still counts as the same boot: nobody reboots unseen between.
const UNWATCHED_GAP: Nanoseconds = Nanoseconds::from_seconds(600);

/// Everything known about filters.
#[derive(Debug, Default)]
pub(crate) struct FilterIndex<'a> {
    layers: Layers,
    by_id: FxHashMap<(HostId, FilterId), Vec<Statement<'a>>>,
    by_host: FxHashMap<HostId, Vec<Statement<'a>>>,
    boots: FxHashMap<HostId, BTreeSet<Timestamp>>,
    watched_until: FxHashMap<HostId, Timestamp>,
    rules: FxHashMap<(HostId, &'a str), &'a DeviceFact>,
}

/// One source's word on one filter.
#[derive(Clone, Copy, Debug)]
struct Statement<'a> {
    filter: &'a Filter,
    /// On the reference clock; none for a snapshot without a time.
    time: Option<Timestamp>,
    is_snapshot: bool,
}

/// What is asked: which filter an event means.
pub(crate) struct FilterQuestion<'a> {
    pub(crate) host: HostId,
    pub(crate) event: &'a ConnectionEvent,
    /// On the reference clock.
    pub(crate) time: Timestamp,
}

impl<'a> FilterIndex<'a> {
    pub(crate) fn build(observed: &'a Observed, listings: &Listings, hosts: &Hosts, clocks: &Clocks) -> Self {
        let mut index = Self {
            layers: Layers::new(&observed.layers),
            ..Self::default()
        };
        for filter in &observed.filters {
            let evidence = filter.span.evidence;
            let Some(host) = hosts.of(filter.host.as_ref(), evidence) else {
                continue;
            };
            let listed = || Some(listings.of(filter.span, filter.snapshot?)?.time);
            let stated = filter.time.or_else(listed);
            let time = stated.map(|time| clocks.to_reference(Clock::of_evidence(evidence), Some(host), time));
            let statement = Statement {
                filter,
                time,
                is_snapshot: filter.snapshot.is_some(),
            };
            index.by_id.entry((host, filter.id)).or_default().push(statement);
            index.by_host.entry(host).or_default().push(statement);
        }
        index.collect_boots(observed, hosts, clocks);
        index.collect_watch(observed, hosts, clocks);
        index.collect_rules(observed, hosts);
        index
    }

    /// Why an identifier has no name on a host.
    pub(crate) fn why_nameless(&self, host: HostId, time: Timestamp) -> UnknownReason {
        let statements = self.by_host.get(&host).map(Vec::as_slice).unwrap_or_default();
        let mut dumps = statements.iter().filter(|one| one.is_snapshot).peekable();
        if dumps.peek().is_none() {
            return UnknownReason::SourceNotCollected(SourceKind::FilterDump);
        }
        let rebooted = |one: &Statement<'_>| {
            one.time
                .is_some_and(|taken| self.booted_between(host, taken.min(time), taken.max(time)))
        };
        match dumps.all(rebooted) {
            true => UnknownReason::FilterIdsRenumbered,
            false => UnknownReason::NotInSource(SourceKind::FilterDump),
        }
    }

    /// The filter that an event means; none where the event carries no identifier, or the identifier 0.
    pub(crate) fn resolve(&self, question: &FilterQuestion<'_>) -> Option<FilterAnswer> {
        let id = question.event.filter.filter(|id| id.0 != 0)?;
        let statements = self
            .by_id
            .get(&(question.host, id))
            .map(Vec::as_slice)
            .unwrap_or_default();
        let by_event = self.stated_by_event(question, statements);
        let answer = by_event
            .map(|statement| self.answer(question, statement, Grade::Observed, FilterMatch::Event))
            .or_else(|| self.by_snapshot(question, statements))
            .or_else(|| self.by_conditions(question))
            .or_else(|| self.by_rule(question, id));
        Some(answer.unwrap_or_else(|| self.nameless(question, id)))
    }

    fn collect_rules(&mut self, observed: &'a Observed, hosts: &Hosts) {
        let rules = observed.device_facts.iter();
        for rule in rules.filter(|fact| fact.kind == DeviceFactKind::FirewallRule) {
            if let (Some(host), Some(id)) = (hosts.of_listing(rule.span.evidence), &rule.about) {
                self.rules.entry((host, id)).or_insert(rule);
            }
        }
    }

    /// The name of the rule that the event gives as its origin.
    fn by_rule(&self, question: &FilterQuestion<'_>, id: FilterId) -> Option<FilterAnswer> {
        let origin = question.event.filter_origin.as_ref()?;
        let rule = self.rules.get(&(question.host, &*origin.0))?;
        Some(FilterAnswer {
            name: Some(Text::clone(&rule.value)),
            grade: Grade::Derived,
            matched: FilterMatch::Rule,
            proof: vec![rule.span],
            ..self.nameless(question, id)
        })
    }

    fn collect_boots(&mut self, observed: &Observed, hosts: &Hosts, clocks: &Clocks) {
        for event in observed
            .host_events
            .iter()
            .filter(|event| event.kind == HostEventKind::Boot)
        {
            if let Some(host) = hosts.named(&event.host) {
                let time = clocks.to_reference(Clock::of_evidence(event.span.evidence), Some(host), event.time);
                self.boots.entry(host).or_default().insert(time);
            }
        }
    }

    /// Until when each host's own log would have shown a boot.
    fn collect_watch(&mut self, observed: &Observed, hosts: &Hosts, clocks: &Clocks) {
        for range in &observed.ranges {
            let host = range.host.as_ref().and_then(|name| hosts.named(name));
            let (Some(host), Some(last)) = (host, range.last) else {
                continue;
            };
            let last = clocks.to_reference(Clock::of_evidence(range.evidence), Some(host), last);
            let watched = self.watched_until.entry(host).or_insert(last);
            *watched = (*watched).max(last);
        }
    }

    /// The latest event before the question that states the identifier, unless a boot or its deletion came between.
    fn stated_by_event(&self, question: &FilterQuestion<'_>, statements: &[Statement<'a>]) -> Option<Statement<'a>> {
        let before = |one: &&Statement<'a>| !one.is_snapshot && one.time.is_some_and(|time| time <= question.time);
        let latest = statements
            .iter()
            .filter(before)
            .max_by_key(|one| (one.time, one.filter.span))?;
        let gone = latest.filter.change == FilterChange::Deleted;
        let rebooted = self.booted_between(question.host, latest.time?, question.time);
        (!gone && !rebooted && self.fits(question, latest.filter)).then_some(*latest)
    }

    fn by_snapshot(&self, question: &FilterQuestion<'_>, statements: &[Statement<'a>]) -> Option<FilterAnswer> {
        let snapshots = statements
            .iter()
            .filter(|one| one.is_snapshot && self.fits(question, one.filter));
        let nearest =
            snapshots.min_by_key(|one| (one.time.map(|time| time.distance(question.time)), one.filter.span))?;
        if self.is_same_boot(question, nearest.time, statements) {
            return Some(self.answer(question, *nearest, Grade::Observed, FilterMatch::SameBoot));
        }
        let by_origin = self.by_conditions(question);
        Some(
            by_origin.unwrap_or_else(|| self.answer(question, *nearest, Grade::Inferred, FilterMatch::MaybeRenumbered)),
        )
    }

    /// Whether nothing can have renumbered the identifier between the event and a snapshot.
    fn is_same_boot(
        &self,
        question: &FilterQuestion<'_>,
        snapshot: Option<Timestamp>,
        statements: &[Statement<'a>],
    ) -> bool {
        let Some(snapshot) = snapshot else { return false };
        let (from, until) = (snapshot.min(question.time), snapshot.max(question.time));
        let changed =
            |one: &Statement<'a>| !one.is_snapshot && one.time.is_some_and(|time| from < time && time < until);
        let watched = self
            .watched_until
            .get(&question.host)
            .copied()
            .unwrap_or(question.time)
            .max(question.time);
        let unwatched = snapshot - watched;
        !self.booted_between(question.host, from, until)
            && !statements.iter().any(changed)
            && unwatched <= UNWATCHED_GAP
    }

    fn booted_between(&self, host: HostId, from: Timestamp, until: Timestamp) -> bool {
        self.boots
            .get(&host)
            .is_some_and(|boots| boots.range(from..=until).next().is_some())
    }

    /// Filters of any identifier with the event's origin and layer and with conditions that match; only if they agree on a
    /// name, and only as inferred.
    fn by_conditions(&self, question: &FilterQuestion<'_>) -> Option<FilterAnswer> {
        let statements = self.by_host.get(&question.host)?;
        let origin = question.event.filter_origin.as_ref();
        let matching: Vec<Statement<'a>> = statements
            .iter()
            .filter(|one| self.fits(question, one.filter))
            .filter(|one| match origin {
                Some(origin) => one.filter.rule.as_ref() == Some(origin),
                None => fit(&one.filter.conditions, question.event) == Fit::Matches,
            })
            .copied()
            .collect();
        let names: BTreeSet<_> = matching.iter().map(|one| &one.filter.name).collect();
        let one = matching.first().filter(|_| names.len() == 1)?;
        Some(self.answer(question, *one, Grade::Inferred, FilterMatch::Conditions))
    }

    /// Whether what a statement says of a filter can be what the event met.
    fn fits(&self, question: &FilterQuestion<'_>, filter: &Filter) -> bool {
        let contradicts = matches!(
            (question.event.kind.decision(), filter.action),
            (ConnectionDecision::Allowed, FilterAction::Block)
                | (
                    ConnectionDecision::Blocked | ConnectionDecision::Dropped,
                    FilterAction::Permit
                )
        );
        let origin_fits = match (&question.event.filter_origin, &filter.rule) {
            (Some(stated), Some(rule)) => stated == rule,
            _ => true,
        };
        !contradicts
            && origin_fits
            && self.layers.agree(question.event, filter.layer.as_deref())
            && fit(&filter.conditions, question.event) != Fit::Contradicts
    }

    fn answer(
        &self,
        question: &FilterQuestion<'_>,
        statement: Statement<'a>,
        grade: Grade,
        matched: FilterMatch,
    ) -> FilterAnswer {
        let filter = statement.filter;
        FilterAnswer {
            id: question.event.filter.unwrap_or(filter.id),
            name: filter.name.clone(),
            provider: filter.provider.clone(),
            origin: question.event.filter_origin.clone().or_else(|| filter.rule.clone()),
            layer: self.layers.of_event(question.event).or_else(|| filter.layer.clone()),
            action: filter.action,
            grade,
            matched,
            proof: vec![filter.span],
        }
    }

    fn nameless(&self, question: &FilterQuestion<'_>, id: FilterId) -> FilterAnswer {
        FilterAnswer {
            id,
            name: None,
            provider: None,
            origin: question.event.filter_origin.clone(),
            layer: self.layers.of_event(question.event),
            action: FilterAction::Unknown,
            grade: Grade::Unknown,
            matched: FilterMatch::NotFound,
            proof: Vec::new(),
        }
    }
}
