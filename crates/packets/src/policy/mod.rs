//! What nobody should do on a network, and who did it.
//!
//! *Brief overview*
//! - [`Policy::parse`] reads a policy: TOML with one `[[rule]]` per unwanted thing. The file is described in `docs/policy.md`.
//! - [`Policy::matches`] finds the streams of a capture that a rule forbids.
//!
//! A rule names applications, ports, destinations and transports; a stream matches where each list that the rule has holds
//! something that fits.

mod error;
mod network;
mod ports;
mod rule;
#[cfg(test)]
mod tests;

pub use error::{PolicyError, Problem};
pub use network::Network;
pub use ports::PortRange;
pub use rule::{Rule, Severity};

use crate::statistics::{Question, Statistic, Statistics, StreamRow};

/// Rules that a policy may have; each is held against each stream.
const MOST_RULES: usize = 1_000;
/// Bytes that a policy may have.
const MOST_BYTES: usize = 1 << 20;

/// What is unwanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The rules, in the order of the file.
    pub rules: Vec<Rule>,
}

/// A stream that a rule forbids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<'p> {
    /// The number of the rule in the file, from 1.
    pub number: usize,
    /// The rule.
    pub rule: &'p Rule,
    /// The stream.
    pub stream: StreamRow,
}

/// What [`Policy::matches`] has to be given the statistics of.
#[must_use]
pub fn question() -> Question {
    Question::new(&[Statistic::Hierarchy, Statistic::Conversations])
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
        let file: rule::File = toml::from_str(text).map_err(|error| error::syntax(text, &error))?;
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

    /// The streams that a rule forbids: by severity, then in the order of the rules, then of the streams.
    #[must_use]
    pub fn matches(&self, statistics: &Statistics) -> Vec<Match<'_>> {
        let streams = || statistics.tcp.iter().chain(&statistics.udp);
        let rules = self.rules.iter().zip(1..);
        let of_rule = |(rule, number): (_, _)| {
            let forbidden = streams().filter(move |stream| Rule::forbids(rule, stream));
            forbidden.map(move |stream| Match {
                number,
                rule,
                stream: *stream,
            })
        };
        let mut matches: Vec<Match<'_>> = rules.flat_map(of_rule).collect();
        // Streams are in order already, and sorting keeps it.
        matches.sort_by_key(|found| (found.rule.severity, found.number));
        matches
    }
}
