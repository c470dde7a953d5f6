//! Counting different values in bounded memory: digests one by one as long as they are few, then registers.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use whotalks_kql_values::{DynamicBuilder, DynamicView, Value};

use super::digests::Digests;
use super::registers::{REGISTERS, Registers, estimate};
use crate::hash::bytes::{xxhash64, xxhash64_of};

/// The first element of the array that a summary travels as.
const MARK: &str = "hll";
/// Digests that are kept one by one; their count is exact.
const MOST_DIGESTS: usize = 2_048;

/// More sets than this are not intersected by their unions, whose number doubles with each.
const MOST_SETS: usize = 8;

/// How many different values were seen.
#[derive(Clone, Debug)]
pub struct Hll {
    kept: Kept,
}

#[derive(Clone, Debug)]
enum Kept {
    Digests(Digests),
    Registers(Registers),
}

/// What is kept, with every digest once: digests as far as they are few enough, else registers.
enum Settled<'h> {
    Digests(Cow<'h, [i64]>),
    Registers(Cow<'h, [u8]>),
}

impl Default for Hll {
    fn default() -> Self {
        Self {
            kept: Kept::Digests(Digests::default()),
        }
    }
}

impl Hll {
    /// Takes a value that is not null.
    pub fn add(&mut self, value: &Value<'_>) {
        if !value.is_null() {
            self.add_digest(xxhash64(&value.unpacked()));
        }
    }

    /// Takes a text, without a value made of it.
    pub fn add_text(&mut self, text: &str) {
        self.add_digest(xxhash64_of(text.as_bytes()));
    }

    fn add_digest(&mut self, digest: i64) {
        match &mut self.kept {
            Kept::Digests(digests) => {
                if digests.add(digest) && digests.settle() > MOST_DIGESTS {
                    self.spread();
                }
            }
            Kept::Registers(registers) => registers.note(digest),
        }
    }

    /// Turns digests into registers.
    fn spread(&mut self) {
        if let Kept::Digests(digests) = &self.kept {
            self.kept = Kept::Registers(Registers::of(&digests.settled()));
        }
    }

    /// What is kept, in one form however it came.
    fn settled(&self) -> Settled<'_> {
        match &self.kept {
            Kept::Registers(registers) => Settled::Registers(registers.ranks()),
            Kept::Digests(digests) => {
                let settled = digests.settled();
                if settled.len() > MOST_DIGESTS {
                    return Settled::Registers(Cow::Owned(Registers::of(&settled).ranks().into_owned()));
                }
                Settled::Digests(settled)
            }
        }
    }

    /// Takes over what another one saw.
    pub fn merge(&mut self, other: &Self) {
        match other.settled() {
            Settled::Digests(digests) => digests.iter().for_each(|digest| self.add_digest(*digest)),
            Settled::Registers(others) => self.take_over(&others),
        }
    }

    /// Takes over the ranks of registers.
    fn take_over(&mut self, ranks: &[u8]) {
        self.spread();
        if let Kept::Registers(registers) = &mut self.kept {
            registers.merge(ranks);
        }
    }

    /// How many different values there were: exact up to 2,048, an estimate above.
    #[must_use]
    pub fn count(&self) -> i64 {
        match self.settled() {
            Settled::Digests(digests) => i64::try_from(digests.len()).unwrap_or(i64::MAX),
            Settled::Registers(registers) => estimate(&registers),
        }
    }

    /// As [`Self::count`], of one that is needed no more.
    #[must_use]
    pub fn into_count(mut self) -> i64 {
        if let Kept::Digests(digests) = &mut self.kept {
            digests.settle();
        }
        self.count()
    }

    /// How many values several have in common: exact where all are, else by what their unions leave.
    #[must_use]
    pub fn common(several: &[Self]) -> i64 {
        let digests = |one: &Self| match one.settled() {
            Settled::Digests(digests) => Some(digests.into_owned()),
            Settled::Registers(_) => None,
        };
        let exact: Option<Vec<Vec<i64>>> = several.iter().map(digests).collect();
        match exact {
            Some(sets) => {
                let common = sets.into_iter().reduce(|mut left, right| {
                    left.retain(|digest| right.binary_search(digest).is_ok());
                    left
                });
                i64::try_from(common.map_or(0, |common| common.len())).unwrap_or(i64::MAX)
            }
            None => Self::by_unions(several),
        }
    }

    /// What is in all sets, by inclusion and exclusion of the unions of some of them.
    fn by_unions(several: &[Self]) -> i64 {
        let Some(choices) = 1u32.checked_shl(u32::try_from(several.len().min(MOST_SETS)).unwrap_or(0)) else {
            return 0;
        };
        let mut sum = 0;
        for choice in 1..choices {
            let mut union = Self::default();
            let chosen = several
                .iter()
                .enumerate()
                .filter(|(index, _)| (choice >> index) & 1 == 1);
            chosen.for_each(|(_, one)| union.merge(one));
            let sign = if choice.count_ones() % 2 == 1 { 1 } else { -1 };
            sum += sign * union.count();
        }
        sum.max(0)
    }

    /// Whether no value was seen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(&self.kept, Kept::Digests(digests) if digests.is_empty())
    }

    /// The bytes that are held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        match &self.kept {
            Kept::Digests(digests) => digests.bytes(),
            Kept::Registers(registers) => registers.bytes(),
        }
    }

    /// The summary as bytes for [`Self::merge_bytes`]: digests of eight bytes, or all registers.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        match &self.kept {
            // Whoever takes them over takes out what is there twice.
            Kept::Digests(digests) => digests.to_bytes(),
            // Longer by a byte than any number of digests, so that the length tells the two apart.
            Kept::Registers(registers) => [&*registers.ranks(), &[0]].concat(),
        }
    }

    /// Takes over what another one saw.
    pub fn merge_bytes(&mut self, bytes: &[u8]) {
        match bytes.split_last() {
            Some((_, registers)) if registers.len() == REGISTERS => self.take_over(registers),
            _ => bytes
                .as_chunks()
                .0
                .iter()
                .for_each(|digest| self.add_digest(i64::from_le_bytes(*digest))),
        }
    }

    /// The summary as a dynamic value.
    #[must_use]
    pub fn to_dynamic(&self) -> Vec<u8> {
        let mark = DynamicBuilder::string(MARK);
        match self.settled() {
            Settled::Digests(digests) => {
                let digests = digests.iter().map(|digest| DynamicBuilder::long(*digest));
                DynamicBuilder::array(std::iter::once(mark).chain(digests))
            }
            Settled::Registers(registers) => {
                DynamicBuilder::array([mark, DynamicBuilder::string(&BASE64.encode(&*registers))])
            }
        }
    }

    /// Reads a summary; none where the value is something else.
    #[must_use]
    pub fn from_dynamic(view: DynamicView<'_>) -> Option<Self> {
        let mut elements = view.elements()?;
        if elements.next()?.text()? != MARK {
            return None;
        }
        let mut hll = Self::default();
        for element in elements {
            match element.to_value() {
                Value::Long(digest) => hll.add_digest(digest),
                Value::String(text) => {
                    let ranks = BASE64.decode(text.as_bytes()).ok()?;
                    hll.kept = Kept::Registers(Registers::with_ranks(ranks)?);
                }
                _ => return None,
            }
        }
        Some(hll)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(range: std::ops::Range<i64>) -> Hll {
        let mut hll = Hll::default();
        range.for_each(|number| hll.add(&Value::Long(number)));
        hll
    }

    #[test]
    fn few_values_are_counted_and_many_estimated() {
        for few in [0, 1, 2_000, 2_048] {
            assert_eq!(of(0..few).count(), few);
        }
        let mut again = of(0..2_000);
        for _ in 0..5 {
            (0..2_000).for_each(|number| again.add(&Value::Long(number)));
            assert_eq!(again.count(), 2_000);
        }
        for many in [3_000, 50_000, 400_000] {
            let share = of(0..many).count() as f64 / many as f64;
            assert!((share - 1.0).abs() < 0.03, "{many}: {share}");
        }
    }

    #[test]
    fn summaries_travel_and_are_put_together() {
        for (left, right) in [
            (0..100, 50..150),
            (0..5_000, 2_500..7_500),
            (0..100, 0..9_000),
            (0..3_000, 1_000..3_500),
        ] {
            let both = of(left.start..right.end);
            let mut merged = Hll::from_dynamic(DynamicView::new(&of(left.clone()).to_dynamic())).unwrap();
            merged.merge(&Hll::from_dynamic(DynamicView::new(&of(right.clone()).to_dynamic())).unwrap());
            assert_eq!(merged.count(), both.count());
            let mut merged = of(left);
            merged.merge_bytes(&of(right).to_bytes());
            assert_eq!(merged.count(), both.count());
        }
        assert!(Hll::from_dynamic(DynamicView::new(&DynamicBuilder::long(1))).is_none());
    }
}
