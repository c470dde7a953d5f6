//! One unwanted thing.

use std::net::IpAddr;

use serde::Deserialize;
use whotalks_record::{ApplicationProtocol, Endpoint, IpProtocol};

use super::{NamePattern, Network, PortRange, ProtocolPath};

/// The most words that are suggested.
const MOST_SUGGESTIONS: usize = 5;

/// How bad it is; the worst comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Act now.
    High,
    /// Look at it.
    #[default]
    Medium,
    /// Know it.
    Low,
    /// For the record.
    Info,
}

/// TCP or UDP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Transport {
    Tcp,
    Udp,
}

/// What a rule can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Criterion {
    /// What a conversation carries.
    Applications,
    /// Protocols below TCP and UDP.
    Protocols,
    /// Names of the far end.
    Names,
}

/// A conversation over TCP or UDP, as rules see it.
#[derive(Debug, Clone, Copy)]
pub struct Talk<'t> {
    /// TCP or UDP.
    pub protocol: IpProtocol,
    /// Who sent the first packet.
    pub source: Endpoint,
    /// Who was sent the first packet.
    pub destination: Endpoint,
    /// What it was recognised as; none where nothing of its content was seen.
    pub application: Option<ApplicationProtocol>,
    /// What the far end is called; none where nothing says so.
    pub names: Option<&'t [&'t str]>,
}

/// What a rule says of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is forbidden.
    Forbidden,
    /// It is not forbidden.
    Allowed,
    /// It would be forbidden if what is not known of it fits.
    Unknown(Criterion),
}

/// What is unwanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// What is said where it matches.
    pub title: String,
    /// How bad it is.
    pub severity: Severity,
    pub(super) lists: Lists,
}

/// What a rule asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lists {
    pub(super) applications: Vec<ApplicationProtocol>,
    pub(super) protocols: Vec<ProtocolPath>,
    pub(super) names: Vec<NamePattern>,
    pub(super) ports: Vec<PortRange>,
    pub(super) destinations: Vec<Network>,
    pub(super) except: Vec<Network>,
    pub(super) transport: Option<Transport>,
}

impl Lists {
    /// Whether it would forbid everything.
    pub(super) const fn is_empty(&self) -> bool {
        self.applications.is_empty()
            && self.protocols.is_empty()
            && self.names.is_empty()
            && self.ports.is_empty()
            && self.destinations.is_empty()
    }

    /// Whether it asks for protocols and for what only conversations over TCP and UDP have.
    pub(super) const fn mixes_layers(&self) -> bool {
        let asks_for_streams = !self.applications.is_empty()
            || !self.names.is_empty()
            || !self.ports.is_empty()
            || self.transport.is_some();
        !self.protocols.is_empty() && asks_for_streams
    }
}

impl Rule {
    /// Judges a conversation over TCP or UDP. A port counts at either end, since a capture may begin in the middle of a
    /// conversation; a destination is whoever was sent the first packet.
    #[must_use]
    pub fn judge(&self, talk: &Talk<'_>) -> Verdict {
        let lists = &self.lists;
        let is_open = lists.protocols.is_empty()
            && self.names_transport(talk.protocol)
            && fits(&lists.ports, |range| {
                range.contains(talk.destination.port) || range.contains(talk.source.port)
            })
            && self.forbids_address(talk.destination.address);
        let carries = |own: ApplicationProtocol| fits(&lists.applications, |known| *known == own);
        let is_called = |names: &[&str]| fits(&lists.names, |pattern| names.iter().any(|name| pattern.fits(name)));
        let application = talk
            .application
            .map(carries)
            .or_else(|| lists.applications.is_empty().then_some(true));
        let name = talk
            .names
            .map(is_called)
            .or_else(|| lists.names.is_empty().then_some(true));
        match (is_open, application, name) {
            (false, ..) | (_, Some(false), _) | (_, _, Some(false)) => Verdict::Allowed,
            (true, Some(true), Some(true)) => Verdict::Forbidden,
            (true, None, _) => Verdict::Unknown(Criterion::Applications),
            (true, _, None) => Verdict::Unknown(Criterion::Names),
        }
    }

    /// Whether it forbids a conversation, as far as is known.
    #[must_use]
    pub fn forbids(&self, talk: &Talk<'_>) -> bool {
        self.judge(talk) == Verdict::Forbidden
    }

    /// Whether it forbids that one of its [`Rule::protocols`] is sent there; what has no address has only hardware addresses.
    #[must_use]
    pub fn forbids_between(&self, destination: Option<IpAddr>) -> bool {
        match destination {
            Some(address) => self.forbids_address(address),
            None => self.lists.destinations.is_empty(),
        }
    }

    /// The protocols below TCP and UDP that it forbids.
    #[must_use]
    pub fn protocols(&self) -> &[ProtocolPath] {
        &self.lists.protocols
    }

    /// Whether it asks for something.
    #[must_use]
    pub const fn has(&self, criterion: Criterion) -> bool {
        match criterion {
            Criterion::Applications => !self.lists.applications.is_empty(),
            Criterion::Protocols => !self.lists.protocols.is_empty(),
            Criterion::Names => !self.lists.names.is_empty(),
        }
    }

    /// Whether it names this name.
    #[must_use]
    pub fn fits_name(&self, name: &str) -> bool {
        self.lists.names.iter().any(|pattern| pattern.fits(name))
    }

    fn forbids_address(&self, destination: IpAddr) -> bool {
        let holds = |networks: &[Network]| networks.iter().any(|network| network.contains(destination));
        (self.lists.destinations.is_empty() || holds(&self.lists.destinations)) && !holds(&self.lists.except)
    }

    fn names_transport(&self, protocol: IpProtocol) -> bool {
        match self.lists.transport {
            None => true,
            Some(Transport::Tcp) => protocol == IpProtocol::TCP,
            Some(Transport::Udp) => protocol == IpProtocol::UDP,
        }
    }
}

/// A list that a rule does not have fits everything.
fn fits<T>(list: &[T], test: impl Fn(&T) -> bool) -> bool {
    list.is_empty() || list.iter().any(test)
}

/// Words that begin like this one or hold it.
pub(super) fn like(word: &str, words: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let word = word.to_lowercase();
    let head: String = word.chars().take(3).collect();
    let like = words.filter(|known| known.contains(&word) || word.contains(known) || known.starts_with(&head));
    like.take(MOST_SUGGESTIONS).collect()
}
