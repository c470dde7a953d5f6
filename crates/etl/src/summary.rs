//! What is in a trace, in numbers.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::RandomState;
use whotalks_record::{EvidenceId, Issue, Text};

use crate::providers::Packets;
use crate::template::Templates;
use crate::{Event, EventSink, Guid, Origin, SelfDescription, Totals, TraceHeader, read_events};

/// Kinds of events told apart; more than all templates there are.
const MOST_KINDS: usize = 65_536;

/// Bytes of the name of an event that are kept.
const MOST_NAME_BYTES: usize = 256;

/// What is in a trace.
#[derive(Debug)]
pub struct Summary {
    /// What the trace says of itself; none where it is too damaged.
    pub header: Option<TraceHeader>,
    /// What was read.
    pub totals: Totals,
    /// Who wrote how many of which events, by the identifiers of the providers.
    pub providers: Vec<ProviderSummary>,
    /// Packets, each counted once.
    pub packets: u64,
    /// Events that were another appearance of a packet.
    pub folded_packets: u64,
    /// Packets that the packet monitor saw dropped.
    pub dropped_packets: u64,
    /// Events of kinds that there were too many of to tell apart.
    pub uncounted: u64,
    /// What could not be read.
    pub issues: Vec<Issue>,
}

/// The events of one provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderSummary {
    /// Its identifier; all zero for messages that carry none.
    pub provider: Guid,
    /// Its name, where it is known.
    pub name: Option<Text>,
    /// Its events by number, version and type.
    pub events: Vec<EventSummary>,
}

/// The events of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventSummary {
    /// Which header they have.
    pub origin: Origin,
    /// Their number.
    pub id: u16,
    /// The version of their payload.
    pub version: u8,
    /// The operation.
    pub opcode: u8,
    /// Who describes their payload.
    pub description: Description,
    /// Their name, where it is known.
    pub name: Option<Text>,
    /// How many there are.
    pub count: u64,
}

/// Who describes a payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Description {
    /// A template.
    Template,
    /// The event itself.
    Itself,
    /// The symbols of the program that wrote it: not decodable without them.
    Symbols,
    /// Nobody here.
    Unknown,
}

impl ProviderSummary {
    /// How many events it wrote.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.events.iter().map(|event| event.count).sum()
    }
}

/// Reads a trace and counts what is in it.
pub fn summarise(source: &mut dyn std::io::Read, evidence: EvidenceId) -> Summary {
    let mut counting = Counting::default();
    let totals = read_events(source, evidence, &mut counting);
    counting.finish(totals)
}

type Key = (Guid, Origin, u16, u8, u8);

#[derive(Default)]
struct Counting {
    header: Option<TraceHeader>,
    templates: Templates,
    packets: Packets,
    packet_count: u64,
    counts: HashMap<Key, u64, RandomState>,
    /// Events that describe themselves, by their names beside the rest.
    named: HashMap<Key, HashMap<Box<[u8]>, u64, RandomState>, RandomState>,
    names: usize,
    described: BTreeMap<Key, Text>,
    uncounted: u64,
    issues: Vec<Issue>,
}

impl EventSink for Counting {
    fn header(&mut self, header: &TraceHeader) {
        self.header = Some(header.clone());
    }

    fn event(&mut self, event: &Event<'_>) {
        let packets = &mut self.packet_count;
        self.packets.read(event, &mut |_| *packets += 1);
        let key = (event.provider, event.origin, event.id, event.version, event.opcode);
        match SelfDescription::of(event) {
            Some(description) => self.count_named(key, description.name),
            None => self.count(key, event),
        }
    }

    fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }
}

impl Counting {
    fn count(&mut self, key: Key, event: &Event<'_>) {
        if let Some(count) = self.counts.get_mut(&key) {
            *count += 1;
            return;
        }
        if self.counts.len() >= MOST_KINDS {
            self.uncounted += 1;
            return;
        }
        self.counts.insert(key, 1);
        if let Some(template) = self.templates.of(event) {
            self.described.insert(key, template.name.into());
        }
    }

    fn count_named(&mut self, key: Key, name: &[u8]) {
        let name = name.get(..MOST_NAME_BYTES).unwrap_or(name);
        let names = self.named.entry(key).or_default();
        if let Some(count) = names.get_mut(name) {
            *count += 1;
        } else if self.names >= MOST_KINDS {
            self.uncounted += 1;
        } else {
            self.names += 1;
            names.insert(name.into(), 1);
        }
    }

    fn finish(mut self, totals: Totals) -> Summary {
        let packets = &mut self.packet_count;
        self.packets.finish(&mut |_| *packets += 1);
        let mut events: Vec<(Guid, EventSummary)> = Vec::new();
        for (key, count) in &self.counts {
            events.push((key.0, self.plain(*key, *count)));
        }
        for (key, names) in &self.named {
            for (name, count) in names {
                let name = String::from_utf8_lossy(name).into_owned();
                events.push((key.0, summary_of(*key, Description::Itself, Some(name.into()), *count)));
            }
        }
        events.sort_by_key(|(provider, event)| (*provider, order(event)));
        let mut providers: Vec<ProviderSummary> = Vec::new();
        for (provider, event) in events {
            match providers.last_mut().filter(|last| last.provider == provider) {
                Some(last) => last.events.push(event),
                None => providers.push(ProviderSummary {
                    provider,
                    name: self.templates.provider_name(provider).map(Text::from),
                    events: vec![event],
                }),
            }
        }
        Summary {
            header: self.header,
            totals,
            providers,
            packets: self.packet_count,
            folded_packets: self.packets.folded(),
            dropped_packets: self.packets.dropped(),
            uncounted: self.uncounted,
            issues: self.issues,
        }
    }

    fn plain(&self, key: Key, count: u64) -> EventSummary {
        let name = self.described.get(&key).cloned();
        let description = match (key.1, &name) {
            (Origin::Message, _) => Description::Symbols,
            (_, Some(_)) => Description::Template,
            _ => Description::Unknown,
        };
        summary_of(key, description, name, count)
    }
}

fn summary_of(key: Key, description: Description, name: Option<Text>, count: u64) -> EventSummary {
    let (_, origin, id, version, opcode) = key;
    EventSummary {
        origin,
        id,
        version,
        opcode,
        description,
        name,
        count,
    }
}

fn order(event: &EventSummary) -> (Origin, u16, u8, u8, Option<Text>) {
    (event.origin, event.id, event.version, event.opcode, event.name.clone())
}
