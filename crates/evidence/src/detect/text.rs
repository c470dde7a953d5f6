//! Tells text from other bytes and decodes enough of it to be looked at.

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

/// The text that `prefix` is, with the last, possibly cut character left off; none for bytes that are no text.
pub(super) fn decode(prefix: &[u8]) -> Option<String> {
    let (encoding, mark) = Encoding::for_bom(prefix)
        .or_else(|| utf16_without_mark(prefix).map(|encoding| (encoding, 0)))
        .unwrap_or((UTF_8, 0));
    let bytes = prefix.get(mark..)?;
    let text = if encoding == UTF_8 {
        utf8_or_legacy(bytes)
    } else {
        encoding.decode_without_bom_handling(bytes).0.into_owned()
    };
    is_text(&text).then_some(text)
}

/// UTF-8, else CP932, else bytes as they are with a replacement for what is not ASCII.
fn utf8_or_legacy(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // A character cut by the end of the prefix is no error of the text.
        Err(error) if error.error_len().is_none() => lossy(bytes.get(..error.valid_up_to()).unwrap_or(bytes)),
        Err(_) => {
            let (text, _, malformed) = SHIFT_JIS.decode(bytes);
            if malformed { lossy(bytes) } else { text.into_owned() }
        }
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// UTF-16 of mostly ASCII text has a zero in nearly every other byte, always on the same side.
fn utf16_without_mark(prefix: &[u8]) -> Option<&'static Encoding> {
    let pairs = prefix.len() / 2;
    if pairs < 4 {
        return None;
    }
    let zeros = |side: usize| prefix.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let most = pairs.saturating_mul(3) / 5;
    match (first, second) {
        (0, zeros) if zeros > most => Some(UTF_16LE),
        (zeros, 0) if zeros > most => Some(UTF_16BE),
        _ => None,
    }
}

/// Text has no NUL, few other control characters and few undecodable places.
fn is_text(text: &str) -> bool {
    let (mut characters, mut odd) = (0_usize, 0_usize);
    for character in text.chars() {
        characters = characters.saturating_add(1);
        match character {
            '\0' => return false,
            '\t' | '\n' | '\r' | '\x0c' | '\x1b' | '\x08' => {}
            '\u{fffd}' => odd = odd.saturating_add(1),
            control if control.is_control() => odd = odd.saturating_add(1),
            _ => {}
        }
    }
    odd <= characters / 20
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTING: &str = "アクティブな接続\r\n  TCP  0.0.0.0:135  0.0.0.0:0  LISTENING  748\r\n";

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect()
    }

    #[test]
    fn one_listing_decodes_from_every_encoding() {
        let cp932 = SHIFT_JIS.encode(LISTING).0.into_owned();
        let marked = utf16(&format!("\u{feff}{LISTING}"), true);
        for bytes in [LISTING.as_bytes().to_vec(), cp932, marked] {
            assert_eq!(decode(&bytes).as_deref(), Some(LISTING));
        }
        let ascii = "  TCP  0.0.0.0:135  0.0.0.0:0  LISTENING  748\r\n";
        for little in [true, false] {
            assert_eq!(decode(&utf16(ascii, little)).as_deref(), Some(ascii));
        }
    }

    #[test]
    fn a_character_cut_by_the_end_of_the_prefix_does_not_spoil_the_text() {
        let bytes = LISTING.as_bytes();
        assert_eq!(decode(&bytes[..4]).as_deref(), Some("ア"));
    }

    #[test]
    fn bytes_with_nul_or_many_controls_are_no_text() {
        assert_eq!(decode(b"text and \0 a nul"), None);
        assert_eq!(decode(&[1, 2, 3, 4, 5, 6, 7, 0x80, 0xfe, 0xff]), None);
    }
}
