//! Names of hosts.

use super::Problem;

/// The longest name of a host (RFC 1035 section 2.3.4).
const LONGEST_NAME: usize = 255;

/// A name, or with `*.` before it all names below it. Case and a dot at the end do not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamePattern {
    /// In lower case.
    name: String,
    is_below: bool,
}

impl NamePattern {
    pub(super) fn parse(text: &str) -> Result<Self, Problem> {
        let (name, is_below) = match text.strip_prefix("*.") {
            Some(name) => (name, true),
            None => (text, false),
        };
        let name = normal(name);
        let is_name = name.len() <= LONGEST_NAME && !name.contains(['*', '/', ' ', ':']);
        if name.split('.').any(str::is_empty) || !is_name {
            return Err(Problem::Name { text: text.to_owned() });
        }
        Ok(Self { name, is_below })
    }

    /// Whether it means a name.
    #[must_use]
    pub fn fits(&self, name: &str) -> bool {
        let name = normal(name);
        if !self.is_below {
            return name == self.name;
        }
        name.strip_suffix(&self.name)
            .is_some_and(|rest| rest.len() > 1 && rest.ends_with('.'))
    }
}

fn normal(name: &str) -> String {
    name.strip_suffix('.').unwrap_or(name).to_lowercase()
}
