//! Packets that could not be read, counted by what was wrong with them.

use whotalks_record::{Issue, IssueKind, Packet, Sink, Span};
use whotalks_wire::Stop;

/// Different kinds of damage that are told apart; there are some forty fields that can be wrong.
const MOST_KINDS: usize = 64;

/// What was wrong, and how often.
#[derive(Debug, Default)]
pub(crate) struct Damage {
    kinds: Vec<Kind>,
}

#[derive(Debug)]
struct Kind {
    stop: Stop,
    first: Span,
    count: u64,
}

impl Damage {
    /// Notes why reading a packet stopped. Protocols that are not read are no damage, except unknown link layers, which hide
    /// everything.
    pub(crate) fn note(&mut self, packet: &Packet<'_>, stop: Stop) {
        if matches!(stop, Stop::Unknown { field, .. } if field != "link_type") {
            return;
        }
        if let Some(kind) = self.kinds.iter_mut().find(|kind| is_same(&kind.stop, &stop)) {
            kind.count += 1;
        } else if self.kinds.len() < MOST_KINDS {
            self.kinds.push(Kind {
                stop,
                first: packet.span,
                count: 1,
            });
        }
    }

    /// States what was noted, each kind at its first packet.
    pub(crate) fn report(&self, sink: &mut dyn Sink) {
        for kind in &self.kinds {
            sink.issue(Issue {
                span: kind.first,
                kind: kind.issue(),
            });
        }
    }
}

impl Kind {
    fn issue(&self) -> IssueKind {
        let packets = if self.count == 1 {
            String::new()
        } else {
            format!(", and in {} more packets", self.count - 1)
        };
        let found = format!("{}{packets}", self.stop).into();
        match self.stop {
            Stop::Unknown { field, .. } => IssueKind::Unsupported { field, found },
            _ => IssueKind::Malformed {
                field: field(&self.stop),
                found,
            },
        }
    }
}

fn is_same(one: &Stop, two: &Stop) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(two)
        && field(one) == field(two)
        && match (one, two) {
            (Stop::Unknown { number: one, .. }, Stop::Unknown { number: two, .. }) => one == two,
            _ => true,
        }
}

const fn field(stop: &Stop) -> &'static str {
    match stop {
        Stop::Short(error) => error.field,
        Stop::Unknown { field, .. } | Stop::Malformed { field, .. } => field,
        Stop::TooDeep { .. } => "packet.headers",
    }
}
