//! What is wrong with a policy.

use whotalks_policy::{PolicyError, Problem};

use super::Words;
use crate::messages::{FilterMessage, PacketMessage as M};

impl Words {
    /// What is wrong, and where in the file.
    pub fn policy_error(&self, path: &str, error: &PolicyError) -> String {
        let place = match (error.rule, error.line) {
            (Some(number), _) => self.text(&M::PolicyRule { number: number as u64 }),
            (None, Some(number)) => self.text(&M::PolicyLine { number: number as u64 }),
            (None, None) => String::new(),
        };
        self.text(&M::PolicyAt {
            path: path.to_owned(),
            place,
            problem: self.text(&problem(&error.problem)),
        })
    }

    /// What to do about it.
    pub fn policy_hint(&self, error: &PolicyError) -> String {
        match &error.problem {
            Problem::UnknownApplication { suggestions, .. } | Problem::UnknownProtocol { suggestions, .. }
                if !suggestions.is_empty() =>
            {
                let names = self.alternatives(suggestions);
                self.text(&FilterMessage::Suggestions { names })
            }
            _ => self.text(&M::PolicyDocumentation),
        }
    }
}

fn problem(problem: &Problem) -> M {
    match problem {
        Problem::Syntax { message } => M::PolicySyntax {
            message: message.clone(),
        },
        Problem::NoRule => M::PolicyNoRule,
        Problem::TooLarge { limit } => M::PolicyTooLarge { limit: *limit as u64 },
        Problem::NoCriterion => M::PolicyNoCriterion,
        Problem::UnknownApplication { word, .. } => M::PolicyApplication { word: word.clone() },
        Problem::UnknownProtocol { word, .. } => M::PolicyProtocol { word: word.clone() },
        Problem::MixedLayers => M::PolicyMixedLayers,
        Problem::Name { text } => M::PolicyName { text: text.clone() },
        Problem::Port { text } => M::PolicyPort { text: text.clone() },
        Problem::Network { text } => M::PolicyNetwork { text: text.clone() },
    }
}
