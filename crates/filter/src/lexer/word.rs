//! How far an unquoted word reaches: a name, a number, an address, bytes.

use std::net::{Ipv4Addr, Ipv6Addr};

/// No address is longer; what is longer need not be tried.
const LONGEST_ADDRESS: usize = 45;

/// The length of the word that a text begins with; the longest reading wins, as in Wireshark.
pub(super) fn length(text: &str) -> usize {
    let readings = [name(text), colon_bytes(text), ipv6(text), ipv4(text)];
    readings.into_iter().max().unwrap_or(0)
}

fn is_name(sign: u8) -> bool {
    sign.is_ascii_alphanumeric() || sign == b'_' || sign == b'-'
}

fn run(text: &[u8], holds: impl Fn(u8) -> bool) -> usize {
    text.iter().take_while(|sign| holds(**sign)).count()
}

/// Letters, digits, `_` and, not first, `-`; parts joined by single dots.
fn name(text: &str) -> usize {
    let bytes = text.as_bytes();
    if bytes.first().is_none_or(|first| *first == b'-') {
        return 0;
    }
    let mut end = run(bytes, is_name);
    while end > 0 && bytes.get(end) == Some(&b'.') {
        match run(bytes.get(end + 1..).unwrap_or_default(), is_name) {
            0 => break,
            part => end += 1 + part,
        }
    }
    end
}

/// Pairs of hexadecimal digits joined by colons; one pair may have a colon after it.
fn colon_bytes(text: &str) -> usize {
    let bytes = text.as_bytes();
    let pair = |at: usize| {
        let pair = bytes.get(at..at + 2);
        pair.is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit))
    };
    if !pair(0) || bytes.get(2) != Some(&b':') {
        return 0;
    }
    let mut end = 2;
    while bytes.get(end) == Some(&b':') && pair(end + 1) {
        end += 3;
    }
    if end == 2 { 3 } else { end }
}

fn ipv4(text: &str) -> usize {
    let dotted = run(text.as_bytes(), |sign| sign.is_ascii_digit() || sign == b'.').min(LONGEST_ADDRESS);
    let longest = (7..=dotted).rev().find(|end| parses::<Ipv4Addr>(text, *end));
    longest.map_or(0, |end| end + prefix(text, end, 2))
}

fn ipv6(text: &str) -> usize {
    let most = run(text.as_bytes(), |sign| {
        sign.is_ascii_hexdigit() || sign == b':' || sign == b'.'
    });
    if !text.as_bytes().iter().take(5).any(|sign| *sign == b':') {
        return 0;
    }
    let longest = (2..=most.min(LONGEST_ADDRESS))
        .rev()
        .find(|end| parses::<Ipv6Addr>(text, *end));
    longest.map_or(0, |end| end + prefix(text, end, 3))
}

fn parses<T: std::str::FromStr>(text: &str, end: usize) -> bool {
    text.get(..end).is_some_and(|part| part.parse::<T>().is_ok())
}

/// The length of `/24` after an address.
fn prefix(text: &str, end: usize, most_digits: usize) -> usize {
    let after = text.as_bytes().get(end..).unwrap_or_default();
    if after.first() != Some(&b'/') {
        return 0;
    }
    let digits = run(after.get(1..).unwrap_or_default(), |sign| sign.is_ascii_digit());
    match digits.min(most_digits) {
        0 => 0,
        digits => 1 + digits,
    }
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn a_word_reaches_as_far_as_its_longest_reading() {
        let cases = [
            ("tcp.port==80", "tcp.port"),
            ("mac-lte and", "mac-lte"),
            ("1..5", "1"),
            ("10.0.0.1..10.0.0.9", "10.0.0.1"),
            ("10.0.0.0/8)", "10.0.0.0/8"),
            ("tcp.port/2", "tcp.port"),
            ("fe80::/10,", "fe80::/10"),
            ("::1", "::1"),
            ("::ffff:1.2.3.4 ", "::ffff:1.2.3.4"),
            ("00:11:22:33:44:55", "00:11:22:33:44:55"),
            ("16:03 or", "16:03"),
            ("ff: ", "ff:"),
            ("aabb.ccdd.eeff", "aabb.ccdd.eeff"),
            ("2001:db8::1..2001:db8::2", "2001:db8::1"),
            ("-5", ""),
            (".5", ""),
            ("", ""),
        ];
        for (text, word) in cases {
            assert_eq!(text.get(..length(text)), Some(word), "{text}");
        }
    }
}
