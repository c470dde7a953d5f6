//! From the ticks of a trace to UTC.

use whotalks_record::{Nanoseconds, Timestamp};

/// What the ticks of a trace count (`TRACE_LOGFILE_HEADER.ReservedFlags`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClockKind {
    /// The performance counter.
    PerformanceCounter,
    /// The system time, in units of 100 ns since 1601.
    SystemTime,
    /// The cycles of the processor.
    ProcessorCycles,
}

impl ClockKind {
    /// The clock of that number; 0 means the performance counter.
    pub(super) const fn of(number: u32) -> Option<Self> {
        match number {
            0 | 1 => Some(Self::PerformanceCounter),
            2 => Some(Self::SystemTime),
            3 => Some(Self::ProcessorCycles),
            _ => None,
        }
    }
}

/// A clock that was set: where its ticks began and how fast they go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    SystemTime,
    Ticks {
        /// The ticks at `start`.
        first: u64,
        start: Timestamp,
        per_second: u64,
    },
}

impl Clock {
    /// When it showed that many ticks; none outside of the years that can be written.
    pub(super) fn time(&self, ticks: u64) -> Option<Timestamp> {
        match *self {
            Self::SystemTime => Some(Timestamp::from_filetime(ticks)),
            Self::Ticks {
                first,
                start,
                per_second,
            } => {
                let since = i128::from(ticks) - i128::from(first);
                let nanoseconds = (since * 1_000_000_000).div_euclid(per_second.into());
                Some(start + Nanoseconds(nanoseconds.try_into().ok()?))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_before_and_after_the_start_become_time() {
        let clock = Clock::Ticks {
            first: 1_000,
            start: Timestamp::from_seconds(1_700_000_000, 0),
            per_second: 2_597_027,
        };
        let at = |ticks| clock.time(ticks).unwrap() - Timestamp::from_seconds(1_700_000_000, 0);
        assert_eq!(at(1_000), Nanoseconds(0));
        assert_eq!(at(1_000 + 2_597_027), Nanoseconds(1_000_000_000));
        assert_eq!(at(999), Nanoseconds(-386));
    }

    #[test]
    fn no_number_of_ticks_overflows() {
        for per_second in [1, u64::MAX] {
            let clock = Clock::Ticks {
                first: 0,
                start: Timestamp::MAX,
                per_second,
            };
            let _ = clock.time(u64::MAX);
        }
    }
}
