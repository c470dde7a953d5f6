//! Fixed places in the bytes of a probe, and what it makes of them.

use super::Probe;

/// The byte at `at`.
pub(crate) fn u8_at(bytes: &[u8], at: usize) -> Option<u8> {
    bytes.get(at).copied()
}

/// Two bytes at `at`, big-endian.
pub(crate) fn u16_be(bytes: &[u8], at: usize) -> Option<u16> {
    array(bytes, at).map(u16::from_be_bytes)
}

/// Two bytes at `at`, little-endian.
pub(crate) fn u16_le(bytes: &[u8], at: usize) -> Option<u16> {
    array(bytes, at).map(u16::from_le_bytes)
}

/// Three bytes at `at`, big-endian.
pub(crate) fn u24_be(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(|[high, middle, low]: [u8; 3]| u32::from_be_bytes([0, high, middle, low]))
}

/// Three bytes at `at`, little-endian.
pub(crate) fn u24_le(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(|[low, middle, high]: [u8; 3]| u32::from_le_bytes([low, middle, high, 0]))
}

/// Four bytes at `at`, big-endian.
pub(crate) fn u32_be(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(u32::from_be_bytes)
}

/// Four bytes at `at`, little-endian.
pub(crate) fn u32_le(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(u32::from_le_bytes)
}

/// Eight bytes at `at`, big-endian.
pub(crate) fn u64_be(bytes: &[u8], at: usize) -> Option<u64> {
    array(bytes, at).map(u64::from_be_bytes)
}

/// `N` bytes at `at`.
pub(crate) fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

/// Whether the bytes at `at` are `expected`; none where they are right as far as they go and end too early.
pub(crate) fn same(bytes: &[u8], at: usize, expected: &[u8]) -> Option<bool> {
    let there = bytes.get(at..).unwrap_or_default();
    let known = there.len().min(expected.len());
    let agrees = there.get(..known) == expected.get(..known);
    match (agrees, known == expected.len()) {
        (false, _) => Some(false),
        (true, true) => Some(true),
        (true, false) => None,
    }
}

/// What a stream's probe says when a condition holds, fails, or cannot be told yet.
pub(crate) const fn judge(holds: Option<bool>) -> Probe {
    match holds {
        Some(true) => Probe::Certain,
        Some(false) => Probe::NotMine,
        None => Probe::Unsure,
    }
}

/// As [`judge`] for a datagram, where nothing will follow.
pub(crate) const fn judge_whole(holds: Option<bool>) -> Probe {
    match holds {
        Some(true) => Probe::Certain,
        Some(false) | None => Probe::NotMine,
    }
}

/// [`Probe::Unsure`] where the condition holds: nothing in the bytes contradicts, and nothing proves.
pub(crate) const fn possible(holds: Option<bool>) -> Probe {
    match holds {
        Some(true) => Probe::Unsure,
        Some(false) | None => Probe::NotMine,
    }
}

/// Whether the bytes begin with one of the tokens.
pub(crate) fn begins_with_any(bytes: &[u8], tokens: &[&[u8]]) -> Probe {
    either(tokens.iter().map(|token| judge(same(bytes, 0, token))))
}

/// As [`begins_with_any`], in whatever case.
pub(crate) fn begins_with_any_case(bytes: &[u8], tokens: &[&[u8]]) -> Probe {
    either(tokens.iter().map(|token| {
        let known = bytes.len().min(token.len());
        let start = bytes.get(..known).unwrap_or_default();
        let agrees = token.get(..known).is_some_and(|part| part.eq_ignore_ascii_case(start));
        judge(match (agrees, known == token.len()) {
            (false, _) => Some(false),
            (true, true) => Some(true),
            (true, false) => None,
        })
    }))
}

/// The best of several answers.
pub(crate) fn either(answers: impl IntoIterator<Item = Probe>) -> Probe {
    let mut best = Probe::NotMine;
    for answer in answers {
        match answer {
            Probe::Certain => return answer,
            Probe::Unsure => best = answer,
            Probe::NotMine => {}
        }
    }
    best
}

/// The first line without its end; none until the line feed is there.
pub(crate) fn first_line(bytes: &[u8]) -> Option<&[u8]> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let line = bytes.get(..end)?;
    Some(line.strip_suffix(b"\r").unwrap_or(line))
}

/// Whether `needle`, in lower case, is in there in whatever case.
pub(crate) fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes
        .windows(needle.len().max(1))
        .any(|window| window.eq_ignore_ascii_case(needle))
}

/// Whether every byte is printable ASCII, white space or beyond ASCII.
pub(crate) fn is_text(bytes: &[u8]) -> bool {
    bytes
        .iter()
        .all(|byte| matches!(byte, b'\t' | b'\r' | b'\n' | 0x20..=0x7e | 0x80..))
}

/// The number in ASCII digits that the bytes begin with, and how many digits it has.
pub(crate) fn decimal(bytes: &[u8]) -> Option<(u32, usize)> {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let text = std::str::from_utf8(bytes.get(..digits)?).ok()?;
    Some((text.parse().ok()?, digits))
}

/// The bytes before a NUL.
pub(crate) fn until_nul(bytes: &[u8]) -> Option<&[u8]> {
    bytes.get(..bytes.iter().position(|byte| *byte == 0)?)
}
