#![no_main]
//! Frames of HTTP/2 one after the other, and the headers in them.

use whotalks_wire::app::http2::{HeaderDecoder, frame};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let (mut decoder, mut rest) = (HeaderDecoder::default(), bytes);
    while let Ok(frame) = frame(rest) {
        let _ = frame.header_block().map(|block| decoder.decode(block));
        rest = rest.get(frame.bytes()..).unwrap_or_default();
    }
    let _ = HeaderDecoder::default().decode(bytes);
});
