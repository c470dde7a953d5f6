//! What a case concluded about conversations, for packets of them.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::path::PathBuf;

use whotalks_correlate::{Conversation, Verdict};
use whotalks_packets::select::{Annotate, Annotation, Subject};
use whotalks_record::{Endpoint, IpProtocol, Nanoseconds, Timestamp};

use crate::traces::is_trace;
use crate::{Case, CaseError, NoProgress};

/// Conversations that are kept; each has at most a few hundred bytes.
const MOST_CONVERSATIONS: usize = 1_000_000;
/// Names that are kept of one address, which can serve many.
const MOST_NAMES: usize = 4;
/// The clocks of a case are those of its reference; a packet this long before or after a conversation still belongs to it.
const SLACK: Nanoseconds = Nanoseconds::from_seconds(5);

/// The conversations of a case, to be found by packets.
#[derive(Debug, Default)]
pub struct Known {
    by_ends: HashMap<Ends, Vec<Kept>>,
    names: BTreeMap<IpAddr, Vec<String>>,
}

/// The protocol and both ends, the lower one first.
type Ends = (IpProtocol, Endpoint, Endpoint);

#[derive(Debug)]
struct Kept {
    first: Option<Timestamp>,
    last: Option<Timestamp>,
    annotation: Annotation,
}

impl Known {
    /// Everything that a case concluded.
    ///
    /// # Errors
    /// [`CaseError`] where flows cannot be read back.
    pub fn of(case: &Case) -> Result<Self, CaseError> {
        let mut known = Self::default();
        let mut kept = 0;
        case.conversations(&mut |conversation| {
            kept += 1;
            if kept <= MOST_CONVERSATIONS {
                known.keep(&conversation);
            }
        })?;
        Ok(known)
    }

    /// What the traces among these files tell of their own packets, together with the rest of them; none where there is no trace.
    ///
    /// # Errors
    /// [`CaseError`] where flows cannot be kept for the time being.
    pub fn of_traces(paths: &[PathBuf]) -> Result<Option<Self>, CaseError> {
        if !paths.iter().any(|path| is_trace(path)) {
            return Ok(None);
        }
        let mut case = Case::in_memory();
        case.ingest(paths, &mut NoProgress, Timestamp::MIN)?;
        Self::of(&case).map(Some)
    }

    /// The best name of each address that has one, in order of address.
    pub fn names(&self) -> impl Iterator<Item = (IpAddr, &str)> {
        let names = self.names.iter();
        names.filter_map(|(address, names)| Some((*address, names.first()?.as_str())))
    }

    fn keep(&mut self, conversation: &Conversation) {
        let annotation = annotation(conversation);
        if let Some(name) = &annotation.endpoint_name {
            let address = conversation.remote.address;
            let names = self.names.entry(address).or_default();
            if names.len() < MOST_NAMES && !names.contains(name) {
                names.push(name.clone());
            }
        }
        let ends = ends(conversation.protocol, conversation.local, conversation.remote);
        self.by_ends.entry(ends).or_default().push(Kept {
            first: conversation.first,
            last: conversation.last,
            annotation,
        });
    }
}

impl Annotate for Known {
    fn annotation(&self, subject: &Subject) -> Option<&Annotation> {
        let end = |address: IpAddr, port| Endpoint {
            address: address.to_canonical(),
            port,
        };
        let ports = subject.ends.ports;
        let (source, destination) = (
            end(subject.ends.source, ports.source),
            end(subject.ends.destination, ports.destination),
        );
        let kept = self.by_ends.get(&ends(subject.protocol, source, destination))?;
        let of_time = kept.iter().find(|kept| kept.holds(subject.time));
        of_time.map(|kept| &kept.annotation)
    }

    fn names(&self, address: IpAddr) -> &[String] {
        self.names.get(&address.to_canonical()).map_or(&[], Vec::as_slice)
    }
}

impl Kept {
    /// Ports are used again, so a packet belongs to the conversation of its time.
    fn holds(&self, time: Option<Timestamp>) -> bool {
        let Some(time) = time else { return true };
        self.first.is_none_or(|first| time + SLACK >= first) && self.last.is_none_or(|last| time <= last + SLACK)
    }
}

fn ends(protocol: IpProtocol, one: Endpoint, other: Endpoint) -> Ends {
    (protocol, one.min(other), one.max(other))
}

fn annotation(conversation: &Conversation) -> Annotation {
    let process = conversation.process.process.as_ref();
    let image = process.and_then(|process| process.image.as_deref());
    Annotation {
        process_name: image.map(|image| base_name(image).to_owned()),
        process_id: process.and_then(|process| process.pid).map(|pid| pid.0),
        process_grade: conversation.process.grade,
        endpoint_name: conversation.name.best.as_ref().map(|best| best.name.to_string()),
        verdict: verdict(conversation.decision.verdict),
    }
}

/// The word that JSON and CSV have, too; none where nothing is known.
const fn verdict(verdict: Verdict) -> Option<&'static str> {
    match verdict {
        Verdict::Allowed => Some("allowed"),
        Verdict::Blocked => Some("blocked"),
        Verdict::DroppedPackets => Some("dropped_packets"),
        Verdict::Passed => Some("passed"),
        Verdict::Unknown => None,
    }
}

/// The last part of a path of either system.
fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(path)
}
