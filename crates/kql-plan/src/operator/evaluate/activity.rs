//! Plugins about users: how many did something in each step of the time, how many of them are new, and how many come back.

use std::collections::BTreeSet;

use whotalks_kql_syntax::tree::Call;
use whotalks_kql_values::{KustoType, Value};

use super::timeline::{Event, Given, Part, People, axis_value, between, parts, steps};
use crate::bind::Binder;
use crate::error::Result;
use crate::operator::data_table::table_of_rows;
use crate::operator::held::HeldRow;
use crate::relation::{Column, Relation};

/// A plugin that gives rows for each step and each combination of dimensions.
struct Report {
    timeline: Column,
    dimensions: Vec<Column>,
    columns: Vec<Column>,
    rows: Vec<HeldRow>,
}

impl Report {
    fn new(timeline: Column, dimensions: &[(usize, Column)], columns: &[(&str, KustoType)]) -> Self {
        Self {
            timeline,
            dimensions: dimensions.iter().map(|(_, column)| column.clone()).collect(),
            columns: columns
                .iter()
                .map(|(name, kusto_type)| Column::new(*name, *kusto_type))
                .collect(),
            rows: Vec::new(),
        }
    }

    fn add(&mut self, at: i64, part: &Part, values: Vec<Value<'static>>) {
        let mut row = vec![axis_value(at, self.timeline.kusto_type)];
        row.extend(part.dimensions.iter().cloned());
        row.extend(values);
        self.rows.push(row);
    }

    fn table(self) -> Result<Relation> {
        let columns = std::iter::once(self.timeline)
            .chain(self.dimensions)
            .chain(self.columns);
        table_of_rows(columns.collect(), &self.rows)
    }
}

fn people_of(events: &[Event]) -> BTreeSet<usize> {
    events.iter().map(|event| event.who).collect()
}

fn count(length: usize) -> Value<'static> {
    Value::Long(i64::try_from(length).unwrap_or(i64::MAX))
}

#[expect(clippy::cast_precision_loss, reason = "a share of counts")]
fn share(part: usize, of: usize) -> Value<'static> {
    if of == 0 {
        return Value::Null;
    }
    Value::Real(part as f64 / of as f64)
}

impl Binder<'_> {
    /// `activity_counts_metrics(Id, Timeline, Start, End, Step, dimensions…)`.
    pub(super) fn activity_counts_metrics(&mut self, input: &Relation, call: &Call) -> Result<Relation> {
        let mut given = Given::new(call);
        let ((id, _), (timeline, axis)) = (given.column(input)?, given.column(input)?);
        let (start, end, step) = (given.number(self)?, given.number(self)?, given.length(self)?);
        let dimensions = given.dimensions(input)?;
        let rows = self.held(input, "activity_counts_metrics")?;
        let mut report = Report::new(
            axis,
            &dimensions,
            &[
                ("count", KustoType::Long),
                ("dcount", KustoType::Long),
                ("new_dcount", KustoType::Long),
                ("aggregated_dcount", KustoType::Long),
            ],
        );
        for part in parts(&rows, id, timeline, &dimensions, &mut People::default()) {
            let mut seen = BTreeSet::new();
            for at in steps(call, start, end, step)? {
                let events = between(&part.events, at, at.saturating_add(step).min(end.saturating_add(1)));
                let people = people_of(events);
                let before = seen.len();
                seen.extend(people.iter().copied());
                if !events.is_empty() {
                    let new = seen.len() - before;
                    let counts = [events.len(), people.len(), new, seen.len()];
                    report.add(at, &part, counts.map(count).to_vec());
                }
            }
        }
        report.table()
    }

    /// `activity_metrics(Id, Timeline, [Start, End,] Window, dimensions…)`.
    pub(super) fn activity_metrics(&mut self, input: &Relation, call: &Call) -> Result<Relation> {
        let mut given = Given::new(call);
        let ((id, _), (timeline, axis)) = (given.column(input)?, given.column(input)?);
        let first = given.value(self)?;
        let bounds = if given.is_value(input) {
            Some(given.number(self)?)
        } else {
            None
        };
        let rows = self.held(input, "activity_metrics")?;
        let all = parts(&rows, id, timeline, &[], &mut People::default());
        let events = all.first().map(|part| part.events.as_slice()).unwrap_or_default();
        let extent = (
            events.first().map_or(0, |event| event.at),
            events.last().map_or(0, |event| event.at),
        );
        let (start, end, window) = match bounds {
            Some(end) => (Given::place(&first, call)?, end, given.length(self)?),
            None => (extent.0, extent.1, Given::place(&first, call)?),
        };
        let dimensions = given.dimensions(input)?;
        let mut report = Report::new(
            axis,
            &dimensions,
            &[
                ("dcount_values", KustoType::Long),
                ("dcount_newvalues", KustoType::Long),
                ("retention_rate", KustoType::Real),
                ("churn_rate", KustoType::Real),
            ],
        );
        for part in parts(&rows, id, timeline, &dimensions, &mut People::default()) {
            let mut seen: BTreeSet<usize> = BTreeSet::new();
            let mut before: Option<BTreeSet<usize>> = None;
            for at in steps(call, start, end, window)? {
                let people = people_of(between(
                    &part.events,
                    at,
                    at.saturating_add(window).min(end.saturating_add(1)),
                ));
                let new = people.difference(&seen).count();
                let (stayed, of) = match &before {
                    Some(before) => (before.intersection(&people).count(), before.len()),
                    None => (people.len(), people.len()),
                };
                report.add(
                    at,
                    &part,
                    vec![
                        count(people.len()),
                        count(new),
                        share(stayed, of),
                        share(of - stayed, of),
                    ],
                );
                seen.extend(people.iter().copied());
                before = Some(people);
            }
        }
        report.table()
    }

    /// `activity_engagement(Id, Timeline, [Start, End,] InnerWindow, OuterWindow, dimensions…)`.
    pub(super) fn activity_engagement(&mut self, input: &Relation, call: &Call) -> Result<Relation> {
        let mut given = Given::new(call);
        let ((id, _), (timeline, axis)) = (given.column(input)?, given.column(input)?);
        let (first, second) = (given.value(self)?, given.value(self)?);
        let bounded = given.is_value(input);
        let rows = self.held(input, "activity_engagement")?;
        let all = parts(&rows, id, timeline, &[], &mut People::default());
        let events = all.first().map(|part| part.events.as_slice()).unwrap_or_default();
        let (start, end, inner, outer) = if bounded {
            let (start, end) = (Given::place(&first, call)?, Given::place(&second, call)?);
            (start, end, given.length(self)?, given.length(self)?)
        } else {
            let extent = (
                events.first().map_or(0, |event| event.at),
                events.last().map_or(0, |event| event.at),
            );
            (
                extent.0,
                extent.1,
                Given::place(&first, call)?,
                Given::place(&second, call)?,
            )
        };
        let dimensions = given.dimensions(input)?;
        let mut report = Report::new(
            axis,
            &dimensions,
            &[
                ("dcount_activities_inner", KustoType::Long),
                ("dcount_activities_outer", KustoType::Long),
                ("activity_ratio", KustoType::Real),
            ],
        );
        for part in parts(&rows, id, timeline, &dimensions, &mut People::default()) {
            for at in steps(call, start, end, inner)? {
                let next = at.saturating_add(inner);
                let people = people_of(between(&part.events, at, next)).len();
                let around = people_of(between(&part.events, next.saturating_sub(outer), next)).len();
                report.add(at, &part, vec![count(people), count(around), share(people, around)]);
            }
        }
        report.table()
    }

    /// `active_users_count(Id, Timeline, Start, End, LookbackWindow, Period, ActivePeriods, Bin, dimensions…)`.
    pub(super) fn active_users_count(&mut self, input: &Relation, call: &Call) -> Result<Relation> {
        let mut given = Given::new(call);
        let ((id, _), (timeline, axis)) = (given.column(input)?, given.column(input)?);
        let (start, end) = (given.number(self)?, given.number(self)?);
        let (lookback, period) = (given.length(self)?, given.length(self)?);
        let (least, bin) = (given.length(self)?, given.length(self)?);
        let dimensions = given.dimensions(input)?;
        let rows = self.held(input, "active_users_count")?;
        let mut report = Report::new(axis, &dimensions, &[("dcount", KustoType::Long)]);
        for part in parts(&rows, id, timeline, &dimensions, &mut People::default()) {
            for at in steps(call, start, end, bin)? {
                let events = between(&part.events, at, at.saturating_add(bin).min(end.saturating_add(1)));
                let active = |event: &&Event| {
                    let from = event.at.saturating_sub(lookback).saturating_add(1);
                    let window = between(&part.events, from, event.at.saturating_add(1));
                    let own = window.iter().filter(|other| other.who == event.who);
                    let periods: BTreeSet<i64> = own.map(|other| other.at.div_euclid(period)).collect();
                    i64::try_from(periods.len()).is_ok_and(|periods| periods >= least)
                };
                let people: BTreeSet<usize> = events.iter().filter(active).map(|event| event.who).collect();
                if !people.is_empty() {
                    report.add(at, &part, vec![count(people.len())]);
                }
            }
        }
        report.table()
    }

    /// `sliding_window_counts(Id, Timeline, Start, End, LookbackWindow, Bin, dimensions…)`.
    pub(super) fn sliding_window_counts(&mut self, input: &Relation, call: &Call) -> Result<Relation> {
        let mut given = Given::new(call);
        let ((id, _), (timeline, axis)) = (given.column(input)?, given.column(input)?);
        let (start, end) = (given.number(self)?, given.number(self)?);
        let (lookback, bin) = (given.length(self)?, given.length(self)?);
        let dimensions = given.dimensions(input)?;
        let rows = self.held(input, "sliding_window_counts")?;
        let mut report = Report::new(
            axis,
            &dimensions,
            &[("Count", KustoType::Long), ("Dcount", KustoType::Long)],
        );
        for part in parts(&rows, id, timeline, &dimensions, &mut People::default()) {
            for at in steps(call, start, end, bin)? {
                let next = at.saturating_add(bin);
                let events = between(&part.events, next.saturating_sub(lookback), next);
                if !events.is_empty() {
                    report.add(at, &part, vec![count(events.len()), count(people_of(events).len())]);
                }
            }
        }
        report.table()
    }

    /// `session_count(Id, Timeline, Start, End, Bin, LookBackWindow, dimensions…)`: what nothing of the same user comes before within
    /// the window begins a session.
    pub(super) fn session_count(&mut self, input: &Relation, call: &Call) -> Result<Relation> {
        let mut given = Given::new(call);
        let ((id, _), (timeline, axis)) = (given.column(input)?, given.column(input)?);
        let (start, end) = (given.number(self)?, given.number(self)?);
        let (bin, window) = (given.length(self)?, given.length(self)?);
        let dimensions = given.dimensions(input)?;
        let rows = self.held(input, "session_count")?;
        let mut report = Report::new(axis, &dimensions, &[("count_sessions", KustoType::Long)]);
        for part in parts(&rows, id, timeline, &dimensions, &mut People::default()) {
            let mut last: std::collections::BTreeMap<usize, i64> = std::collections::BTreeMap::new();
            let mut begins = Vec::new();
            for event in between(&part.events, start, end.saturating_add(1)) {
                let before = last.insert(event.who, event.at);
                if before.is_none_or(|before| event.at.saturating_sub(before) > window) {
                    begins.push(*event);
                }
            }
            for at in steps(call, start, end, bin)? {
                let sessions = between(&begins, at, at.saturating_add(bin));
                if !sessions.is_empty() {
                    report.add(at, &part, vec![count(sessions.len())]);
                }
            }
        }
        report.table()
    }

    /// `new_activity_metrics(Id, Timeline, Start, End, Window, [Cohort,] dimensions…, [Lookback])`.
    pub(super) fn new_activity_metrics(&mut self, input: &Relation, call: &Call) -> Result<Relation> {
        let mut given = Given::new(call);
        let ((id, _), (timeline, axis)) = (given.column(input)?, given.column(input)?);
        let (start, end, window) = (given.number(self)?, given.number(self)?, given.length(self)?);
        let mut people = People::default();
        let (mut cohort, mut known, mut dimensions) = (None, BTreeSet::new(), Vec::new());
        while let Some(written) = given.peek() {
            if crate::bind::Expressions::new(self, crate::bind::Row::None).is_table(written) {
                let lookback = self.table_of(given.next()?)?;
                known = self.known_before(&lookback, &input.columns, id, &mut people)?;
            } else if given.is_value(input) {
                cohort = Some(given.number(self)?);
            } else {
                dimensions.push(given.column(input)?);
            }
        }
        let rows = self.held(input, "new_activity_metrics")?;
        let names = [format!("from_{}", axis.name), format!("to_{}", axis.name)];
        let mut report = Report::new(
            Column::new(&names[0], axis.kusto_type),
            &[],
            &[(names[1].as_str(), axis.kusto_type)],
        );
        report
            .columns
            .extend(dimensions.iter().map(|(_, column)| column.clone()));
        report
            .columns
            .extend(COHORT_COLUMNS.map(|(name, kusto_type)| Column::new(name, kusto_type)));
        for part in parts(&rows, id, timeline, &dimensions, &mut people) {
            let windows = steps(call, start, end, window)?;
            let present = |at: i64| {
                people_of(between(
                    &part.events,
                    at,
                    at.saturating_add(window).min(end.saturating_add(1)),
                ))
            };
            let mut seen = known.clone();
            for (index, from) in windows.iter().enumerate() {
                let here = present(*from);
                let new: BTreeSet<usize> = here.difference(&seen).copied().collect();
                seen.extend(here);
                if cohort.is_some_and(|cohort| cohort != *from) {
                    continue;
                }
                for to in windows.iter().skip(index) {
                    let kept = new.intersection(&present(*to)).count();
                    let lost = new.len() - kept;
                    let mut row = vec![axis_value(*from, axis.kusto_type), axis_value(*to, axis.kusto_type)];
                    row.extend(part.dimensions.iter().cloned());
                    row.extend([new.len(), kept, lost].map(count));
                    row.extend([share(kept, new.len()), share(lost, new.len())]);
                    report.rows.push(row);
                }
            }
        }
        report.table()
    }

    /// Who is in the table of a time before.
    fn known_before(
        &mut self,
        lookback: &Relation,
        columns: &[Column],
        id: usize,
        people: &mut People,
    ) -> Result<BTreeSet<usize>> {
        let name = columns.get(id).map(|column| column.name.as_str()).unwrap_or_default();
        let place = lookback.columns.iter().position(|column| column.name == name);
        let rows = self.held(lookback, "new_activity_metrics")?;
        let ids = rows.iter().filter_map(|row| row.get(place?));
        Ok(ids.map(|id| people.number(id)).collect())
    }
}

const COHORT_COLUMNS: [(&str, KustoType); 5] = [
    ("dcount_new_values", KustoType::Long),
    ("dcount_retained_values", KustoType::Long),
    ("dcount_churn_values", KustoType::Long),
    ("retention_rate", KustoType::Real),
    ("churn_rate", KustoType::Real),
];
