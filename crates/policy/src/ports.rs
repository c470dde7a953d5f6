//! Ports and ranges of ports.

use super::Problem;

/// A port or a range of them: `23`, `6881-6889`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PortRange {
    first: u16,
    last: u16,
}

impl PortRange {
    pub(super) fn parse(text: &str) -> Result<Self, Problem> {
        let wrong = || Problem::Port { text: text.to_owned() };
        let number = |text: &str| text.trim().parse::<u16>().map_err(|_| wrong());
        let (first, last) = match text.split_once('-') {
            Some((first, last)) => (number(first)?, number(last)?),
            None => (number(text)?, number(text)?),
        };
        if first > last {
            return Err(wrong());
        }
        Ok(Self { first, last })
    }

    /// Whether a port lies in it.
    #[must_use]
    pub const fn contains(&self, port: u16) -> bool {
        self.first <= port && port <= self.last
    }
}
