//! A text to look for, made ready once.

use std::borrow::Cow;

use memchr::memmem::Finder;

/// A text to look for in others, in the same case or whatever the case.
#[derive(Clone, Debug)]
pub(crate) struct Needle {
    /// In small letters where case does not count.
    text: String,
    how: How,
}

#[derive(Clone, Debug)]
enum How {
    Exact(Box<Finder<'static>>),
    /// Only the 26 letters have a case: bytes are compared where they stand.
    IgnoringAscii,
    /// Both texts are written in small letters.
    IgnoringUnicode,
}

impl Needle {
    pub(crate) fn exact(text: &str) -> Self {
        let finder = Finder::new(text.as_bytes()).into_owned();
        Self {
            text: text.to_owned(),
            how: How::Exact(Box::new(finder)),
        }
    }

    pub(crate) fn ignoring_case(text: &str) -> Self {
        let how = if text.is_ascii() {
            How::IgnoringAscii
        } else {
            How::IgnoringUnicode
        };
        Self {
            text: fold(text).into_owned(),
            how,
        }
    }

    /// Whether there is nothing to look for.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether the text has it anywhere within.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        match &self.how {
            How::Exact(finder) => finder.find(text.as_bytes()).is_some(),
            How::IgnoringAscii => self.find_ascii(text.as_bytes(), 0).is_some(),
            How::IgnoringUnicode => fold(text).contains(self.text.as_str()),
        }
    }

    /// Whether the text begins with it.
    pub(crate) fn starts(&self, text: &str) -> bool {
        match self.how {
            How::Exact(_) => text.starts_with(&self.text),
            How::IgnoringAscii => {
                let start = text.as_bytes().get(..self.text.len());
                start.is_some_and(|start| start.eq_ignore_ascii_case(self.text.as_bytes()))
            }
            How::IgnoringUnicode => fold(text).starts_with(&self.text),
        }
    }

    /// Whether the text ends with it.
    pub(crate) fn ends(&self, text: &str) -> bool {
        match self.how {
            How::Exact(_) => text.ends_with(&self.text),
            How::IgnoringAscii => {
                let start = text.len().checked_sub(self.text.len());
                let end = start.and_then(|start| text.as_bytes().get(start..));
                end.is_some_and(|end| end.eq_ignore_ascii_case(self.text.as_bytes()))
            }
            How::IgnoringUnicode => fold(text).ends_with(&self.text),
        }
    }

    /// Whether the text is the same.
    pub(crate) fn equals(&self, text: &str) -> bool {
        match self.how {
            How::Exact(_) => text == self.text,
            How::IgnoringAscii => text.eq_ignore_ascii_case(&self.text),
            How::IgnoringUnicode => fold(text) == self.text,
        }
    }

    /// Whether the text has it as a whole term.
    pub(crate) fn is_term(&self, text: &str) -> bool {
        self.is_bounded(text, true, true)
    }

    /// Whether a term of the text begins with it.
    pub(crate) fn begins_term(&self, text: &str) -> bool {
        self.is_bounded(text, true, false)
    }

    /// Whether a term of the text ends with it.
    pub(crate) fn ends_term(&self, text: &str) -> bool {
        self.is_bounded(text, false, true)
    }

    fn is_bounded(&self, text: &str, before: bool, after: bool) -> bool {
        let text = match self.how {
            How::IgnoringUnicode => fold(text),
            How::Exact(_) | How::IgnoringAscii => Cow::Borrowed(text),
        };
        let mut from = 0;
        while let Some(place) = self.find(&text, from) {
            let end = place + self.text.len();
            if (!before || parts(&text, place)) && (!after || parts(&text, end)) {
                return true;
            }
            from = place + 1;
        }
        false
    }

    fn find(&self, text: &str, from: usize) -> Option<usize> {
        let rest = text.as_bytes().get(from..)?;
        match &self.how {
            How::Exact(finder) => finder.find(rest).map(|place| place + from),
            How::IgnoringAscii => self.find_ascii(text.as_bytes(), from),
            How::IgnoringUnicode => memchr::memmem::find(rest, self.text.as_bytes()).map(|place| place + from),
        }
    }

    fn find_ascii(&self, text: &[u8], from: usize) -> Option<usize> {
        let Some((first, needle)) = self.text.as_bytes().split_first() else {
            return (from <= text.len()).then_some(from);
        };
        // The last place where it fits.
        let last = text.len().checked_sub(self.text.len())?;
        let places = memchr::memchr2_iter(*first, first.to_ascii_uppercase(), text.get(from..=last)?);
        let mut places = places.map(|place| place + from);
        places.find(|place| {
            let candidate = text.get(place + 1..place + 1 + needle.len());
            candidate.is_some_and(|candidate| candidate.eq_ignore_ascii_case(needle))
        })
    }
}

/// In small letters, character by character, so that a text keeps its count of characters.
pub(crate) fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        let capital = text.bytes().any(|byte| byte.is_ascii_uppercase());
        return if capital {
            text.to_ascii_lowercase().into()
        } else {
            text.into()
        };
    }
    text.chars().map(small).collect::<String>().into()
}

fn small(character: char) -> char {
    let mut letters = character.to_lowercase();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => letter,
        _ => character,
    }
}

/// Whether a place between two bytes parts terms: at an end, or where one side is no letter and no digit.
fn parts(text: &str, place: usize) -> bool {
    let (Some(before), Some(after)) = (text.get(..place), text.get(place..)) else {
        return false;
    };
    let word = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
    !(word(before.chars().next_back()) && word(after.chars().next()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn terms_are_bounded_by_anything_but_letters_and_digits() {
        let has = |text: &str, term: &str| Needle::ignoring_case(term).is_term(text);
        assert!(has("1_2_3", "2") && has("C:\\Tools\\cmd.EXE", ".exe") && has("co-op", "co-op") && has("", ""));
        assert!(!has("scatter", "cat") && !has("category cats", "cat") && !has("x1y", "1"));
        assert!(has("МИР привет", "мир") && !has("ПриветМир", "привет"));
        assert!(has("cats cat", "CAT"));
    }

    proptest! {
        #[test]
        fn both_ways_of_looking_agree_with_the_plain_one(text in "[aAbBé ._]{0,12}", search in "[aAbBé.]{0,3}") {
            let (small_text, small_search) = (fold(&text).into_owned(), fold(&search).into_owned());
            let needle = Needle::ignoring_case(&search);
            prop_assert_eq!(needle.is_in(&text), small_text.contains(&small_search));
            prop_assert_eq!(needle.starts(&text), small_text.starts_with(&small_search));
            prop_assert_eq!(needle.ends(&text), small_text.ends_with(&small_search));
            prop_assert_eq!(needle.equals(&text), small_text == small_search);
            prop_assert_eq!(Needle::exact(&search).is_in(&text), text.contains(&search));
            prop_assert_eq!(needle.is_term(&text), Needle::exact(&small_search).is_term(&small_text));
        }
    }
}
