//! One process from its start to its end, as far as the evidence shows.

use whotalks_record::{Pid, Span, Text, Timestamp};

/// One end of a process's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    /// Stated by an event.
    Exact(Timestamp),
    /// Known only to lie on the far side of this moment: alive then, or replaced then.
    Beyond(Timestamp),
}

/// A process instance: never overlaps another one of the same host and pid.
#[derive(Clone, Debug)]
pub(crate) struct Instance {
    pub(crate) pid: Pid,
    pub(crate) start: Bound,
    pub(crate) end: Bound,
    pub(crate) image: Option<Text>,
    pub(crate) command_line: Option<Text>,
    pub(crate) parent_pid: Option<Pid>,
    pub(crate) parent_image: Option<Text>,
    pub(crate) user: Option<Text>,
    pub(crate) services: Vec<Text>,
    pub(crate) proof: Vec<Span>,
}

impl Bound {
    pub(crate) fn moment(self) -> Timestamp {
        match self {
            Self::Exact(time) | Self::Beyond(time) => time,
        }
    }

    pub(crate) fn exact(self) -> Option<Timestamp> {
        match self {
            Self::Exact(time) => Some(time),
            Self::Beyond(_) => None,
        }
    }
}

impl Instance {
    /// Whether the life of the process is known to cover `time`.
    pub(crate) fn surely_covers(&self, time: Timestamp) -> bool {
        self.start.moment() <= time && time <= self.end.moment()
    }

    /// How far `time` lies outside the known life; zero inside.
    pub(crate) fn distance(&self, time: Timestamp) -> i64 {
        let before = self.start.moment() - time;
        let after = time - self.end.moment();
        before.0.max(after.0).max(0)
    }

    /// Whether `time` may lie in the life, given that an inexact bound may be further out.
    pub(crate) fn may_cover(&self, time: Timestamp) -> bool {
        let after_start = self.start.exact().is_none_or(|start| start <= time);
        let before_end = self.end.exact().is_none_or(|end| time <= end);
        after_start && before_end
    }
}
