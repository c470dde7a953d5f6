//! Texts that regular expressions match.

use std::rc::Rc;

/// A regular expression that was read once.
#[derive(Debug, Clone)]
pub(super) struct RegularExpression(Rc<regex::Regex>);

impl PartialEq for RegularExpression {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl RegularExpression {
    /// Reads an expression; none where it is none.
    pub(super) fn new(text: &str) -> Option<Self> {
        Some(Self(Rc::new(regex::Regex::new(text).ok()?)))
    }

    pub(super) fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    /// How many groups it has, the whole not counted.
    pub(super) fn groups(&self) -> usize {
        self.0.captures_len() - 1
    }

    /// What a group holds in a text; nothing where it does not match.
    pub(super) fn group(&self, text: &str, group: usize) -> String {
        let found = self.0.captures(text);
        let held = found.as_ref().and_then(|found| found.get(group));
        held.map(|held| held.as_str().to_owned()).unwrap_or_default()
    }

    /// A text with every match replaced.
    pub(super) fn replaced(&self, text: &str, by: &str) -> String {
        self.0.replace_all(text, by).into_owned()
    }

    /// Texts that match, with a text in a group where one is asked for.
    pub(super) fn samples(&self, group: Option<(usize, &str)>) -> Vec<String> {
        let found = match group {
            Some((0, text)) => vec![text.to_owned(), format!("part{text}"), format!("{text} part")],
            _ => matching(self.0.as_str(), group).into_iter().collect(),
        };
        let holds = |sample: &String| group.is_none_or(|(group, text)| self.group(sample, group) == text);
        found
            .into_iter()
            .filter(|sample| self.is_match(sample) && holds(sample))
            .collect()
    }
}

/// A text after the form of a regular expression, with a text in one of its groups where one is asked for. Alternatives give their
/// first, repetitions as few as they may, at least one.
fn matching(expression: &str, group: Option<(usize, &str)>) -> Option<String> {
    let mut reader = Pattern {
        rest: expression,
        group,
        opened: 0,
        text: String::new(),
    };
    reader.alternatives(true)?;
    Some(reader.text)
}

struct Pattern<'p> {
    rest: &'p str,
    group: Option<(usize, &'p str)>,
    /// How many groups were begun.
    opened: usize,
    text: String,
}

impl Pattern<'_> {
    /// Alternatives up to a closing bracket or the end; only the first is written.
    fn alternatives(&mut self, mut write: bool) -> Option<()> {
        loop {
            match self.rest.chars().next() {
                None | Some(')') => return Some(()),
                Some('|') => {
                    self.skip(1);
                    write = false;
                }
                Some(_) => self.item(write)?,
            }
        }
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// One sign, class or group with its repetition.
    fn item(&mut self, write: bool) -> Option<()> {
        let before = self.text.len();
        self.one(write)?;
        let piece = self.text.get(before..)?.to_owned();
        let least = self.repetition();
        if write {
            for _ in 1..least {
                self.text.push_str(&piece);
            }
        }
        Some(())
    }

    fn one(&mut self, write: bool) -> Option<()> {
        let sign = self.rest.chars().next()?;
        self.skip(sign.len_utf8());
        match sign {
            '^' | '$' => {}
            '(' => return self.bracket(write),
            '[' => {
                let letter = self.class()?;
                self.write(letter, write);
            }
            '\\' => {
                let escaped = self.rest.chars().next()?;
                self.skip(escaped.len_utf8());
                self.write(
                    match escaped {
                        'd' => '1',
                        'w' | 'S' => 'a',
                        's' => ' ',
                        'W' => '-',
                        'D' => 'x',
                        'b' | 'B' => return Some(()),
                        'n' => '\n',
                        't' => '\t',
                        other => other,
                    },
                    write,
                );
            }
            '.' => self.write('a', write),
            other => self.write(other, write),
        }
        Some(())
    }

    fn bracket(&mut self, write: bool) -> Option<()> {
        let capturing = !self.rest.starts_with('?') || self.rest.starts_with("?P<");
        self.opened += usize::from(capturing);
        let number = self.opened;
        if let Some(flags) = self.rest.strip_prefix('?') {
            let end = flags.find([':', ')', '>'])?;
            let only_flags = flags.get(end..)?.starts_with(')');
            self.rest = flags.get(end + usize::from(!only_flags)..)?;
        }
        let before = self.text.len();
        self.alternatives(write)?;
        self.skip(1);
        if capturing
            && write
            && let Some((_, inside)) = self.group.filter(|(wanted, _)| *wanted == number)
        {
            self.text.truncate(before);
            self.text.push_str(inside);
        }
        Some(())
    }

    /// A letter of a class.
    fn class(&mut self) -> Option<char> {
        let end = self.rest.char_indices().skip(1).find(|(place, sign)| {
            let escaped = self.rest.get(..*place).is_some_and(|before| before.ends_with('\\'));
            *sign == ']' && !escaped
        });
        let (end, _) = end?;
        let inside = self.rest.get(..end)?.to_owned();
        self.skip(end + 1);
        let class = regex::Regex::new(&format!("^[{inside}]$")).ok()?;
        let usual = "a1A.-_ /\\:%=+@{}".chars();
        usual
            .chain((' '..='~').filter(char::is_ascii_graphic))
            .find(|sign| class.is_match(&sign.to_string()))
    }

    /// How often the last item stands at least; a repetition that may be none stands once.
    fn repetition(&mut self) -> usize {
        let mut least = 1;
        match self.rest.chars().next() {
            Some('*' | '+' | '?') => self.skip(1),
            Some('{') => {
                let inside = self.rest.split_once('}').map_or("", |(inside, _)| inside).to_owned();
                let digits: String = inside.chars().skip(1).take_while(char::is_ascii_digit).collect();
                if let Ok(number) = digits.parse() {
                    least = number;
                    self.skip(inside.len() + 1);
                }
            }
            _ => return 1,
        }
        if self.rest.starts_with('?') {
            self.skip(1);
        }
        usize::min(least, 100)
    }

    fn write(&mut self, sign: char, write: bool) {
        if write {
            self.text.push(sign);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_match_their_expressions() {
        for expression in [
            r"^\d{1,3}\.\d+$",
            r"(?i)power(shell|point)\s+-e[nc]*\b",
            r"[A-Za-z0-9+/]{40,}={0,2}",
            r"https?://([^/]+)/",
            r"a|b",
        ] {
            let read = RegularExpression::new(expression).unwrap();
            assert_eq!(read.samples(None).len(), 1, "{expression}");
        }
    }

    #[test]
    fn a_group_holds_what_is_asked_or_there_is_no_text() {
        let address = RegularExpression::new(r"(https?)://([^/]+)/").unwrap();
        assert_eq!(address.samples(Some((2, "host"))), ["https://host/"]);
        assert!(address.samples(Some((2, "a/b"))).is_empty());
        let end = RegularExpression::new(r"\.([a-z]{2,})$").unwrap();
        assert_eq!(end.samples(Some((0, ".top"))), [".top", "part.top"]);
        assert!(end.samples(Some((0, "part.top"))).is_empty());
    }
}
