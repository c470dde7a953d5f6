#![no_main]
//! A listing of netstat, ss or tasklist.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| whotalks_fuzz::read(&whotalks_text::TextReader, bytes));
