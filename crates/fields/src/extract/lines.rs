//! Protocols of text lines.

/// The lines of a message without their ends; a last one without end counts too.
pub(crate) fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes
        .split_inclusive(|byte| *byte == b'\n')
        .map(|line| line.strip_suffix(b"\n").unwrap_or(line))
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

/// The first word and what follows the space behind it.
pub(crate) fn word(line: &[u8]) -> (&[u8], Option<&[u8]>) {
    match line.iter().position(|byte| *byte == b' ') {
        Some(at) => (line.get(..at).unwrap_or_default(), line.get(at + 1..)),
        None => (line, None),
    }
}

/// A reply code of three digits, and whether it ends the reply; a hyphen says that lines follow.
pub(crate) fn reply_code(line: &[u8]) -> Option<(u32, bool)> {
    let digits = std::str::from_utf8(line.get(..3)?).ok()?;
    let is_last = match line.get(3) {
        Some(b'-') => false,
        Some(b' ') | None => true,
        Some(_) => return None,
    };
    Some((digits.parse().ok()?, is_last))
}
