//! A record's token stream in its plain shape: one template and the values for its gaps.
//!
//! Source: MS-EVEN6 2.2.12 (`TemplateInstance`), 2.2.18 (`ValueSpec`).

use super::value::{NotPlain, TypedBytes};

const FRAGMENT_HEADER: u8 = 0x0f;
const TEMPLATE_INSTANCE: u8 = 0x0c;
const END_OF_STREAM: u8 = 0x00;

/// Size of a template definition's header; its last four bytes are the size of the definition's tokens.
const DEFINITION_HEADER_BYTES: usize = 24;

/// The most values of an instance; Windows' templates have fewer than 150.
const MOST_VALUES: usize = 1_024;

/// Reads little-endian numbers from a chunk.
struct Cursor<'c> {
    data: &'c [u8],
    at: usize,
}

impl<'c> Cursor<'c> {
    fn bytes(&mut self, count: usize) -> Result<&'c [u8], NotPlain> {
        let end = self.at.checked_add(count).ok_or(NotPlain)?;
        let bytes = self.data.get(self.at..end).ok_or(NotPlain)?;
        self.at = end;
        Ok(bytes)
    }

    fn u32(&mut self) -> Result<u32, NotPlain> {
        let bytes = self.bytes(4)?.first_chunk().ok_or(NotPlain)?;
        Ok(u32::from_le_bytes(*bytes))
    }

    fn skip_if(&mut self, token: u8, count: usize) {
        if self.data.get(self.at) == Some(&token) {
            self.at = self.at.saturating_add(count);
        }
    }
}

/// Reads the stream at `start..end` of a chunk: appends its values to `values` and gives the offset of its template.
pub(super) fn read<'c>(
    chunk: &'c [u8],
    start: usize,
    end: usize,
    values: &mut Vec<TypedBytes<'c>>,
) -> Result<u32, NotPlain> {
    let data = chunk.get(..end).ok_or(NotPlain)?;
    let mut cursor = Cursor { data, at: start };
    cursor.skip_if(FRAGMENT_HEADER, 4);
    // The token, and a version byte.
    if cursor.bytes(2)?.first() != Some(&TEMPLATE_INSTANCE) {
        return Err(NotPlain);
    }
    let _template_id = cursor.u32()?;
    let definition = cursor.u32()?;
    if u32::try_from(cursor.at) == Ok(definition) {
        cursor.bytes(DEFINITION_HEADER_BYTES - 4)?;
        let size = usize::try_from(cursor.u32()?).map_err(|_| NotPlain)?;
        cursor.bytes(size)?;
    }
    let count = usize::try_from(cursor.u32()?).map_err(|_| NotPlain)?;
    if count > MOST_VALUES {
        return Err(NotPlain);
    }
    let (specifications, _) = cursor.bytes(count * 4)?.as_chunks::<4>();
    for [low, high, kind, _] in specifications {
        let bytes = cursor.bytes(usize::from(u16::from_le_bytes([*low, *high])))?;
        values.push(TypedBytes { kind: *kind, bytes });
    }
    match data.get(cursor.at) {
        None | Some(&END_OF_STREAM) => Ok(definition),
        Some(_) => Err(NotPlain),
    }
}
