//! Notes on the way what the statistics do not keep.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;
use whotalks_fields::{FieldId, FieldSet, FrameFields, Value, find};
use whotalks_policy::Policy;
use whotalks_record::{IpProtocol, Nanoseconds, Timestamp};

use super::sightings::{Sighting, Sightings};
use crate::pass::{Batch, Batches};
use crate::select::{Fields, Seen};

/// Streams of which names are kept. Only names that a rule speaks of are.
const MOST_STREAMS: usize = 1 << 18;
/// Names that are kept of one stream.
const MOST_NAMES: usize = 8;

/// The fields that state whom a stream is for. A question of DNS states a name that somebody wants to reach.
const NAMES: [&str; 5] = [
    "tls.handshake.extensions_server_name",
    "http.host",
    "http.proxy_connect_host",
    "socks.remote_name",
    "dns.qry.name",
];

/// Passes batches on and looks at them, in the order of the capture.
pub(super) struct Watch<'b> {
    batches: &'b mut dyn Batches,
    policy: &'b Policy,
    sightings: Sightings,
    names: Option<Names<'b>>,
    start: Option<Timestamp>,
}

/// What was noted.
#[derive(Debug, Default)]
pub(super) struct Noted {
    pub(super) sightings: Vec<Sighting>,
    pub(super) names: StreamNames,
    /// What was not kept because a list was full.
    pub(super) left_out: u64,
}

/// The names of streams that a rule speaks of.
pub(super) type StreamNames = HashMap<(IpProtocol, u32), Vec<String>, FxBuildHasher>;

impl<'b> Watch<'b> {
    pub(super) fn new(batches: &'b mut dyn Batches, policy: &'b Policy) -> Self {
        Self {
            batches,
            policy,
            sightings: Sightings::new(policy.protocols()),
            names: policy.wants_names().then(Names::default),
            start: None,
        }
    }

    pub(super) fn finish(self) -> Noted {
        let (sightings, left_out) = self.sightings.finish();
        let names = self.names.unwrap_or_default();
        Noted {
            sightings,
            left_out: left_out + names.left_out,
            names: names.of_streams,
        }
    }

    fn look(&mut self, batch: &Batch, index: usize) {
        let Some(seen) = Seen::of(batch, index) else { return };
        self.start = self.start.or(seen.packet.timestamp);
        if self.sightings.is_needed() {
            let times = self.start.zip(seen.packet.timestamp);
            let at = times.map_or(Nanoseconds::ZERO, |(start, time)| time - start);
            self.sightings.packet(&seen.packet, seen.number, at);
        }
        if let Some(names) = &mut self.names {
            names.packet(&seen, self.policy);
        }
    }
}

impl Batches for Watch<'_> {
    fn next(&mut self, batch: &mut Batch) -> bool {
        if !self.batches.next(batch) {
            return false;
        }
        if self.sightings.is_needed() || self.names.is_some() {
            (0..batch.len()).for_each(|index| self.look(batch, index));
        }
        true
    }
}

/// Reads the names that packets state.
struct Names<'b> {
    fields: Fields<'b>,
    stated_by: Vec<FieldId>,
    streams: Vec<(IpProtocol, FieldId)>,
    of_streams: StreamNames,
    left_out: u64,
}

impl Default for Names<'_> {
    fn default() -> Self {
        let stated_by: Vec<FieldId> = NAMES.into_iter().filter_map(find).collect();
        let streams = [(IpProtocol::TCP, "tcp.stream"), (IpProtocol::UDP, "udp.stream")];
        let streams: Vec<_> = streams
            .into_iter()
            .filter_map(|(protocol, name)| Some((protocol, find(name)?)))
            .collect();
        let wanted = stated_by.iter().copied().chain(streams.iter().map(|(_, id)| *id));
        Self {
            fields: Fields::new(wanted.collect::<FieldSet>(), None),
            stated_by,
            streams,
            of_streams: StreamNames::default(),
            left_out: 0,
        }
    }
}

impl Names<'_> {
    fn packet(&mut self, seen: &Seen<'_>, policy: &Policy) {
        let fields = self.fields.of(seen);
        let stated = self.stated_by.iter().flat_map(|id| fields.of(*id));
        let texts = stated.filter_map(|value| match value {
            Value::Text(text) => Some(without_port(text)),
            _ => None,
        });
        let wanted: Vec<String> = texts.filter(|name| policy.speaks_of(name)).map(str::to_owned).collect();
        if wanted.is_empty() {
            return;
        }
        let Some(stream) = innermost_stream(&self.streams, &fields) else {
            return;
        };
        if self.of_streams.len() >= MOST_STREAMS && !self.of_streams.contains_key(&stream) {
            self.left_out += 1;
            return;
        }
        let known = self.of_streams.entry(stream).or_default();
        for name in wanted {
            if known.len() < MOST_NAMES && !known.contains(&name) {
                known.push(name);
            }
        }
    }
}

/// The stream of the packet: the last number that stands in it.
fn innermost_stream(streams: &[(IpProtocol, FieldId)], fields: &FrameFields<'_>) -> Option<(IpProtocol, u32)> {
    let numbers = fields.iter().filter_map(|(id, value)| {
        let (protocol, _) = streams.iter().find(|(_, known)| *known == id)?;
        match value {
            Value::Unsigned(number) => Some((*protocol, u32::try_from(*number).ok()?)),
            _ => None,
        }
    });
    numbers.last()
}

/// A host as HTTP names it may have a port.
fn without_port(name: &str) -> &str {
    match name.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') && port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => name,
    }
}
