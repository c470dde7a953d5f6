//! JSON as RFC 8259 has it, strict, with a bound on its depth.

use std::collections::HashMap;

use super::{Dynamic, MOST_NESTED};

/// Reads one value with blanks around; none where the text is anything else.
pub(super) fn parse(text: &str) -> Option<Dynamic> {
    let mut reader = Reader { text, place: 0 };
    let value = reader.value(MOST_NESTED)?;
    reader.skip_blanks();
    (reader.place == text.len()).then_some(value)
}

struct Reader<'a> {
    text: &'a str,
    place: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.place..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.place).copied()
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.place += 1;
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.place += usize::from(there);
        there
    }

    fn value(&mut self, depth: usize) -> Option<Dynamic> {
        let deeper = depth.checked_sub(1)?;
        self.skip_blanks();
        match self.peek()? {
            b'{' => self.bag(deeper),
            b'[' => self.array(deeper),
            b'"' => self.string().map(Dynamic::String),
            b't' => self.word("true", Dynamic::Bool(true)),
            b'f' => self.word("false", Dynamic::Bool(false)),
            b'n' => self.word("null", Dynamic::Null),
            _ => self.number(),
        }
    }

    fn word(&mut self, word: &str, value: Dynamic) -> Option<Dynamic> {
        self.rest().starts_with(word).then(|| {
            self.place += word.len();
            value
        })
    }

    fn array(&mut self, depth: usize) -> Option<Dynamic> {
        self.place += 1;
        let mut elements = Vec::new();
        self.skip_blanks();
        if self.take(b']') {
            return Some(Dynamic::Array(elements));
        }
        loop {
            elements.push(self.value(depth)?);
            self.skip_blanks();
            if self.take(b']') {
                return Some(Dynamic::Array(elements));
            }
            self.take(b',').then_some(())?;
        }
    }

    fn bag(&mut self, depth: usize) -> Option<Dynamic> {
        self.place += 1;
        let mut properties = Properties::default();
        self.skip_blanks();
        if self.take(b'}') {
            return Some(Dynamic::Bag(properties.entries));
        }
        loop {
            self.skip_blanks();
            let name = self.string()?;
            self.skip_blanks();
            self.take(b':').then_some(())?;
            properties.set(name, self.value(depth)?);
            self.skip_blanks();
            if self.take(b'}') {
                return Some(Dynamic::Bag(properties.entries));
            }
            self.take(b',').then_some(())?;
        }
    }

    fn string(&mut self) -> Option<String> {
        self.take(b'"').then_some(())?;
        let mut value = String::new();
        loop {
            let rest = self.rest();
            let plain = rest.find(|c: char| c == '"' || c == '\\' || c < ' ')?;
            value.push_str(rest.get(..plain)?);
            self.place += plain;
            if self.take(b'"') {
                return Some(value);
            }
            self.take(b'\\').then_some(())?;
            value.push(self.escaped()?);
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let byte = self.peek()?;
        self.place += 1;
        Some(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => self.unicode()?,
            _ => return None,
        })
    }

    /// Four hexadecimal digits, or two times four for a character outside the first plane.
    fn unicode(&mut self) -> Option<char> {
        let first = self.hexadecimal()?;
        if !(0xd800..0xdc00).contains(&first) {
            return Some(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        if !self.rest().starts_with("\\u") {
            return Some(char::REPLACEMENT_CHARACTER);
        }
        let before = self.place;
        self.place += 2;
        let second = self.hexadecimal()?;
        if !(0xdc00..0xe000).contains(&second) {
            self.place = before;
            return Some(char::REPLACEMENT_CHARACTER);
        }
        char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))
    }

    fn hexadecimal(&mut self) -> Option<u32> {
        let digits = self.rest().get(..4)?;
        self.place += 4;
        let plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        plain.then(|| u32::from_str_radix(digits, 16).ok())?
    }

    fn number(&mut self) -> Option<Dynamic> {
        let start = self.place;
        self.take(b'-');
        let zero = self.peek() == Some(b'0');
        let digits = self.digits()?;
        (!zero || digits == 1).then_some(())?;
        let mut whole = true;
        if self.take(b'.') {
            self.digits()?;
            whole = false;
        }
        if self.take(b'e') || self.take(b'E') {
            let _ = self.take(b'+') || self.take(b'-');
            self.digits()?;
            whole = false;
        }
        let text = self.text.get(start..self.place)?;
        let long = whole.then(|| text.parse().ok()).flatten().map(Dynamic::Long);
        long.or_else(|| text.parse().ok().map(Dynamic::Real))
    }

    fn digits(&mut self) -> Option<usize> {
        let count = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        self.place += count;
        (count > 0).then_some(count)
    }
}

/// Named values: of two with one name the later counts, at the place of the first.
#[derive(Default)]
struct Properties {
    entries: Vec<(String, Dynamic)>,
    places: HashMap<String, usize>,
}

/// Up to so many names are compared one by one, which is quicker than a table.
const FEW: usize = 16;

impl Properties {
    fn set(&mut self, name: String, value: Dynamic) {
        match self.place(&name).and_then(|place| self.entries.get_mut(place)) {
            Some((_, old)) => *old = value,
            None => self.add(name, value),
        }
    }

    fn place(&self, name: &str) -> Option<usize> {
        if self.entries.len() <= FEW {
            return self.entries.iter().position(|(known, _)| known == name);
        }
        self.places.get(name).copied()
    }

    fn add(&mut self, name: String, value: Dynamic) {
        if self.entries.len() == FEW {
            let known = self
                .entries
                .iter()
                .enumerate()
                .map(|(place, (name, _))| (name.clone(), place));
            self.places = known.collect();
        }
        if self.entries.len() >= FEW {
            self.places.insert(name.clone(), self.entries.len());
        }
        self.entries.push((name, value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(text: &str) -> String {
        parse(text).map_or_else(|| "none".to_owned(), |value| value.to_json())
    }

    #[test]
    fn json_is_printed_without_blanks_in_its_order() {
        let pairs = [
            (
                r#" {"b": [1, 2.0, -3e2], "a": {"x": null}} "#,
                r#"{"b":[1,2.0,-300.0],"a":{"x":null}}"#,
            ),
            (r#""\u00e9\ud83d\ude00\/\n""#, "\"é😀/\\n\""),
            (r#"{"a":1,"b":2,"a":3}"#, r#"{"a":3,"b":2}"#),
            ("9223372036854775808", "9.223372036854776E+18"),
            (r#""\ud800""#, "\"\u{fffd}\""),
        ];
        for (text, expected) in pairs {
            assert_eq!(again(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_json_is_none() {
        for text in [
            "", "not json", "{a:1}", "[1,]", "01", "1.", "\"a\tb\"", "[1] 2", "nul", "'a'", "\"\\x\"", "-",
        ] {
            assert_eq!(again(text), "none", "{text}");
        }
        assert_eq!(again(&"[".repeat(MOST_NESTED + 1)), "none");
    }

    #[test]
    fn many_names_are_still_there_once() {
        let names: Vec<String> = (0..100).map(|index| format!("\"k{}\":{index}", index % 40)).collect();
        let Some(Dynamic::Bag(entries)) = parse(&format!("{{{}}}", names.join(","))) else {
            panic!("a bag");
        };
        assert_eq!(
            (entries.len(), entries[0].clone()),
            (40, ("k0".to_owned(), Dynamic::Long(80)))
        );
    }
}
