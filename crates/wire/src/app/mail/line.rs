//! Lines of command and answer, as SMTP, FTP and their like exchange them.

use crate::app::Probe;
use crate::app::read::{contains, first_line, is_text, same};

/// A greeting of more than this has a line end in it.
const MOST_LINE_BYTES: usize = 2048;

/// An answer: `220 text` or `220-text`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reply<'a> {
    /// The three digits.
    pub code: u16,
    /// What follows.
    pub text: &'a [u8],
    /// Whether more lines follow.
    pub goes_on: bool,
}

/// Reads the answer in the first line.
#[must_use]
pub fn reply(prefix: &[u8]) -> Option<Reply<'_>> {
    let line = first_line(prefix)?;
    let (digits, rest) = line.split_at_checked(3)?;
    let code = std::str::from_utf8(digits).ok()?.parse().ok()?;
    let goes_on = rest.starts_with(b"-");
    Some(Reply {
        code,
        text: rest.get(1..).unwrap_or_default(),
        goes_on,
    })
}

/// A command and its arguments: `RCPT`, `TO:<x>`.
#[must_use]
pub fn command(prefix: &[u8]) -> Option<(&[u8], &[u8])> {
    let line = first_line(prefix)?;
    let end = line.iter().position(|byte| *byte == b' ').unwrap_or(line.len());
    let (word, rest) = line.split_at_checked(end)?;
    Some((word, rest.trim_ascii()))
}

/// What a greeting proves: it must begin with `start`, be text, and its first lines must hold one of `words` (lower case).
pub(crate) fn greeting(prefix: &[u8], start: &[u8], words: &[&[u8]]) -> Probe {
    match same(prefix, 0, start) {
        Some(false) => return Probe::NotMine,
        None => return Probe::Unsure,
        Some(true) => {}
    }
    let seen = prefix.get(..MOST_LINE_BYTES).unwrap_or(prefix);
    if !is_text(seen) {
        return Probe::NotMine;
    }
    if words.iter().any(|word| contains(seen, word)) {
        return Probe::Certain;
    }
    if first_line(seen).is_none() && seen.len() == MOST_LINE_BYTES {
        return Probe::NotMine;
    }
    Probe::Unsure
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_and_commands_are_split() {
        let greeting = reply(b"220-mail.example ESMTP\r\n").unwrap();
        assert_eq!((greeting.code, greeting.goes_on), (220, true));
        assert_eq!(command(b"RCPT TO:<x>\r\n"), Some((&b"RCPT"[..], &b"TO:<x>"[..])));
        assert_eq!(command(b"QUIT\r\n"), Some((&b"QUIT"[..], &b""[..])));
    }
}
