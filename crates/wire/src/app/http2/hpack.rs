//! Header compression (RFC 7541). The tables and the Huffman code are those of `httlib-hpack`; the lengths in a block are
//! checked before it sees them, since it trusts them.

use httlib_hpack::Decoder;

/// Headers taken of one block; servers refuse more.
const MOST_HEADERS: usize = 128;
/// Bytes of headers taken of one block: a block of a few bytes can repeat a long entry of the table again and again.
const MOST_HEADER_BYTES: usize = 64 << 10;
/// Bytes of a number. Four hold every index and length that a frame can have.
const MOST_NUMBER_BYTES: usize = 4;
/// The size of the table until it is agreed otherwise (RFC 9113 6.5.2).
const TABLE_BYTES: u32 = 4096;

/// A header: name and value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The name, such as `:authority`.
    pub name: Vec<u8>,
    /// The value.
    pub value: Vec<u8>,
}

/// Reads the blocks of headers of one side of one connection, in order: each can refer to those before it.
pub struct HeaderDecoder {
    decoder: Decoder<'static>,
    is_lost: bool,
}

impl Default for HeaderDecoder {
    fn default() -> Self {
        Self {
            decoder: Decoder::with_dynamic_size(TABLE_BYTES),
            is_lost: false,
        }
    }
}

impl HeaderDecoder {
    /// The headers of a block, as far as they can be read. A damaged block makes those behind it unreadable as well.
    pub fn decode(&mut self, block: &[u8]) -> Vec<Header> {
        let (mut headers, mut rest, mut bytes) = (Vec::new(), block, 0);
        while !rest.is_empty() && !self.is_lost {
            let Some((field, behind)) = field_bytes(rest).and_then(|length| rest.split_at_checked(length)) else {
                self.is_lost = true;
                break;
            };
            rest = behind;
            let mut decoded = Vec::with_capacity(1);
            if self.decoder.decode(&mut field.to_vec(), &mut decoded).is_err() {
                self.is_lost = true;
            }
            for (name, value, _) in decoded {
                bytes += name.len() + value.len();
                if headers.len() < MOST_HEADERS && bytes <= MOST_HEADER_BYTES {
                    headers.push(Header { name, value });
                }
            }
            if bytes > MOST_HEADER_BYTES {
                self.is_lost = true;
            }
        }
        headers
    }

    /// Whether blocks can still be read.
    #[must_use]
    pub const fn is_lost(&self) -> bool {
        self.is_lost
    }
}

/// How many bytes the representation takes that a block begins with (RFC 7541 6); none where it is cut off, or has a number
/// that is too large.
fn field_bytes(bytes: &[u8]) -> Option<usize> {
    let first = *bytes.first()?;
    let bits = match first {
        0x80.. => 7,
        0x40.. => 6,
        0x20.. => 5,
        _ => 4,
    };
    let (index, mut length) = number(bytes, bits)?;
    let is_literal = matches!(first, 0x40..0x80 | 0..0x20);
    if first >= 0x80 && index == 0 {
        return None;
    }
    let strings = match (is_literal, index) {
        (false, _) => 0,
        (true, 0) => 2,
        (true, _) => 1,
    };
    for _ in 0..strings {
        let (text, taken) = number(bytes.get(length..)?, 7)?;
        length = length.checked_add(taken)?.checked_add(text)?;
    }
    (length <= bytes.len()).then_some(length)
}

/// A number that begins in the last `bits` of a byte (RFC 7541 5.1), and its bytes.
fn number(bytes: &[u8], bits: u8) -> Option<(usize, usize)> {
    let mask = (1_usize << bits) - 1;
    let mut number = usize::from(*bytes.first()?) & mask;
    if number < mask {
        return Some((number, 1));
    }
    for (at, byte) in bytes.iter().enumerate().take(MOST_NUMBER_BYTES).skip(1) {
        number = number.checked_add(usize::from(byte & 0x7f) << (7 * (at - 1)))?;
        if byte & 0x80 == 0 {
            return Some((number, at + 1));
        }
    }
    None
}
