//! Bytes written as hexadecimal digits, and the text in them.

/// The bytes; none if `text` is anything but pairs of digits.
pub(crate) fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if digits.is_empty() || !digits.len().is_multiple_of(2) {
        return None;
    }
    digits.chunks_exact(2).map(byte).collect()
}

fn byte(pair: &[u8]) -> Option<u8> {
    let value = |digit: &u8| char::from(*digit).to_digit(16);
    match pair {
        [high, low] => u8::try_from(value(high)? * 16 + value(low)?).ok(),
        _ => None,
    }
}

/// Little-endian UTF-16 text with at most one closing zero; none where it is no text.
pub(crate) fn utf16(bytes: &[u8]) -> Option<String> {
    if bytes.is_empty() || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let units = bytes
        .chunks_exact(2)
        .filter_map(|pair| pair.try_into().ok().map(u16::from_le_bytes));
    let text = char::decode_utf16(units).collect::<Result<String, _>>().ok()?;
    let text = text.strip_suffix('\0').unwrap_or(&text);
    let is_text = |c: char| !c.is_control() && !is_unassigned(c);
    (!text.is_empty() && text.chars().all(is_text)).then(|| text.to_owned())
}

/// Noncharacters and private use: what binary data look like when they are taken for text.
fn is_unassigned(c: char) -> bool {
    matches!(u32::from(c), 0xe000..=0xf8ff | 0xfdd0..=0xfdef | 0xfff0..=0xffff | 0xf_0000..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binary_data_are_no_text() {
        for text in [
            "ffffffffffffffff",
            "9400000000000000",
            "2d01000000000000",
            "00d8",
            "0",
            "",
            "zz",
        ] {
            assert_eq!(bytes(text).and_then(|bytes| utf16(&bytes)), None, "{text}");
        }
        assert_eq!(utf16(&bytes("7b0041007d000000").unwrap()).as_deref(), Some("{A}"));
    }
}
