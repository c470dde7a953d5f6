//! Interface descriptions and statistics, and the unit of their times.

use std::sync::Arc;

use whotalks_bytes::{ByteOrder, Cursor};
use whotalks_record::{InterfaceDescription, InterfaceId, IssueKind, LinkType, Section, TimeUnit, Timestamp};

use super::options::Options;
use super::processes::MOST_PROCESSES;
use super::texts::MOST_COMMENTS;
use super::{Block, Blocks, MOST_INTERFACES, lying_block};
use crate::framer::FrameSink;

/// Options of an Interface Description Block.
mod option {
    pub(super) const NAME: u16 = 2;
    pub(super) const DESCRIPTION: u16 = 3;
    pub(super) const RESOLUTION: u16 = 9;
    pub(super) const FILTER: u16 = 11;
    pub(super) const OPERATING_SYSTEM: u16 = 12;
    pub(super) const OFFSET: u16 = 14;
    pub(super) const HARDWARE: u16 = 15;
}

/// Options of a Section Header Block.
mod section_option {
    pub(super) const HARDWARE: u16 = 2;
    pub(super) const OPERATING_SYSTEM: u16 = 3;
    pub(super) const APPLICATION: u16 = 4;
}

/// Options of an Interface Statistics Block.
mod statistics_option {
    pub(super) const DROPPED_BY_INTERFACE: u16 = 5;
    pub(super) const DROPPED_BY_SYSTEM: u16 = 7;
}

/// An interface of the current section.
#[derive(Debug, Clone, Copy)]
pub(super) struct Interface {
    /// Its number over the whole file; none when there were too many.
    pub(super) id: Option<InterfaceId>,
    pub(super) link_type: LinkType,
    /// Bytes kept of each packet, 0 for all; counts only in packet blocks that state no length of their own.
    pub(super) snapshot_length: u32,
    clock: Clock,
}

impl Interface {
    #[inline]
    pub(super) fn timestamp(&self, high: u32, low: u32) -> Timestamp {
        self.clock.timestamp(u64::from(high) << 32 | u64::from(low))
    }
}

/// How an interface counts time.
#[derive(Debug, Clone, Copy)]
struct Clock {
    resolution: Resolution,
    offset_seconds: i64,
}

/// From units of time to nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Resolution {
    /// Units of a nanosecond or more.
    Multiply(u64),
    /// Decimal units below a nanosecond.
    Divide(u64),
    /// Units of a second divided by two to this power.
    PowerOfTwo(u32),
}

impl Resolution {
    const MICROSECONDS: Self = Self::Multiply(1_000);

    /// From `if_tsresol`: a power of ten, or of two when the highest bit is set.
    fn new(value: u8) -> Self {
        let exponent = u32::from(value & 0x7f);
        match exponent.checked_sub(9) {
            _ if value & 0x80 != 0 => Self::PowerOfTwo(exponent),
            Some(finer) => Self::Divide(10u64.checked_pow(finer).unwrap_or(u64::MAX)),
            None => Self::Multiply(10u64.saturating_pow(9 - exponent)),
        }
    }

    #[inline]
    fn nanoseconds(self, units: u64) -> i64 {
        let nanoseconds = match self {
            Self::Multiply(factor) => units.saturating_mul(factor),
            Self::Divide(divisor) => units / divisor,
            Self::PowerOfTwo(exponent) => {
                let scaled = (u128::from(units) * 1_000_000_000) >> exponent;
                u64::try_from(scaled).unwrap_or(u64::MAX)
            }
        };
        i64::try_from(nanoseconds).unwrap_or(i64::MAX)
    }
}

impl Clock {
    fn new(options: Options<'_>) -> Self {
        let resolution = options.find(option::RESOLUTION).and_then(<[u8]>::first);
        Self {
            resolution: resolution.map_or(Resolution::MICROSECONDS, |value| Resolution::new(*value)),
            offset_seconds: options.find_u64(option::OFFSET).map_or(0, u64::cast_signed),
        }
    }

    /// The coarsest unit that loses nothing of it that is kept.
    fn unit(self) -> TimeUnit {
        match self.resolution {
            Resolution::Multiply(factor) if factor >= 1_000 => TimeUnit::Microseconds,
            _ => TimeUnit::Nanoseconds,
        }
    }

    #[inline]
    fn timestamp(self, units: u64) -> Timestamp {
        let offset = self.offset_seconds.saturating_mul(1_000_000_000);
        Timestamp::from_nanoseconds(self.resolution.nanoseconds(units).saturating_add(offset))
    }
}

impl Blocks {
    /// Interface Description Block: link type 2, reserved 2, snapshot length 4, options.
    pub(super) fn interface<'a>(&mut self, block: Block<'a>, sink: &mut impl FrameSink<'a>) -> Result<(), IssueKind> {
        let mut cursor = block.cursor();
        let link_type = cursor.u16_by("pcapng.link_type", self.order).map_err(lying_block)?;
        cursor.skip("pcapng.reserved", 2).map_err(lying_block)?;
        let snapshot_length = cursor
            .u32_by("pcapng.snapshot_length", self.order)
            .map_err(lying_block)?;
        let options = Options::new(cursor, self.order);
        if self.interfaces.len() >= MOST_INTERFACES {
            self.skipped_interfaces += 1;
            return Ok(());
        }
        let clock = Clock::new(options);
        let described = self.describe(LinkType(link_type), snapshot_length, clock.unit(), options);
        let id = self.number_interface(&described);
        if let Some(id) = id {
            sink.interface(id, &described);
        }
        self.interfaces.push(Interface {
            id,
            link_type: LinkType(link_type),
            snapshot_length,
            clock,
        });
        Ok(())
    }

    fn describe(
        &mut self,
        link_type: LinkType,
        snapshot_length: u32,
        unit: TimeUnit,
        options: Options<'_>,
    ) -> InterfaceDescription {
        let texts = &mut self.texts;
        InterfaceDescription {
            link_type,
            snapshot_length,
            unit,
            number: self.interfaces.len().try_into().ok(),
            name: texts.find(options, option::NAME),
            description: texts.find(options, option::DESCRIPTION),
            hardware: texts.find(options, option::HARDWARE),
            operating_system: texts.find(options, option::OPERATING_SYSTEM),
            filter: texts.filter(options, option::FILTER),
            comments: texts.comments(options),
            section: Arc::clone(&self.section),
        }
    }

    fn number_interface(&mut self, described: &InterfaceDescription) -> Option<InterfaceId> {
        if self.ledger.len() >= MOST_INTERFACES {
            self.skipped_interfaces += 1;
            return None;
        }
        let name = described.name.as_ref().or(described.description.as_ref());
        Some(self.ledger.add(name.cloned()))
    }

    /// Section Header Block: byte order 4, version 2 and 2, length of the section 8, options.
    pub(super) fn section(&mut self, block: Block<'_>) -> Result<(), IssueKind> {
        let mut cursor = block.cursor();
        cursor.skip("pcapng.section_header", 16).map_err(lying_block)?;
        let options = Options::new(cursor, self.order);
        let texts = &mut self.texts;
        self.sections = self.sections.saturating_add(1);
        self.section = Arc::new(Section {
            number: self.sections,
            hardware: texts.find(options, section_option::HARDWARE),
            operating_system: texts.find(options, section_option::OPERATING_SYSTEM),
            application: texts.find(options, section_option::APPLICATION),
            comments: texts.comments(options),
        });
        Ok(())
    }

    /// Interface Statistics Block: interface 4, time 8, options.
    pub(super) fn statistics(&mut self, block: Block<'_>) -> Result<(), IssueKind> {
        let mut cursor = block.cursor();
        let interface = cursor.u32_by("pcapng.interface", self.order).map_err(lying_block)?;
        cursor.skip("pcapng.time", 8).map_err(lying_block)?;
        let options = Options::new(cursor, self.order);
        let lost = [
            statistics_option::DROPPED_BY_INTERFACE,
            statistics_option::DROPPED_BY_SYSTEM,
        ]
        .into_iter()
        .filter_map(|code| options.find_u64(code))
        .reduce(u64::saturating_add);
        let id = self
            .interfaces
            .get(interface as usize)
            .and_then(|interface| interface.id);
        if let Some(coverage) = id.and_then(|id| self.ledger.get_mut(id)) {
            coverage.lost_by_statistics = lost.or(coverage.lost_by_statistics);
        }
        Ok(())
    }

    /// Says what was not kept.
    pub(super) fn report_bounds<'a>(&self, sink: &mut impl FrameSink<'a>) {
        let (dropped, most_bytes) = self.texts.dropped();
        let bounds = [
            ("pcapng.interfaces", MOST_INTERFACES as u64, self.skipped_interfaces),
            ("pcapng.descriptions", most_bytes, dropped),
            ("pcapng.packet_comments", MOST_COMMENTS as u64, self.skipped_comments),
            ("pcapng.processes", MOST_PROCESSES as u64, self.processes.skipped()),
        ];
        for (bound, limit, count) in bounds.into_iter().filter(|(.., count)| *count > 0) {
            sink.issue(whotalks_record::Issue {
                span: whotalks_record::Span::whole(self.evidence),
                kind: IssueKind::BoundReached { bound, limit, count },
            });
        }
    }
}

/// Reads the two halves of a time, high first.
pub(super) fn time_halves(cursor: &mut Cursor<'_>, order: ByteOrder) -> Result<(u32, u32), IssueKind> {
    let high = cursor.u32_by("pcapng.time_high", order).map_err(lying_block)?;
    let low = cursor.u32_by("pcapng.time_low", order).map_err(lying_block)?;
    Ok((high, low))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(resolution: u8, units: u64) -> i64 {
        Resolution::new(resolution).nanoseconds(units)
    }

    #[test]
    fn times_in_every_unit_become_nanoseconds() {
        assert_eq!(at(0, 2), 2_000_000_000);
        assert_eq!(at(3, 2), 2_000_000);
        assert_eq!(at(6, 2), 2_000);
        assert_eq!(at(9, 2), 2);
        assert_eq!(at(12, 2_999), 2);
        assert_eq!(at(0x80 | 1, 3), 1_500_000_000);
        assert_eq!(at(0x80 | 32, 1 << 31), 500_000_000);
    }

    #[test]
    fn an_offset_moves_the_time_by_seconds() {
        let clock = Clock {
            resolution: Resolution::MICROSECONDS,
            offset_seconds: -10,
        };
        assert_eq!(clock.timestamp(11_000_001), Timestamp::from_nanoseconds(1_000_001_000));
    }

    proptest! {
        #[test]
        fn any_unit_and_any_time_saturate(resolution: u8, units: u64, offset_seconds: i64) {
            let clock = Clock { resolution: Resolution::new(resolution), offset_seconds };
            let _ = clock.timestamp(units);
            prop_assert!(Resolution::new(resolution).nanoseconds(units) >= 0);
        }
    }
}
