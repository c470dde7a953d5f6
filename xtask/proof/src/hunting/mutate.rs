//! Queries that are changed a little, so that many are wrong in the ways in which people are wrong.

use super::texts::Text;

/// Words that are put into queries.
const WORDS: [&str; 40] = [
    "|",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    "=",
    "==",
    "..",
    ".",
    "*",
    "-",
    ":",
    "=>",
    "@",
    "by",
    "where",
    "on",
    "and",
    "or",
    "in",
    "has",
    "count",
    "summarize",
    "extend",
    "project",
    "join",
    "kind",
    "let",
    "union",
    "title",
    "'s'",
    "1d",
    "dynamic([1])",
    "typeof(string)",
    "a*",
    "datetime(2020-01-01)",
];

/// A few small numbers after another, always the same.
struct Numbers(u64);

impl Numbers {
    /// A number below `limit`; 0 where that is 0.
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16)
            .unwrap_or(0)
            .checked_rem(limit)
            .unwrap_or(0)
    }
}

/// That many changed texts.
pub(super) fn texts(sources: &[Text], count: usize) -> Vec<Text> {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let mutant = |index| {
        let source = sources.get(numbers.below(sources.len()));
        let (name, text) = source.map_or(("", ""), |source| (source.name.as_str(), source.text.as_str()));
        Text {
            name: format!("change {index} of {name}"),
            text: changed(text, &mut numbers),
            published: false,
        }
    };
    (0..count).map(mutant).collect()
}

/// The text with one of its words changed.
fn changed(text: &str, numbers: &mut Numbers) -> String {
    let mut words = split(text);
    let visible: Vec<usize> = (0..words.len())
        .filter(|index| words.get(*index).is_some_and(|word| !word.trim().is_empty()))
        .collect();
    let pick = |numbers: &mut Numbers| visible.get(numbers.below(visible.len())).copied().unwrap_or(0);
    let (at, other) = (pick(numbers), pick(numbers));
    let new = WORDS.get(numbers.below(WORDS.len())).copied().unwrap_or_default();
    let kind = numbers.below(8);
    let other = words.get(other).cloned().unwrap_or_default();
    let Some(word) = words.get_mut(at) else {
        return text.to_owned();
    };
    match kind {
        0 => word.clear(),
        1 => *word = format!("{word} {word}"),
        2 => *word = new.to_owned(),
        3 => *word = format!("{word} {new} "),
        4 | 5 => *word = other,
        6 => drop(word.pop()),
        _ => *word = format!("({word})"),
    }
    words.concat()
}

/// Words, blanks and signs of a text; strings stay whole.
fn split(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut quote = None;
    let mut last = ' ';
    for sign in text.chars() {
        let joined =
            quote.is_some() || (is_word(last) && is_word(sign)) || (last.is_whitespace() && sign.is_whitespace());
        match words.last_mut() {
            Some(word) if joined => word.push(sign),
            _ => words.push(sign.to_string()),
        }
        quote = match quote {
            Some(open) if sign == open || sign == '\n' => None,
            None if sign == '"' || sign == '\'' => Some(sign),
            open => open,
        };
        last = sign;
    }
    words
}

fn is_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_the_same_each_time_and_not_all_alike() {
        let sources = [Text {
            name: "a".to_owned(),
            text: "T | where a == 'b c' | count".to_owned(),
            published: false,
        }];
        let changes = || {
            texts(&sources, 50)
                .into_iter()
                .map(|text| text.text)
                .collect::<Vec<_>>()
        };
        let (first, second) = (changes(), changes());
        assert_eq!(first, second);
        assert!(first.iter().filter(|text| **text != sources[0].text).count() > 40);
    }

    #[test]
    fn strings_stay_whole() {
        assert_eq!(split("a 'b c'|d"), ["a", " ", "'b c'", "|", "d"]);
    }
}
