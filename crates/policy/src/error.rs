//! What can be wrong with a policy.

/// Why a text is no policy, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct PolicyError {
    /// The number of the rule, from 1, where it is known.
    pub rule: Option<usize>,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The text is no TOML, or has keys that a policy does not have.
    #[error("{message}")]
    Syntax {
        /// What the reader of TOML says.
        message: String,
    },
    /// There is no rule.
    #[error("the policy has no [[rule]]")]
    NoRule,
    /// The text or the list of rules is longer than it may be.
    #[error("the policy is larger than {limit}")]
    TooLarge {
        /// Bytes or rules.
        limit: usize,
    },
    /// A rule that would forbid everything.
    #[error("the rule names neither applications nor protocols, names, ports or destinations")]
    NoCriterion,
    /// A rule that asks for protocols below TCP and UDP and for what only conversations over these have.
    #[error("protocols cannot stand beside applications, names, ports or a transport")]
    MixedLayers,
    /// No application has that word.
    #[error("there is no application {word:?}")]
    UnknownApplication {
        /// The word.
        word: String,
        /// Words like it.
        suggestions: Vec<&'static str>,
    },
    /// No protocol has that name.
    #[error("there is no protocol {word:?}")]
    UnknownProtocol {
        /// The name.
        word: String,
        /// Names like it.
        suggestions: Vec<&'static str>,
    },
    /// A name that is none.
    #[error("{text:?} is no name of a host")]
    Name {
        /// What stands there.
        text: String,
    },
    /// A port that is none.
    #[error("{text:?} is no port and no range of ports")]
    Port {
        /// What stands there.
        text: String,
    },
    /// A network that is none.
    #[error("{text:?} is no address and no network")]
    Network {
        /// What stands there.
        text: String,
    },
}

impl Problem {
    pub(super) const fn somewhere(self) -> PolicyError {
        PolicyError {
            rule: None,
            line: None,
            problem: self,
        }
    }

    pub(super) const fn in_rule(self, number: usize) -> PolicyError {
        PolicyError {
            rule: Some(number),
            line: None,
            problem: self,
        }
    }
}

pub(super) fn syntax(text: &str, error: &toml::de::Error) -> PolicyError {
    let before = error.span().and_then(|span| text.get(..span.start));
    PolicyError {
        rule: None,
        line: before.map(|before| before.matches('\n').count() + 1),
        problem: Problem::Syntax {
            message: error.message().to_owned(),
        },
    }
}
