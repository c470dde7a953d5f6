//! What is asked of a capture.

use whotalks_record::Nanoseconds;

/// A statistic that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Statistic {
    /// Which protocols lie in which.
    Hierarchy,
    /// Who talked to whom.
    Conversations,
    /// Who talked.
    Endpoints,
    /// Who was sent to, by protocol and port.
    Destinations,
    /// Initial round-trip times.
    RoundTrips,
    /// Traffic by port.
    Ports,
    /// How long packets are.
    Lengths,
    /// Traffic over time.
    Traffic,
    /// Names that were asked for.
    Dns,
    /// Requests and answers.
    Http,
    /// Handshakes.
    Tls,
    /// What is remarkable.
    Expert,
}

impl Statistic {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 12] = [
        Self::Hierarchy,
        Self::Conversations,
        Self::Endpoints,
        Self::Destinations,
        Self::RoundTrips,
        Self::Ports,
        Self::Lengths,
        Self::Traffic,
        Self::Dns,
        Self::Http,
        Self::Tls,
        Self::Expert,
    ];

    /// The word for it on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hierarchy => "hierarchy",
            Self::Conversations => "conversations",
            Self::Endpoints => "endpoints",
            Self::Destinations => "destinations",
            Self::RoundTrips => "rtt",
            Self::Ports => "ports",
            Self::Lengths => "lengths",
            Self::Traffic => "io",
            Self::Dns => "dns",
            Self::Http => "http",
            Self::Tls => "tls",
            Self::Expert => "expert",
        }
    }
}

/// Which statistics are wanted, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    wanted: u16,
    /// How long an interval of [`Statistic::Traffic`] is.
    pub interval: Nanoseconds,
}

impl Question {
    /// Asks for these statistics, with intervals of a second.
    #[must_use]
    pub fn new(statistics: &[Statistic]) -> Self {
        Self {
            wanted: statistics
                .iter()
                .fold(0, |wanted, statistic| wanted | 1 << *statistic as u16),
            interval: Nanoseconds::from_seconds(1),
        }
    }

    /// Whether a statistic is wanted.
    #[inline]
    #[must_use]
    pub const fn wants(&self, statistic: Statistic) -> bool {
        self.wanted & (1 << statistic as u16) != 0
    }

    /// Whether any of these is wanted.
    #[must_use]
    pub fn wants_any(&self, statistics: &[Statistic]) -> bool {
        statistics.iter().any(|statistic| self.wants(*statistic))
    }
}
