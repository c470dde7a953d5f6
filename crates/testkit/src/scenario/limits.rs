//! What a collection could never have seen: the other direction of a tap, and the part of a log after its export.

use crate::clock::{HOUR, SECOND};
use crate::random::Random;
use crate::scenario::knobs::{CapturedSide, Knobs};
use crate::scenario::model::Host;

/// How long a clock that is stepped again and again stays where it is.
const STEADY: i64 = 15 * SECOND;

/// Takes the packets of the direction that the capture is blind to out of the story.
pub(crate) fn blind(host: &mut Host, knobs: &Knobs) {
    let seen_from_local = match knobs.captured_side {
        CapturedSide::Both => return,
        CapturedSide::Sent => true,
        CapturedSide::Received => false,
    };
    for flow in &mut host.flows {
        flow.packets.retain(|packet| packet.from_local == seen_from_local);
    }
}

/// How far the clock of the host runs ahead at a true instant: always as much, or anew every few seconds, as on a virtual
/// machine whose clock two services set against each other.
pub(crate) fn clock_ahead_ns(host: &Host, knobs: &Knobs, time_ns: i64) -> i64 {
    if !knobs.stepped_clock {
        return host.skew_ns;
    }
    let steps = Random::new(host.skew_ns.unsigned_abs());
    steps
        .fork(&format!("step {}", time_ns.div_euclid(STEADY)))
        .between(-2 * HOUR, 2 * HOUR)
}
