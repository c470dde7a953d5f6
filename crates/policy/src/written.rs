//! A policy as it is written.

use serde::Deserialize;
use whotalks_record::ApplicationProtocol;

use super::rule::{Lists, Transport, like};
use super::{NamePattern, Network, PortRange, Problem, ProtocolPath, Rule, Severity};

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
    protocols: Vec<String>,
    #[serde(default)]
    names: Vec<String>,
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

impl Written {
    pub(super) fn checked(self) -> Result<Rule, Problem> {
        let lists = Lists {
            applications: all(&self.applications, |word| application(word))?,
            protocols: all(&self.protocols, |text| ProtocolPath::parse(text))?,
            names: all(&self.names, |text| NamePattern::parse(text))?,
            ports: all(&self.ports, Number::range)?,
            destinations: all(&self.destinations, |text| Network::parse(text))?,
            except: all(&self.except, |text| Network::parse(text))?,
            transport: self.transport,
        };
        if lists.is_empty() {
            return Err(Problem::NoCriterion);
        }
        if lists.mixes_layers() {
            return Err(Problem::MixedLayers);
        }
        Ok(Rule {
            title: self.title,
            severity: self.severity,
            lists,
        })
    }
}

fn all<T, U>(list: &[T], one: impl Fn(&T) -> Result<U, Problem>) -> Result<Vec<U>, Problem> {
    list.iter().map(one).collect()
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
        suggestions: like(word, ApplicationProtocol::WORDS.iter().copied()),
    })
}
