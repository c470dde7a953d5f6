//! Unpacking with a bound.

use std::io::Read;

/// How much one value may become when it is unpacked, in bytes, so that a small one cannot take all memory.
const LARGEST_OUTPUT: u64 = 32 << 20;

/// The text that a stream unpacks to; none where it is damaged, too large or no UTF-8.
pub(super) fn text(stream: impl Read) -> Option<String> {
    let mut bytes = Vec::new();
    let length = stream.take(LARGEST_OUTPUT + 1).read_to_end(&mut bytes).ok()?;
    let fits = u64::try_from(length).is_ok_and(|length| length <= LARGEST_OUTPUT);
    fits.then(|| String::from_utf8(bytes).ok())?
}
