//! Names and values of `parse-kv`.

use regex::Regex;
use serde::{Deserialize, Serialize};

use super::{Parts, Splitter};

/// How names and values are written, and which names are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct KeyValue {
    /// The wanted names, in the order of the columns.
    pub(crate) names: Vec<String>,
    /// What stands between pairs; anything that is no letter or digit where it is not said.
    pub(crate) pair_delimiter: Option<String>,
    /// What stands between a name and its value; as above.
    pub(crate) value_delimiter: Option<String>,
    /// What stands before and behind a name or a value that may hold delimiters.
    pub(crate) quotes: Option<(char, char)>,
    /// What stands before a quote that is part of a value.
    pub(crate) escape: Option<char>,
    /// Whether a value may hold the delimiter of pairs.
    pub(crate) greedy: bool,
    /// A regular expression whose two groups are a name and its value, in place of all of the above.
    pub(crate) expression: Option<String>,
}

/// Pairs of texts of which nothing is said: a word, a colon or an equals sign, and a word or a quoted text.
const PLAIN: &str = r"(\w+)\s*[:=]\s*([^\s,;|]+)";

impl KeyValue {
    /// Takes texts apart.
    pub(super) fn splitter(&self) -> Result<Splitter<'_>, regex::Error> {
        if let Some(expression) = &self.expression {
            let expression = Regex::new(expression)?;
            return Ok(Box::new(move |text| self.matched(&expression, text)));
        }
        if let (Some(pairs), Some(values)) = (&self.pair_delimiter, &self.value_delimiter) {
            return Ok(Box::new(move |text| self.delimited(text, pairs, values)));
        }
        let plain = match self.quotes {
            Some((open, close)) => Regex::new(&self.plain_with_quotes(open, close))?,
            None => Regex::new(PLAIN)?,
        };
        Ok(Box::new(move |text| self.matched(&plain, text)))
    }

    fn plain_with_quotes(&self, open: char, close: char) -> String {
        let [open, close] = [open, close].map(|quote| regex::escape(&quote.to_string()));
        let escaped = self
            .escape
            .map(|escape| format!(r"{}.|", regex::escape(&escape.to_string())))
            .unwrap_or_default();
        format!(r"(\w+)\s*[:=]\s*({open}(?:{escaped}[^{close}])*{close}|[^\s,;|]+)")
    }

    fn matched(&self, expression: &Regex, text: &str) -> Parts {
        let mut found = Found::new(&self.names);
        for captures in expression.captures_iter(text) {
            if let (Some(name), Some(value)) = (captures.get(1), captures.get(2)) {
                found.add(name.as_str(), self.unquoted(value.as_str()));
            }
        }
        Some(found.values)
    }

    fn delimited(&self, text: &str, pairs: &str, values: &str) -> Parts {
        let mut found = Found::new(&self.names);
        let mut rest = text;
        while !rest.is_empty() {
            let Some(pair) = self.pair(rest, pairs, values) else {
                let Some((_, after)) = rest.split_once(pairs) else {
                    break;
                };
                rest = after;
                continue;
            };
            found.add(&self.unquoted(pair.name.trim()), pair.value);
            rest = pair.rest;
        }
        Some(found.values)
    }

    /// The pair that stands at the beginning; none where none does.
    fn pair<'t>(&self, text: &'t str, pairs: &str, values: &str) -> Option<Pair<'t>> {
        let name_end = self.quoted_end(text).unwrap_or(0);
        let (between, _) = text.get(name_end..)?.split_once(values)?;
        if between.contains(pairs) {
            return None;
        }
        let name = text.get(..name_end + between.len())?;
        let value = text.get(name.len() + values.len()..)?;
        if let Some(end) = self.quoted_end(value) {
            let rest = value.get(end..)?;
            return Some(Pair {
                name,
                value: self.unquoted(value.get(..end)?),
                rest: rest.split_once(pairs).map_or("", |(_, rest)| rest),
            });
        }
        let end = if self.greedy {
            greedy_end(value, pairs, values)
        } else {
            value.find(pairs)
        };
        let end = end.unwrap_or(value.len());
        Some(Pair {
            name,
            value: value.get(..end)?.to_owned(),
            rest: value.get(end..)?.strip_prefix(pairs).unwrap_or_default(),
        })
    }

    /// Where the quoted text ends that begins here, its quotes included.
    fn quoted_end(&self, text: &str) -> Option<usize> {
        let (open, close) = self.quotes?;
        let mut signs = text.char_indices();
        signs.next().filter(|(_, first)| *first == open)?;
        while let Some((index, sign)) = signs.next() {
            if Some(sign) == self.escape {
                signs.next();
            } else if sign == close {
                return Some(index + sign.len_utf8());
            }
        }
        None
    }

    /// A text without its quotes and escapes.
    fn unquoted(&self, text: &str) -> String {
        let inner = self
            .quotes
            .and_then(|(open, close)| text.strip_prefix(open)?.strip_suffix(close));
        let Some(inner) = inner else {
            return text.to_owned();
        };
        let mut plain = String::with_capacity(inner.len());
        let mut signs = inner.chars();
        while let Some(sign) = signs.next() {
            plain.push(if Some(sign) == self.escape {
                signs.next().unwrap_or(sign)
            } else {
                sign
            });
        }
        plain
    }
}

/// Where a value ends that goes on to the last delimiter before the next name.
fn greedy_end(value: &str, pairs: &str, values: &str) -> Option<usize> {
    let next = value.find(values)?;
    value.get(..next)?.rfind(pairs)
}

struct Pair<'t> {
    name: &'t str,
    value: String,
    rest: &'t str,
}

/// The values of wanted names; of several with one name the first counts.
struct Found<'n> {
    names: &'n [String],
    values: Vec<Option<String>>,
}

impl<'n> Found<'n> {
    fn new(names: &'n [String]) -> Self {
        let values = vec![None; names.len()];
        Self { names, values }
    }

    fn add(&mut self, name: &str, value: String) {
        let index = self.names.iter().position(|wanted| wanted == name);
        if let Some(place) = index.and_then(|index| self.values.get_mut(index)) {
            place.get_or_insert(value);
        }
    }
}
