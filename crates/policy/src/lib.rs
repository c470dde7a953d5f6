//! What nobody should do on a network.
//!
//! *Brief overview*
//! - [`Policy::parse`] reads a policy: TOML with one `[[rule]]` per unwanted thing. The file is described in `docs/policy.md`.
//! - [`Rule::judge`] judges one conversation over TCP or UDP, [`Rule::forbids_between`] two addresses that use a protocol
//!   below these.
//!
//! A rule is a set of lists; a conversation is forbidden where each list that the rule has holds something that fits. Nothing here
//! knows where conversations come from.

mod error;
mod name;
mod network;
mod ports;
mod protocol;
mod rule;
#[cfg(test)]
mod tests;
mod written;

pub use error::{PolicyError, Problem};
pub use name::NamePattern;
pub use network::Network;
pub use ports::PortRange;
pub use protocol::{ProtocolPath, ip_protocol, protocols};
pub use rule::{Criterion, Rule, Severity, Talk, Verdict};

/// Rules that a policy may have; each is held against each conversation.
const MOST_RULES: usize = 1_000;
/// Bytes that a policy may have.
const MOST_BYTES: usize = 1 << 20;

/// What is unwanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The rules, in the order of the file.
    pub rules: Vec<Rule>,
}

impl Policy {
    /// Reads a policy.
    ///
    /// # Errors
    /// What is wrong with it, and in which rule.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        if text.len() > MOST_BYTES {
            return Err(Problem::TooLarge { limit: MOST_BYTES }.somewhere());
        }
        let file: written::File = toml::from_str(text).map_err(|error| error::syntax(text, &error))?;
        if file.rule.is_empty() {
            return Err(Problem::NoRule.somewhere());
        }
        if file.rule.len() > MOST_RULES {
            return Err(Problem::TooLarge { limit: MOST_RULES }.somewhere());
        }
        let rules = file.rule.into_iter().zip(1..);
        let rules = rules.map(|(rule, number)| rule.checked().map_err(|problem| problem.in_rule(number)));
        Ok(Self {
            rules: rules.collect::<Result<_, _>>()?,
        })
    }

    /// The rules with their numbers in the file, from 1.
    pub fn numbered(&self) -> impl Iterator<Item = (usize, &Rule)> {
        (1..).zip(&self.rules)
    }

    /// All protocols below TCP and UDP that rules name, each once.
    #[must_use]
    pub fn protocols(&self) -> Vec<ProtocolPath> {
        let mut all: Vec<ProtocolPath> = Vec::new();
        for path in self.rules.iter().flat_map(Rule::protocols) {
            if !all.contains(path) {
                all.push(path.clone());
            }
        }
        all
    }

    /// Whether any rule asks for names.
    #[must_use]
    pub fn wants_names(&self) -> bool {
        self.rules.iter().any(|rule| rule.has(Criterion::Names))
    }

    /// Whether any rule names this name.
    #[must_use]
    pub fn speaks_of(&self, name: &str) -> bool {
        self.rules.iter().any(|rule| rule.fits_name(name))
    }
}
