//! One unwanted thing.

use serde::Deserialize;
use whotalks_record::{ApplicationProtocol, IpProtocol, RecognisedBy};

use super::{Network, PortRange, Problem};
use crate::statistics::StreamRow;

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

/// A policy as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub(super) rule: Vec<Written>,
}

/// A rule as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    title: String,
    #[serde(default)]
    severity: Severity,
    #[serde(default)]
    applications: Vec<String>,
    #[serde(default)]
    ports: Vec<Number>,
    #[serde(default)]
    destinations: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
    transport: Option<Transport>,
}

/// A port may be written as a number, a range as a text.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Number {
    Number(u64),
    Text(String),
}

/// What is unwanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// What is said where it matches.
    pub title: String,
    /// How bad it is.
    pub severity: Severity,
    applications: Vec<ApplicationProtocol>,
    ports: Vec<PortRange>,
    destinations: Vec<Network>,
    except: Vec<Network>,
    transport: Option<Transport>,
}

impl Written {
    pub(super) fn checked(self) -> Result<Rule, Problem> {
        let networks = |texts: &[String]| texts.iter().map(|text| Network::parse(text)).collect::<Result<_, _>>();
        let rule = Rule {
            title: self.title,
            severity: self.severity,
            applications: self
                .applications
                .iter()
                .map(|word| application(word))
                .collect::<Result<_, _>>()?,
            ports: self.ports.iter().map(Number::range).collect::<Result<_, _>>()?,
            destinations: networks(&self.destinations)?,
            except: networks(&self.except)?,
            transport: self.transport,
        };
        if rule.applications.is_empty() && rule.ports.is_empty() && rule.destinations.is_empty() {
            return Err(Problem::NoCriterion);
        }
        Ok(rule)
    }
}

impl Number {
    fn range(&self) -> Result<PortRange, Problem> {
        match self {
            Self::Number(number) => PortRange::parse(&number.to_string()),
            Self::Text(text) => PortRange::parse(text),
        }
    }
}

fn application(word: &str) -> Result<ApplicationProtocol, Problem> {
    ApplicationProtocol::from_word(word).ok_or_else(|| Problem::UnknownApplication {
        word: word.to_owned(),
        suggestions: like(word),
    })
}

/// Words that begin like this one or hold it.
fn like(word: &str) -> Vec<&'static str> {
    let word = word.to_lowercase();
    let head: String = word.chars().take(3).collect();
    let words = ApplicationProtocol::WORDS.iter().copied();
    let like = words.filter(|known| known.contains(&word) || word.contains(known) || known.starts_with(&head));
    like.take(MOST_SUGGESTIONS).collect()
}

impl Rule {
    /// Whether it forbids a stream. An application counts where the content proves it, not where a port suggests it. A port
    /// counts at either end, since a capture may begin in the middle of a conversation; a destination is whoever was sent the
    /// first packet.
    #[must_use]
    pub fn forbids(&self, stream: &StreamRow) -> bool {
        self.names_transport(stream.protocol)
            && fits(&self.applications, |known| {
                *known == RecognisedBy::proved(stream.recognised_by, stream.application)
            })
            && fits(&self.ports, |range| {
                range.contains(stream.ends.ports.destination) || range.contains(stream.ends.ports.source)
            })
            && fits(&self.destinations, |network| network.contains(stream.ends.destination))
            && !self
                .except
                .iter()
                .any(|network| network.contains(stream.ends.destination))
    }

    fn names_transport(&self, protocol: IpProtocol) -> bool {
        match self.transport {
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
