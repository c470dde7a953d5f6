//! Listener burst: one process opens many listening TCP ports.
//!
//! **Why it matters**: backdoors and worms that offer themselves for download do this; servers open a few ports and keep them.
//! **What is counted**: 5154 events of one process within a minute, or LISTENING rows of one process in one listing.
//! ATT&CK: T1571 Non-Standard Port.

use std::collections::{BTreeMap, BTreeSet};

use whotalks_correlate::{Conversation, ProcessLife};
use whotalks_record::{
    ConnectionEventKind, EvidenceId, Grade, IpProtocol, Nanoseconds, Pid, SocketState, Span, Text, Timestamp,
};

use super::raw::RawFinding;
use crate::program::file_name;
use crate::proof::Proof;
use crate::sources::Sources;
use crate::{FindingKind, Severity};

/// Ports of one process that make a burst. The busiest Windows services listen on fewer than ten.
const FEWEST_PORTS: usize = 20;
/// The window for events.
const WINDOW: Nanoseconds = Nanoseconds::from_seconds(60);

/// No state: listings and events are looked at in the end.
#[derive(Debug, Default)]
pub(super) struct ListenerBurst;

/// Listening ports of one process in one listing or log.
#[derive(Debug, Default)]
struct Listeners {
    image: Option<Text>,
    ports: BTreeSet<u16>,
    times: Vec<(Timestamp, u16)>,
    spans: Vec<Span>,
}

impl super::Detection for ListenerBurst {
    fn see(&mut self, _: &Conversation, _: &Sources<'_>) {}

    fn finish(self: Box<Self>, _: &[ProcessLife], sources: &Sources<'_>) -> Vec<RawFinding> {
        let listed = listed(sources)
            .into_iter()
            .filter(|(_, one)| one.ports.len() >= FEWEST_PORTS);
        let listed = listed.map(|((_, _, pid), one)| one.finding(None, pid, None));
        let logged = logged(sources).into_iter().filter_map(|((host, pid), one)| {
            let duration = one.burst()?;
            Some(one.finding(Some(host), pid, Some(duration)))
        });
        listed.chain(logged).collect()
    }
}

fn listed(sources: &Sources<'_>) -> BTreeMap<(EvidenceId, u32, Pid), Listeners> {
    let mut found: BTreeMap<_, Listeners> = BTreeMap::new();
    let listening = sources
        .observed
        .sockets
        .iter()
        .filter(|socket| socket.state == Some(SocketState::Listen));
    for socket in listening.filter(|socket| socket.protocol == IpProtocol::TCP && !socket.local.address.is_loopback()) {
        let Some(pid) = socket.pid.filter(|pid| *pid != Pid::SYSTEM) else {
            continue;
        };
        let one = found.entry((socket.span.evidence, socket.snapshot, pid)).or_default();
        one.image = one.image.take().or_else(|| socket.image.clone());
        one.ports.insert(socket.local.port);
        one.spans.push(socket.span);
    }
    found
}

fn logged(sources: &Sources<'_>) -> BTreeMap<(Text, Pid), Listeners> {
    let mut found: BTreeMap<_, Listeners> = BTreeMap::new();
    let listens = sources
        .observed
        .connections
        .iter()
        .filter(|event| event.kind == ConnectionEventKind::ListenPermitted);
    for event in listens {
        let pid = event.pid.filter(|pid| *pid != Pid::SYSTEM);
        let (Some(host), Some(pid), Some(local)) = (&event.host, pid, event.local) else {
            continue;
        };
        let one = found.entry((Text::clone(host), pid)).or_default();
        one.image = one.image.take().or_else(|| event.image.clone());
        one.times.push((event.time, local.port));
        one.spans.push(event.span);
    }
    found
}

impl Listeners {
    /// The shortest time in which enough different ports were opened; none where they never were.
    fn burst(&self) -> Option<Nanoseconds> {
        let mut times = self.times.clone();
        times.sort_unstable();
        times.dedup_by_key(|(_, port)| *port);
        let spans = times
            .windows(FEWEST_PORTS)
            .filter_map(|window| Some(window.last()?.0 - window.first()?.0));
        spans.min().filter(|span| *span <= WINDOW)
    }

    fn finding(self, host: Option<Text>, pid: Pid, duration: Option<Nanoseconds>) -> RawFinding {
        let ports = self
            .ports
            .len()
            .max(self.times.iter().map(|(_, port)| port).collect::<BTreeSet<_>>().len());
        RawFinding {
            severity: Severity::Medium,
            grade: Grade::Observed,
            kind: FindingKind::ListenerBurst {
                ports: ports as u64,
                duration,
            },
            host,
            program: self.image.as_deref().map(|image| file_name(image).into()),
            pid: Some(pid),
            first: self.times.iter().map(|(time, _)| *time).min(),
            last: self.times.iter().map(|(time, _)| *time).max(),
            remotes: Vec::new(),
            proof: Proof::of(self.spans),
        }
    }
}
