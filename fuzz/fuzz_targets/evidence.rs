#![no_main]
//! A file of any format, archives in archives included, from the path to the manifest.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = whotalks_evidence::detect(bytes);
    whotalks_fuzz::open(bytes);
});
