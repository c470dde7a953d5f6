#![no_main]
//! The compression of trace buffers.

const MOST_BYTES: usize = 1 << 16;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut output = Vec::new();
    let _ = whotalks_etl::decompress(bytes, MOST_BYTES, &mut output);
    assert!(output.len() <= MOST_BYTES, "more came out than was allowed");
});
