//! Evidence, coverage, clocks, moments.

use whotalks_correlate::{ClockOffset, CoverageLine};
use whotalks_record::{EvidenceId, Nanoseconds, SourceKind};
use whotalks_report::{BlockRow, DropRow, EndpointEventKind, EvidenceLine};

use super::{Words, quote};
use crate::messages::{LabelMessage, UnitMessage, WordMessage};

/// Seconds in an hour: a drift is told per hour, since per second it is too small to read.
const HOUR_SECONDS: f64 = 3_600.0;

impl Words {
    /// How many units a source read and lost: `84,211 packets, 0 lost`.
    pub fn units(&self, line: &CoverageLine) -> String {
        let count = line.units;
        let read = self.text(&match line.source {
            SourceKind::Packets | SourceKind::PacketProcesses => UnitMessage::Packets { count },
            SourceKind::SocketList | SourceKind::ProcessList => UnitMessage::Rows { count },
            SourceKind::FilterDump => UnitMessage::Filters { count },
            SourceKind::Counters | SourceKind::ResolverCache | SourceKind::DeviceSettings => {
                UnitMessage::Items { count }
            }
            _ => UnitMessage::Events { count },
        });
        let lost = line.lost.map(|count| self.text(&UnitMessage::LostUnits { count }));
        self.list(&std::iter::once(read).chain(lost).collect::<Vec<_>>())
    }

    /// The clock of one source against another.
    pub fn clock(&self, clock: &ClockOffset, evidence: &[EvidenceLine]) -> String {
        let file = |id: EvidenceId| file_name(evidence, id);
        let (source, reference) = (file(clock.source), file(clock.reference));
        let pairs = self.text(&LabelMessage::ClockPairs { count: clock.pairs });
        if !clock.aligned {
            return self.text(&LabelMessage::ClockNotAligned {
                source,
                reference,
                pairs,
            });
        }
        let (offset, spread) = (self.span(clock.offset), self.span(clock.spread));
        let sentence = self.text(&if clock.offset < Nanoseconds::ZERO {
            LabelMessage::ClockBehind {
                source,
                reference,
                offset,
                spread,
                pairs,
            }
        } else {
            LabelMessage::ClockAhead {
                source,
                reference,
                offset,
                spread,
                pairs,
            }
        });
        self.with_detail(
            sentence,
            &clock
                .drift_per_second
                .map_or_else(String::new, |drift| self.drift(drift)),
        )
    }

    fn drift(&self, per_second: f64) -> String {
        let drift = self.span(Nanoseconds((per_second * HOUR_SECONDS * 1e9) as i64));
        let sign = if per_second < 0.0 { "−" } else { "+" };
        self.text(&LabelMessage::ClockDrift {
            drift: format!("{sign}{drift}"),
        })
    }

    /// One moment in the life of an endpoint.
    pub fn moment(&self, kind: &EndpointEventKind) -> String {
        self.text(&match kind {
            EndpointEventKind::ProcessStart(image) => WordMessage::MomentProcessStart { image: quote(image) },
            EndpointEventKind::NameSeen(name) => WordMessage::MomentNameSeen { name: quote(name) },
            EndpointEventKind::Connect {
                local_port,
                bytes: None,
            } => WordMessage::MomentConnect {
                port: local_port.to_string(),
            },
            EndpointEventKind::Connect {
                local_port,
                bytes: Some(bytes),
            } => WordMessage::MomentConnectBytes {
                port: local_port.to_string(),
                bytes: self.size(*bytes),
            },
            EndpointEventKind::Block => WordMessage::MomentBlock,
            EndpointEventKind::Close => WordMessage::MomentClose,
            EndpointEventKind::ProcessEnd => WordMessage::MomentProcessEnd,
        })
    }

    /// Who was blocked on the way where: `svchost.exe → 198.51.100.20:445`.
    pub fn blocked(&self, row: &BlockRow) -> String {
        let program = self.program(&row.program);
        let Some(remote) = row.remote.map(|it| it.to_string()) else {
            return self.text(&LabelMessage::BlockLocal { program });
        };
        self.text(&match row.direction {
            Some(whotalks_record::Direction::Inbound) => LabelMessage::BlockFrom { program, remote },
            Some(whotalks_record::Direction::Outbound) | None => LabelMessage::BlockTo { program, remote },
        })
    }

    /// Packets that were dropped without being a block.
    pub fn dropped(&self, row: &DropRow) -> String {
        let packets = self.text(&UnitMessage::Packets { count: row.packets });
        let flows = self.text(&UnitMessage::Conversations { count: row.flows });
        self.text(&if row.late_segments {
            LabelMessage::DropLateSegments { packets, flows }
        } else {
            LabelMessage::DropOther { packets, flows }
        })
    }
}

/// The file name of a piece of evidence; its reference where the manifest lacks it.
pub fn file_name(evidence: &[EvidenceLine], id: EvidenceId) -> String {
    let line = evidence.iter().find(|line| line.id == id);
    line.map_or_else(|| id.to_string(), |line| quote(base_name(&line.path)))
}

/// The last part of a path of either system or of an archive member.
pub fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\', '!'])
        .find(|part| !part.is_empty())
        .unwrap_or(path)
}
