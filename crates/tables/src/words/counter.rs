//! The sections of counter listings.

use super::Word;

/// A section word of [`whotalks_record::Counter`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CounterSection(pub(crate) &'static str);

impl Word for CounterSection {
    const WORDS: &'static [&'static str] = &[
        "ipv4",
        "ipv6",
        "icmpv4",
        "icmpv6",
        "tcp-ipv4",
        "tcp-ipv6",
        "udp-ipv4",
        "udp-ipv6",
        "interface",
    ];

    fn word(&self) -> &'static str {
        self.0
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::WORDS
            .iter()
            .find(|known| **known == word)
            .map(|known| Self(known))
    }
}
