//! Strings in all their notations: `"…"`, `'…'`, `@"…"`, `h"…"`, and over several lines between three backticks or tildes.

use super::is_line_break;

/// A string at the beginning of a text.
pub(super) struct Scanned {
    /// Its bytes, quotes and prefixes included.
    pub(super) length: usize,
    /// The quote that is missing at its end.
    pub(super) unclosed: Option<&'static str>,
    /// Byte ranges of what begins with a backslash and stands for nothing.
    pub(super) wrong_escapes: Vec<(usize, usize)>,
}

/// The quotes of a string over several lines.
pub(crate) const LONG_QUOTES: [&str; 2] = ["```", "~~~"];

/// The string that a text begins with.
pub(super) fn scan(text: &str) -> Option<Scanned> {
    let unhidden = text.strip_prefix(['h', 'H']).unwrap_or(text);
    let verbatim = unhidden.strip_prefix('@');
    let quoted = verbatim.unwrap_or(unhidden);
    let prefix = text.len() - quoted.len();
    if let Some(quote) = LONG_QUOTES.into_iter().find(|quote| quoted.starts_with(quote)) {
        return Some(long(quoted, quote, prefix));
    }
    let quote = match quoted.chars().next()? {
        '\'' => "'",
        '"' => "\"",
        _ => return None,
    };
    Some(match verbatim {
        Some(_) => verbatim_string(quoted, quote, prefix),
        None => escaped_string(quoted, quote, prefix),
    })
}

fn long(quoted: &str, quote: &'static str, prefix: usize) -> Scanned {
    let content = quoted.get(quote.len()..).unwrap_or_default();
    let end = content.find(quote);
    let closing = end.map_or(0, |_| quote.len());
    Scanned {
        length: prefix + quote.len() + end.unwrap_or(content.len()) + closing,
        unclosed: end.is_none().then_some(quote),
        wrong_escapes: Vec::new(),
    }
}

/// Two quotes stand for one; a backslash is a backslash.
fn verbatim_string(quoted: &str, quote: &'static str, prefix: usize) -> Scanned {
    let mut length = quote.len();
    loop {
        let rest = quoted.get(length..).unwrap_or_default();
        match rest.find(|sign: char| is_end(sign, quote)) {
            Some(before) if rest.get(before..).is_some_and(|at| at.starts_with(&quote.repeat(2))) => {
                length += before + 2
            }
            end => return ended(rest, end, quote, prefix + length, Vec::new()),
        }
    }
}

fn escaped_string(quoted: &str, quote: &'static str, prefix: usize) -> Scanned {
    let mut length = quote.len();
    let mut wrong_escapes = Vec::new();
    loop {
        let rest = quoted.get(length..).unwrap_or_default();
        let end = rest.find(|sign: char| sign == '\\' || is_end(sign, quote));
        let at = end.and_then(|before| rest.get(before..)).unwrap_or_default();
        if !at.starts_with('\\') {
            return ended(rest, end, quote, prefix + length, wrong_escapes);
        }
        length += end.unwrap_or(0);
        let escape = escape(at);
        let bytes = escape.map_or_else(|| wrong_length(at), |(bytes, _)| bytes);
        if escape.is_none() {
            wrong_escapes.push((prefix + length, prefix + length + bytes));
        }
        length += bytes;
    }
}

/// A backslash and what follows it, unless that ends the line.
fn wrong_length(at: &str) -> usize {
    let follower = at.chars().nth(1).filter(|sign| !is_line_break(*sign));
    1 + follower.map_or(0, char::len_utf8)
}

fn is_end(sign: char, quote: &str) -> bool {
    quote.starts_with(sign) || sign == '\r' || sign == '\n'
}

fn ended(
    rest: &str,
    end: Option<usize>,
    quote: &'static str,
    before: usize,
    wrong_escapes: Vec<(usize, usize)>,
) -> Scanned {
    let content = end.unwrap_or(rest.len());
    let closed = rest.get(content..).is_some_and(|end| end.starts_with(quote));
    Scanned {
        length: before + content + if closed { quote.len() } else { 0 },
        unclosed: (!closed).then_some(quote),
        wrong_escapes,
    }
}

/// The length of the escape sequence that a text begins with, and the UTF-16 unit or character that it stands for.
pub(crate) fn escape(text: &str) -> Option<(usize, u32)> {
    let kind = text.strip_prefix('\\')?.chars().next()?;
    let simple = match kind {
        '\\' | '\'' | '"' => u32::from(kind),
        'a' => 7,
        'b' => 8,
        'f' => 12,
        'n' => 10,
        'r' => 13,
        't' => 9,
        'v' => 11,
        'u' => return hexadecimal(text, 4),
        'U' => return hexadecimal(text, 8),
        'x' => return hexadecimal(text, 2),
        _ => return octal(text),
    };
    Some((2, simple))
}

fn hexadecimal(text: &str, digits: usize) -> Option<(usize, u32)> {
    let written = text.get(2..2 + digits)?;
    let all = written.bytes().all(|digit| digit.is_ascii_hexdigit());
    Some((2 + digits, u32::from_str_radix(written, 16).ok().filter(|_| all)?))
}

/// One to three octal digits; three only up to `\377`.
fn octal(text: &str) -> Option<(usize, u32)> {
    let after = text.get(1..)?;
    let digits = after
        .bytes()
        .take(3)
        .take_while(|digit| matches!(digit, b'0'..=b'7'))
        .count();
    let most = if after.starts_with(['0', '1', '2', '3']) { 3 } else { 2 };
    let length = digits.min(most);
    let value = u32::from_str_radix(after.get(..length)?, 8).ok()?;
    Some((1 + length, value))
}
