//! Text that exists in both languages of the interface.

/// One text in English and in Japanese. The Japanese is written for Japanese administrators, it is not a rendering of the English.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bilingual {
    /// The English text.
    pub en: String,
    /// The Japanese text.
    pub ja: String,
}

impl Bilingual {
    pub(crate) fn new(en: String, ja: String) -> Self {
        Self { en, ja }
    }

    /// True when neither language says anything.
    pub fn is_empty(&self) -> bool {
        self.en.is_empty() && self.ja.is_empty()
    }
}
