//! Which inputs there are: every truncation of every capture, then corruptions of one capture after the other.

use whotalks_testkit::random::Random;

use super::alter;

/// Where all randomness begins. Another seed is another campaign.
const SEED: u64 = 20_261_128;

/// A capture that is damaged.
pub(super) struct Capture {
    pub(super) file: String,
    pub(super) bytes: Vec<u8>,
}

/// All inputs, by number.
pub(super) struct Campaign {
    captures: Vec<Capture>,
    corruptions: u64,
    every: u64,
}

/// A damaged capture.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Input {
    /// What was done to which capture.
    pub(super) case: String,
    pub(super) bytes: Vec<u8>,
}

impl Campaign {
    /// Every `every`-th truncation and corruption.
    pub(super) fn new(captures: Vec<Capture>, corruptions: u64, every: u64) -> Self {
        Self {
            captures,
            corruptions,
            every: every.max(1),
        }
    }

    pub(super) fn captures(&self) -> &[Capture] {
        &self.captures
    }

    /// How many inputs there are.
    pub(super) fn len(&self) -> u64 {
        if self.captures.is_empty() {
            return 0;
        }
        (self.truncations() + self.corruptions).div_ceil(self.every)
    }

    fn truncations(&self) -> u64 {
        self.captures.iter().map(|capture| capture.bytes.len() as u64).sum()
    }

    /// The input of that number; none past the last one.
    pub(super) fn input(&self, number: u64) -> Option<Input> {
        let mut place = number.checked_mul(self.every)?;
        for capture in &self.captures {
            let bytes = capture.bytes.len() as u64;
            match place.checked_sub(bytes) {
                Some(rest) => place = rest,
                None => return Some(truncated(capture, usize::try_from(place).ok()?)),
            }
        }
        let place = (place < self.corruptions).then_some(place)?;
        let turn = place.checked_rem(self.captures.len() as u64)?;
        Some(corrupted(self.captures.get(usize::try_from(turn).ok()?)?, place))
    }
}

fn truncated(capture: &Capture, bytes: usize) -> Input {
    Input {
        case: format!("{} cut after {bytes} bytes", capture.file),
        bytes: capture.bytes.get(..bytes).unwrap_or_default().to_vec(),
    }
}

fn corrupted(capture: &Capture, number: u64) -> Input {
    let mut random = Random::new(SEED ^ number);
    Input {
        case: format!("{} corruption {number}", capture.file),
        bytes: alter::at_random(&capture.bytes, &mut random),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn campaign(every: u64) -> Campaign {
        let capture = |file: &str, length| Capture {
            file: file.to_owned(),
            bytes: (0..length).collect(),
        };
        Campaign::new(vec![capture("a", 3), capture("b", 100)], 50, every)
    }

    fn cases(campaign: &Campaign) -> Vec<String> {
        let inputs = (0..campaign.len()).map(|number| campaign.input(number).unwrap());
        inputs.map(|input| input.case).collect()
    }

    #[test]
    fn every_truncation_and_every_corruption_has_one_number() {
        let campaign = campaign(1);
        let cases = cases(&campaign);
        assert_eq!(cases.len(), 3 + 100 + 50);
        assert_eq!(cases.iter().collect::<BTreeSet<_>>().len(), cases.len());
        assert!(cases.contains(&"b cut after 99 bytes".to_owned()));
        assert_eq!(campaign.input(campaign.len()), None);
        assert_eq!(campaign.input(5), campaign.input(5));
    }

    #[test]
    fn a_share_is_spread_over_the_whole() {
        let cases = cases(&campaign(10));
        assert_eq!(cases.len(), 16);
        assert!(cases.contains(&"b cut after 7 bytes".to_owned()));
        assert_eq!(cases.iter().filter(|case| case.contains("corruption")).count(), 5);
    }
}
