//! All process instances of a case, found by host, pid and time.

use rustc_hash::FxHashMap;
use whotalks_record::{Nanoseconds, Pid, ProcessEvent, ProcessEventKind, Span, Text, Timestamp};

use super::image::{Volumes, same_image};
use super::instance::{Bound, Instance};
use super::watch::Watch;
use crate::HostId;
use crate::clocks::{Clock, Clocks};
use crate::hosts::Hosts;
use crate::listings::Listings;
use crate::observed::Observed;

/// How far outside its known life an instance may still be met, since two logs of one host write up to seconds apart.
const SLACK: Nanoseconds = Nanoseconds::from_seconds(2);

/// Instances by host and pid, in order of time; and the volumes that their paths taught.
#[derive(Debug, Default)]
pub(crate) struct ProcessTable {
    instances: FxHashMap<(HostId, Pid), Vec<Instance>>,
    volumes: Volumes,
}

/// The result of a look-up.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Lookup<'a> {
    /// The one instance whose life covers the moment.
    Sure(&'a Instance),
    /// The only instance that can be meant, though its life is not known to cover the moment.
    Likely(&'a Instance),
    /// None, or several.
    None,
}

/// One sighting, with its time on the reference clock.
struct Sighting<'a> {
    host: HostId,
    pid: Pid,
    time: Timestamp,
    kind: ProcessEventKind,
    image: Option<&'a Text>,
    span: Span,
    event: Option<&'a ProcessEvent>,
}

impl ProcessTable {
    /// Builds the table from process events, listings, and every event that names a pid with its image.
    pub(crate) fn build(observed: &Observed, listings: &Listings, hosts: &Hosts, clocks: &Clocks) -> Self {
        let mut sightings = process_sightings(observed, listings, hosts, clocks);
        sightings.extend(connection_sightings(observed, hosts, clocks));
        sightings.sort_by_key(|sighting| (sighting.host, sighting.pid, sighting.time, sighting.kind, sighting.span));
        let mut table = Self::default();
        for sighting in &sightings {
            let life = table.instances.entry((sighting.host, sighting.pid)).or_default();
            add(life, sighting);
        }
        table.outlive(&Watch::of_traces(observed, hosts, clocks));
        table.learn_volumes(&sightings);
        table
    }

    /// A process whose end would have been told is alive as long as that was so, or until another one has its number.
    fn outlive(&mut self, watch: &Watch) {
        for ((host, _), life) in &mut self.instances {
            let mut next: Option<Timestamp> = None;
            for instance in life.iter_mut().rev() {
                let watched = watch.until(*host, instance.end.moment());
                if let (Bound::Beyond(seen), Some(until)) = (instance.end, watched) {
                    let until = next.map_or(until, |next| until.min(next - Nanoseconds(1)));
                    instance.end = Bound::Beyond(until.max(seen));
                }
                next = Some(instance.start.moment());
            }
        }
    }

    /// The instance that had `pid` at `time`; `image`, where given, must fit.
    pub(crate) fn at(&self, host: HostId, pid: Pid, time: Timestamp, image: Option<&str>) -> Lookup<'_> {
        let Some(life) = self.instances.get(&(host, pid)) else {
            return Lookup::None;
        };
        let fits = |instance: &&Instance| match (image, instance.image.as_deref()) {
            (Some(one), Some(other)) => same_image(one, other),
            _ => true,
        };
        let candidates = || life.iter().filter(fits);
        if let Some(sure) = candidates().find(|instance| instance.surely_covers(time)) {
            return Lookup::Sure(sure);
        }
        nearest(candidates(), time)
    }

    /// The DOS form of an image path, where the volume is known.
    pub(crate) fn dos_path(&self, host: HostId, path: &Text) -> Text {
        self.volumes.resolve(host, path)
    }

    /// All instances, in order of host, pid and time.
    pub(crate) fn all(&self) -> Vec<(HostId, &Instance)> {
        let mut all: Vec<_> = self
            .instances
            .iter()
            .flat_map(|((host, _), life)| life.iter().map(|one| (*host, one)))
            .collect();
        all.sort_by_key(|(host, instance)| (*host, instance.pid, instance.start.moment()));
        all
    }

    fn learn_volumes(&mut self, sightings: &[Sighting<'_>]) {
        let mut volumes = Volumes::default();
        for sighting in sightings {
            let Some(image) = sighting.image else { continue };
            if let Lookup::Sure(instance) = self.at(sighting.host, sighting.pid, sighting.time, Some(image))
                && let Some(known) = &instance.image
            {
                volumes.learn(sighting.host, image, known);
            }
        }
        self.volumes = volumes;
    }
}

/// The instance nearest to `time`: within the slack it is as good as covering; further off it is only likely, and only when
/// no second instance could be meant as well.
fn nearest<'a>(candidates: impl Iterator<Item = &'a Instance>, time: Timestamp) -> Lookup<'a> {
    let mut near: Vec<&Instance> = candidates
        .filter(|one| one.may_cover(time) || one.distance(time) <= SLACK.0)
        .collect();
    near.sort_by_key(|instance| instance.distance(time));
    match near.as_slice() {
        [one] if one.distance(time) <= SLACK.0 => Lookup::Sure(one),
        [one] => Lookup::Likely(one),
        [one, two, ..] if one.distance(time) <= SLACK.0 && two.distance(time) > SLACK.0 => Lookup::Sure(one),
        _ => Lookup::None,
    }
}

fn process_sightings<'a>(
    observed: &'a Observed,
    listings: &Listings,
    hosts: &Hosts,
    clocks: &Clocks,
) -> Vec<Sighting<'a>> {
    let sighting = |event: &'a ProcessEvent| {
        let host = hosts.of(event.host.as_ref(), event.span.evidence)?;
        let time = clocks.to_reference(Clock::of_process(event), Some(host), listings.process_time(event)?);
        let (image, span) = (event.image.as_ref(), event.span);
        Some(Sighting {
            host,
            pid: event.pid,
            time,
            kind: event.kind,
            image,
            span,
            event: Some(event),
        })
    };
    observed.processes.iter().filter_map(sighting).collect()
}

fn connection_sightings<'a>(observed: &'a Observed, hosts: &Hosts, clocks: &Clocks) -> Vec<Sighting<'a>> {
    let connections = observed.connections.iter().map(|event| {
        (
            Clock::of_connection(event),
            event.host.as_ref(),
            event.span,
            event.time,
            event.pid,
            &event.image,
        )
    });
    let resolver = observed.resolver.iter().map(|event| {
        (
            Clock::of_resolver(event),
            event.host.as_ref(),
            event.span,
            event.time,
            event.pid,
            &event.image,
        )
    });
    type Named<'a> = (Clock, Option<&'a Text>, Span, Timestamp, Option<Pid>, &'a Option<Text>);
    let sighting = |(clock, host, span, time, pid, image): Named<'a>| {
        let host = hosts.of(host, span.evidence)?;
        let time = clocks.to_reference(clock, Some(host), time);
        let (pid, image) = (pid?, Some(image.as_ref()?));
        Some(Sighting {
            host,
            pid,
            time,
            kind: ProcessEventKind::Alive,
            image,
            span,
            event: None,
        })
    };
    connections.chain(resolver).filter_map(sighting).collect()
}

/// Adds a sighting to the life story of one pid; sightings come in order of time.
fn add(life: &mut Vec<Instance>, sighting: &Sighting<'_>) {
    match sighting.kind {
        ProcessEventKind::Start => start(life, sighting),
        ProcessEventKind::End => end(life, sighting),
        ProcessEventKind::Alive => alive(life, sighting),
    }
}

/// A start closes whatever ran under the pid before; a second log of the same start (4688 and Sysmon 1) joins the first.
fn start(life: &mut Vec<Instance>, sighting: &Sighting<'_>) {
    if let Some(last) = life.last_mut() {
        if is_same_start(last, sighting) {
            last.start = Bound::Exact(last.start.moment().min(sighting.time));
            return last.learn(sighting);
        }
        if last.end.exact().is_none() {
            last.end = Bound::Exact(sighting.time - Nanoseconds(1));
        }
    }
    life.push(Instance::new(
        sighting,
        Bound::Exact(sighting.time),
        Bound::Beyond(sighting.time),
    ));
}

/// The same start logged twice, or a start logged just after the process was already seen working.
fn is_same_start(last: &Instance, sighting: &Sighting<'_>) -> bool {
    let near = (sighting.time - last.start.moment()).0 <= SLACK.0;
    near && last.end.exact().is_none() && last.fits(sighting.image)
}

fn end(life: &mut Vec<Instance>, sighting: &Sighting<'_>) {
    if let Some(last) = life.last_mut() {
        let same_end_again = last.end.exact().is_some_and(|end| (sighting.time - end).0 <= SLACK.0);
        if last.fits(sighting.image) && (last.end.exact().is_none() || same_end_again) {
            last.end = Bound::Exact(sighting.time);
            return last.learn(sighting);
        }
    }
    let start = Bound::Beyond(sighting.time);
    life.push(Instance::new(sighting, start, Bound::Exact(sighting.time)));
}

fn alive(life: &mut Vec<Instance>, sighting: &Sighting<'_>) {
    if let Some(last) = life.last_mut() {
        let ended = last.end.exact().is_some_and(|end| (sighting.time - end).0 > SLACK.0);
        if !ended && last.fits(sighting.image) {
            if last.end.exact().is_none() {
                last.end = Bound::Beyond(sighting.time);
            }
            return last.learn(sighting);
        }
    }
    life.push(Instance::new(
        sighting,
        Bound::Beyond(sighting.time),
        Bound::Beyond(sighting.time),
    ));
}

/// The most spans an instance keeps as proof; a browser has thousands of events and the first few prove as much.
const MOST_PROOF_SPANS: usize = 4;

impl Instance {
    fn new(sighting: &Sighting<'_>, start: Bound, end: Bound) -> Self {
        let mut instance = Self {
            pid: sighting.pid,
            start,
            end,
            image: None,
            command_line: None,
            parent_pid: None,
            parent_image: None,
            user: None,
            services: Vec::new(),
            proof: Vec::new(),
        };
        instance.learn(sighting);
        instance
    }

    fn fits(&self, image: Option<&Text>) -> bool {
        match (&self.image, image) {
            (Some(known), Some(image)) => same_image(known, image),
            _ => true,
        }
    }

    /// Takes over what a sighting knows and the instance does not; a full DOS path is better than any other form.
    fn learn(&mut self, sighting: &Sighting<'_>) {
        if let Some(image) = sighting.image
            && self.image.as_deref().is_none_or(|known| is_better_path(image, known))
        {
            self.image = Some(Text::clone(image));
        }
        let from_process_log = sighting.event.is_some();
        if from_process_log && self.proof.len() < MOST_PROOF_SPANS {
            self.proof.push(sighting.span);
        }
        if let Some(event) = sighting.event {
            self.learn_details(event);
        }
    }

    fn learn_details(&mut self, event: &ProcessEvent) {
        let take = |mine: &mut Option<Text>, theirs: &Option<Text>| {
            if mine.is_none() {
                mine.clone_from(theirs);
            }
        };
        take(&mut self.command_line, &event.command_line);
        take(&mut self.parent_image, &event.parent_image);
        take(&mut self.user, &event.user);
        self.parent_pid = self.parent_pid.or(event.parent_pid);
        if self.services.is_empty() {
            self.services.clone_from(&event.services);
        }
    }
}

fn is_better_path(new: &str, known: &str) -> bool {
    fn rank(path: &str) -> u8 {
        match path.as_bytes() {
            [_, b':', ..] => 2,
            [b'\\' | b'/', ..] => 1,
            _ => 0,
        }
    }
    rank(new) > rank(known)
}
