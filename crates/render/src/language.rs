//! The languages of the faces.

/// A language that every message exists in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Japanese.
    Japanese,
}

impl Language {
    /// All languages.
    pub const ALL: [Self; 2] = [Self::English, Self::Japanese];

    /// The language of a POSIX locale (`ja_JP.UTF-8`), a BCP 47 tag (`ja-JP`) or a bare code; English for every other one.
    pub fn from_locale(locale: &str) -> Self {
        let code = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        if code.eq_ignore_ascii_case("ja") {
            Self::Japanese
        } else {
            Self::English
        }
    }

    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Japanese => "ja",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japanese_locales_are_recognised_and_all_others_are_english() {
        for locale in ["ja", "ja_JP.UTF-8", "ja-JP", "JA", "ja@calendar"] {
            assert_eq!(Language::from_locale(locale), Language::Japanese, "{locale}");
        }
        for locale in ["", "C", "POSIX", "en_US.UTF-8", "jav", "de"] {
            assert_eq!(Language::from_locale(locale), Language::English, "{locale}");
        }
    }
}
