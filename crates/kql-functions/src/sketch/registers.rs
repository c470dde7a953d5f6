//! HyperLogLog registers (Flajolet and others, 2007), and the estimate of Ertl (2017), which needs no tables.

use std::borrow::Cow;

/// Bits of a digest that choose a register: 16,384 registers, whose error is about 0.8 %.
const INDEX_BITS: u32 = 14;
pub(super) const REGISTERS: usize = 1 << INDEX_BITS;
/// The greatest rank: all bits that do not choose the register are zero.
const MOST_RANK: u32 = u64::BITS - INDEX_BITS + 1;
/// Bits that a rank takes in a note.
const RANK_BITS: u32 = 6;
/// How many notes wait before they are taken in: rows of many groups come in turn, and every note taken in by itself would wait for
/// memory, as the registers of thousands of groups are more than a processor keeps at hand.
const MOST_WAITING: usize = 1_024;

/// For each register the greatest rank among the digests that chose it.
#[derive(Clone, Debug)]
pub(super) struct Registers {
    ranks: Vec<u8>,
    /// Registers and ranks that are not taken in yet.
    waiting: Vec<u32>,
}

impl Registers {
    /// The registers that digests leave behind.
    pub(super) fn of(digests: &[i64]) -> Self {
        let mut registers = Self {
            ranks: vec![0; REGISTERS],
            waiting: Vec::new(),
        };
        digests.iter().for_each(|digest| registers.note(*digest));
        registers
    }

    /// Registers with these ranks; none where their number or a rank is not one.
    pub(super) fn with_ranks(ranks: Vec<u8>) -> Option<Self> {
        let valid = ranks.len() == REGISTERS && ranks.iter().all(|rank| u32::from(*rank) <= MOST_RANK);
        valid.then(|| Self {
            ranks,
            waiting: Vec::new(),
        })
    }

    /// Notes how many zeros come before the first one in the bits of a digest that do not choose its register.
    pub(super) fn note(&mut self, digest: i64) {
        self.waiting.push(noted(digest));
        if self.waiting.len() >= MOST_WAITING {
            take_in(&mut self.ranks, &self.waiting);
            self.waiting.clear();
        }
    }

    /// Takes over the ranks of others.
    pub(super) fn merge(&mut self, ranks: &[u8]) {
        let pairs = self.ranks.iter_mut().zip(ranks);
        pairs.for_each(|(own, other)| *own = (*own).max(*other));
    }

    /// All ranks, with what waits.
    pub(super) fn ranks(&self) -> Cow<'_, [u8]> {
        if self.waiting.is_empty() {
            return Cow::Borrowed(&self.ranks);
        }
        let mut ranks = self.ranks.clone();
        take_in(&mut ranks, &self.waiting);
        Cow::Owned(ranks)
    }

    /// The bytes that are held.
    pub(super) fn bytes(&self) -> usize {
        let waiting = self.waiting.capacity().saturating_mul(size_of::<u32>());
        self.ranks.len().saturating_add(waiting)
    }
}

/// The register of a digest and its rank, as one number.
fn noted(digest: i64) -> u32 {
    let digest = digest.cast_unsigned();
    let rank = ((digest << INDEX_BITS).leading_zeros() + 1).min(MOST_RANK);
    let index = digest >> (u64::BITS - INDEX_BITS);
    u32::try_from(index).unwrap_or(0) << RANK_BITS | rank
}

fn take_in(ranks: &mut [u8], notes: &[u32]) {
    for note in notes {
        let (index, rank) = (note >> RANK_BITS, note & ((1 << RANK_BITS) - 1));
        if let (Some(register), Ok(rank)) = (ranks.get_mut(index as usize), u8::try_from(rank)) {
            *register = (*register).max(rank);
        }
    }
}

/// How many different digests leave such registers behind ("improved raw estimate" of Ertl).
pub(super) fn estimate(registers: &[u8]) -> i64 {
    let most = MOST_RANK as usize;
    let mut histogram = vec![0.0f64; most + 1];
    for rank in registers {
        if let Some(count) = histogram.get_mut(usize::from(*rank)) {
            *count += 1.0;
        }
    }
    let count = REGISTERS as f64;
    let at = |rank: usize| histogram.get(rank).copied().unwrap_or(0.0);
    let mut sum = count * tau(1.0 - at(most) / count);
    for rank in (1..most).rev() {
        sum = 0.5 * (sum + at(rank));
    }
    sum += count * sigma(at(0) / count);
    let alpha = 0.5 / std::f64::consts::LN_2;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "an estimate of a count of 64-bit digests"
    )]
    let estimate = (alpha * count * count / sum).round() as i64;
    estimate
}

fn sigma(mut share: f64) -> f64 {
    if share >= 1.0 {
        return f64::INFINITY;
    }
    let (mut weight, mut sum) = (1.0, share);
    loop {
        share *= share;
        let before = sum;
        sum += share * weight;
        weight += weight;
        if sum == before {
            return sum;
        }
    }
}

fn tau(mut share: f64) -> f64 {
    if share <= 0.0 || share >= 1.0 {
        return 0.0;
    }
    let (mut weight, mut sum) = (1.0, 1.0 - share);
    loop {
        share = share.sqrt();
        let before = sum;
        weight *= 0.5;
        sum -= (1.0 - share) * (1.0 - share) * weight;
        if sum == before {
            return sum / 3.0;
        }
    }
}
