//! How a Windows text tool's output ends up in a file.

use crate::scenario::Encoding;

/// The text with CR LF line ends in that encoding. Characters that code page 932 lacks become question marks, as in
/// the console.
pub(crate) fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
    let lines = text.replace('\n', "\r\n");
    match encoding {
        Encoding::Utf8 => lines.into_bytes(),
        Encoding::Utf16Le => std::iter::once(0xfeff)
            .chain(lines.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect(),
        Encoding::Cp932 => code_page_932(&lines),
    }
}

fn code_page_932(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut buffer = [0; 4];
    for character in text.chars() {
        let (encoded, _, failed) = encoding_rs::SHIFT_JIS.encode(character.encode_utf8(&mut buffer));
        if failed {
            bytes.push(b'?')
        } else {
            bytes.extend_from_slice(&encoded)
        }
    }
    bytes
}

/// Fills up with blanks to a width in cells, counting the wide characters of Japanese as two.
pub(crate) fn fill(text: &str, width: usize) -> String {
    let blanks = width.saturating_sub(cells(text));
    format!("{text}{}", " ".repeat(blanks))
}

fn cells(text: &str) -> usize {
    text.chars()
        .map(|character| if u32::from(character) >= 0x1100 { 2 } else { 1 })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::{encode, fill};
    use crate::scenario::Encoding;

    #[test]
    fn the_same_text_in_three_encodings() {
        assert_eq!(encode("接続\n", Encoding::Utf8), "接続\r\n".as_bytes());
        assert_eq!(
            encode("接\n", Encoding::Utf16Le),
            [0xff, 0xfe, 0xa5, 0x63, 0x0d, 0, 0x0a, 0]
        );
        assert_eq!(encode("接続\n", Encoding::Cp932), [0x90, 0xda, 0x91, 0xb1, 0x0d, 0x0a]);
        assert_eq!(encode("한\n", Encoding::Cp932), b"?\r\n");
    }

    #[test]
    fn wide_characters_take_two_cells() {
        assert_eq!(fill("状態", 6), "状態  ");
    }
}
