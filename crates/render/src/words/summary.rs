//! Totals of an overview.

use std::collections::BTreeSet;

use whotalks_report::{BlockRow, EndpointRow, Explanation, Overview};

use super::Words;
use crate::messages::{LabelMessage, UnitMessage};

/// How many endpoints there are of each verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EndpointCounts {
    /// In the catalogue, reached by an expected program.
    pub known: u64,
    /// In the catalogue, reached by another program.
    pub unexpected: u64,
    /// Explained by program and name.
    pub explained: u64,
    /// Not explained.
    pub unknown: u64,
}

impl EndpointCounts {
    /// Counts the rows.
    pub fn of(rows: &[EndpointRow]) -> Self {
        let mut counts = Self::default();
        for row in rows {
            let counter = match row.explanation {
                Explanation::Known(_) => &mut counts.known,
                Explanation::KnownButUnexpectedProgram(_) => &mut counts.unexpected,
                Explanation::Explained => &mut counts.explained,
                Explanation::Unknown { .. } => &mut counts.unknown,
            };
            *counter += 1;
        }
        counts
    }
}

impl Words {
    /// `9 · 6 known, 2 explained, 1 unknown`; verdicts that do not occur are left out.
    pub fn endpoint_counts(&self, overview: &Overview) -> String {
        let total = overview.endpoints.len();
        if total == 0 {
            return self.text(&LabelMessage::NoEndpoints);
        }
        let counts = EndpointCounts::of(&overview.endpoints);
        let parts: Vec<String> = [
            (counts.unknown, LabelMessage::EndpointsUnknown { count: counts.unknown }),
            (
                counts.unexpected,
                LabelMessage::EndpointsUnexpected {
                    count: counts.unexpected,
                },
            ),
            (
                counts.explained,
                LabelMessage::EndpointsExplained {
                    count: counts.explained,
                },
            ),
            (counts.known, LabelMessage::EndpointsKnown { count: counts.known }),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(_, message)| self.text(&message))
        .collect();
        format!("{} · {}", crate::format::grouped(total as u64), self.list(&parts))
    }

    /// `14 connections by 2 filters`.
    pub fn blocked_summary(&self, rows: &[BlockRow]) -> String {
        self.text(&LabelMessage::BlockedSummary {
            connections: self.text(&UnitMessage::Connections {
                count: blocked_connections(rows),
            }),
            filters: self.text(&UnitMessage::Filters {
                count: blocking_filters(rows),
            }),
        })
    }
}

/// How many connections were blocked.
pub fn blocked_connections(rows: &[BlockRow]) -> u64 {
    rows.iter().fold(0, |sum, row| sum.saturating_add(row.connections))
}

/// How many filters blocked them.
pub fn blocking_filters(rows: &[BlockRow]) -> u64 {
    let filters: BTreeSet<_> = rows
        .iter()
        .filter_map(|row| row.filter.as_ref())
        .map(|filter| filter.id)
        .collect();
    filters.len() as u64
}
