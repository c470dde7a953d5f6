//! What becomes of a segment on its way into the capture.

use super::packet::Packet;
use crate::random::Random;

/// Times between two things that happen: around every threshold that an analysis may have, and none at all.
pub(super) const GAPS_NS: [u64; 12] = [
    0,
    1_000,
    50_000,
    500_000,
    2_900_000,
    3_100_000,
    10_000_000,
    19_000_000,
    21_000_000,
    200_000_000,
    1_000_000_000,
    61_000_000_000,
];

/// Packets at the beginning of a conversation that keep their times.
const OPENING_PACKETS: usize = 5;

/// A network, and the capture beside it.
#[derive(Debug)]
pub(super) struct Network {
    /// Of a hundred segments, so many meet each mischance.
    percent: u64,
    /// Its clock jumps back now and then.
    runs_back: bool,
    captured: Vec<Packet>,
}

impl Network {
    pub(super) fn new(random: &mut Random) -> Self {
        Self {
            percent: random.pick(&[0, 1, 3, 8, 15]),
            runs_back: random.chance(5),
            captured: Vec::new(),
        }
    }

    /// Takes a segment, which is lost, delayed, doubled, cut, or simply captured.
    pub(super) fn carry(&mut self, mut packet: Packet, random: &mut Random) {
        if random.chance(self.percent) {
            return;
        }
        packet.is_cut = random.chance(self.percent / 3);
        if random.chance(self.percent) {
            packet.time_ns += random.pick(&GAPS_NS) + 1;
        }
        if random.chance(self.percent / 2) {
            let mut again = packet.clone();
            again.time_ns += random.pick(&GAPS_NS);
            self.captured.push(again);
        }
        self.captured.push(packet);
    }

    /// What was captured, in the order of the capture.
    pub(super) fn captured(mut self, random: &mut Random) -> Vec<Packet> {
        self.captured.sort_by_key(|packet| packet.time_ns);
        if self.runs_back {
            // No clock measures a handshake during which it is set back.
            for packet in self.captured.iter_mut().skip(OPENING_PACKETS) {
                if random.chance(10) {
                    packet.time_ns -= 5_000_000;
                }
            }
        }
        self.captured
    }
}
