//! What is asked of a text.

use whotalks_kql_syntax::tree::TextTest;

use super::pattern::RegularExpression;
use super::step::Step;

/// The most texts that are tried for one demand.
const MOST_SAMPLES: usize = 300;
/// What is not empty.
const ANYTHING: &str = "some";

/// What must hold of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Test {
    /// It is this text.
    Is(String),
    /// It is one of these, whatever the case of their letters.
    OneOf(Vec<String>),
    /// It has one of these as an operator says.
    Text(TextTest, Vec<String>),
    /// It matches.
    Matches(RegularExpression),
    /// It is not empty.
    Filled,
    /// It is a greater number.
    Above(f64),
    /// It is a smaller number.
    Below(f64),
    /// It is an address in one of these networks.
    InNetwork(Vec<String>),
    /// It is an address for private networks.
    Private,
}

impl Test {
    fn holds(&self, text: &str) -> bool {
        let number = || text.parse::<f64>().ok();
        match self {
            Self::Is(other) => text == other,
            Self::OneOf(others) => others.iter().any(|other| other.eq_ignore_ascii_case(text)),
            Self::Text(test, others) => others.iter().any(|other| has(*test, text, other)),
            Self::Matches(expression) => expression.is_match(text),
            Self::Filled => !text.is_empty(),
            Self::Above(least) => number().is_some_and(|number| number > *least),
            Self::Below(most) => number().is_some_and(|number| number < *most),
            Self::InNetwork(networks) => networks.iter().any(|network| lies_in(text, network)),
            Self::Private => text
                .parse::<std::net::Ipv4Addr>()
                .is_ok_and(|address| address.is_private()),
        }
    }

    /// Texts of which it holds.
    fn samples(&self) -> Vec<String> {
        match self {
            Self::Is(text) => vec![text.clone()],
            Self::OneOf(texts) | Self::Text(_, texts) => texts.iter().take(MOST_SAMPLES).cloned().collect(),
            Self::Matches(expression) => expression.samples(None),
            Self::Filled => vec![ANYTHING.to_owned(), "7".to_owned()],
            Self::Above(least) => vec![(least.floor() + 1.0).to_string()],
            Self::Below(most) => vec![(most.ceil() - 1.0).to_string()],
            Self::InNetwork(networks) => {
                let first = |network: &String| network.split('/').next().unwrap_or_default().to_owned();
                networks.iter().take(MOST_SAMPLES).map(first).collect()
            }
            Self::Private => vec!["10.1.2.3".to_owned()],
        }
    }
}

/// Whether a text has another one; letters are compared without their case.
fn has(test: TextTest, text: &str, other: &str) -> bool {
    let (text, other) = (text.to_lowercase(), other.to_lowercase());
    let word = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    let bounded = |before: bool, after: bool| {
        text.match_indices(&other).any(|(place, found)| {
            let left = text.get(..place).and_then(|left| left.chars().next_back());
            let right = text.get(place + found.len()..).and_then(|right| right.chars().next());
            let left_is_free = !before || !word(left) || !word(other.chars().next());
            let right_is_free = !after || !word(right) || !word(other.chars().next_back());
            left_is_free && right_is_free
        })
    };
    match test {
        TextTest::Has => bounded(true, true),
        TextTest::HasPrefix => bounded(true, false),
        TextTest::HasSuffix => bounded(false, true),
        TextTest::StartsWith => text.starts_with(&other),
        TextTest::EndsWith => text.ends_with(&other),
        TextTest::Contains | TextTest::Like => text.contains(&other),
    }
}

/// Whether an IPv4 address lies in a network (`10.0.0.0/8`).
fn lies_in(address: &str, network: &str) -> bool {
    let (base, bits) = network.split_once('/').unwrap_or((network, "32"));
    let parsed = |text: &str| text.parse::<std::net::Ipv4Addr>().ok().map(u32::from);
    let (Some(address), Some(base), Ok(bits)) = (parsed(address), parsed(base), bits.parse::<u32>()) else {
        return false;
    };
    let kept = u32::MAX.checked_shl(32 - bits.min(32)).unwrap_or(0);
    address & kept == base & kept
}

/// A test of what steps make of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Demand {
    /// What is made of the text before it is tested.
    pub(super) steps: Vec<Step>,
    /// The test.
    pub(super) test: Test,
    /// Whether the test must hold, or must not.
    pub(super) wanted: bool,
    /// Whether the demand gives way where it does not go with the others.
    pub(super) soft: bool,
}

impl Demand {
    /// Whether a text is as asked, as far as that is known.
    pub(super) fn holds(&self, text: &str) -> bool {
        let made = self
            .steps
            .iter()
            .try_fold(text.to_owned(), |text, step| step.forward(&text));
        made.is_none_or(|made| self.test.holds(&made) == self.wanted)
    }

    /// Texts that are as asked; none of what must not hold.
    pub(super) fn samples(&self) -> Vec<String> {
        if !self.wanted {
            return Vec::new();
        }
        let back = |texts: Vec<String>, step: &Step| -> Vec<String> {
            let texts = texts.iter().flat_map(|text| step.backward(text)).take(MOST_SAMPLES);
            // What a step takes may have a form of its own, whatever is asked of it.
            texts.chain(step.sample()).collect()
        };
        let mut samples = self.steps.iter().rev().fold(self.test.samples(), back);
        samples.extend((self.test == Test::Filled).then(|| ANYTHING.to_owned()));
        samples.retain(|sample| self.holds(sample));
        samples
    }

    /// What is asked of a piece of a text, where the first step takes one.
    pub(super) fn of_piece(&self) -> Option<(&std::rc::Rc<super::step::Layout>, usize, Self)> {
        let (Step::Piece(layout, index), rest) = self.steps.split_first()? else {
            return None;
        };
        let inner = Self {
            steps: rest.to_vec(),
            ..self.clone()
        };
        Some((layout, *index, inner))
    }

    /// Where in a text it wants to stand: 0 in front, 2 at the end.
    pub(super) fn rank(&self) -> u8 {
        match &self.test {
            Test::Text(TextTest::StartsWith, _) => 0,
            Test::Text(TextTest::EndsWith, _) => 2,
            _ => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_borders() {
        assert!(has(TextTest::Has, "a PowerShell b", "powershell"));
        assert!(!has(TextTest::Has, "powershells", "powershell"));
        assert!(has(TextTest::Has, "x .r2.dev", ".r2.dev"));
        assert!(has(TextTest::HasPrefix, "x powershells", "powershell"));
        assert!(has(TextTest::Has, "anything", ""));
    }

    #[test]
    fn networks_hold_their_addresses() {
        assert!(lies_in("10.1.2.3", "10.0.0.0/8"));
        assert!(!lies_in("11.1.2.3", "10.0.0.0/8"));
        assert!(lies_in("1.2.3.4", "0.0.0.0/0"));
        assert!(!lies_in("host", "10.0.0.0/8"));
    }
}
