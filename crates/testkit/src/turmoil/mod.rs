//! Random TCP conversations in which everything goes wrong that goes wrong on networks: loss, reordering, duplicates,
//! keep-alives, windows of zero, numbers that wrap around, beginnings that were not captured, resets, ports used again.
//!
//! They are for comparing what two programs say of each segment; there is no truth beside them.
//!
//! | file | what it holds |
//! |---|---|
//! | `conversation` | both ends and what they send next |
//! | `network` | what becomes of it on its way into the capture |
//! | `packet` | one segment, and its bytes |

mod conversation;
mod network;
mod packet;

use crate::random::Random;
use conversation::Conversation;

/// pcap with nanoseconds, little-endian (draft-ietf-opsawg-pcap).
const MAGIC_NANOSECONDS: u32 = 0xa1b2_3c4d;
/// 2026-11-20T01:02:11Z in nanoseconds.
const BEGINS_NS: u64 = 1_795_136_531_000_000_000;
/// Between two conversations.
const PAUSE_NS: u64 = 1_000_000_000;

/// A capture with that many conversations, one after the other; the same bytes for the same seed.
#[must_use]
pub fn capture(seed: u64, conversations: u16) -> Vec<u8> {
    let mut bytes = file_header();
    let mut now = BEGINS_NS;
    for number in 0..conversations {
        let random = Random::new(seed).fork(&number.to_string());
        for packet in Conversation::new(number, now, random).play() {
            now = now.max(packet.time_ns);
            packet.write(&mut bytes);
        }
        now += PAUSE_NS;
    }
    bytes
}

fn file_header() -> Vec<u8> {
    let mut bytes = MAGIC_NANOSECONDS.to_le_bytes().to_vec();
    bytes.extend([2, 0, 4, 0]);
    for number in [0_u32, 0, 262_144, 1] {
        bytes.extend(number.to_le_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::capture;

    #[test]
    fn a_seed_always_gives_the_same_capture_and_another_one_another() {
        assert_eq!(capture(1, 20), capture(1, 20));
        assert_ne!(capture(1, 20), capture(2, 20));
        assert!(capture(1, 20).starts_with(&capture(1, 10)));
    }
}
