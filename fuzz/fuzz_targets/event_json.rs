#![no_main]
//! Events exported as JSON.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| whotalks_fuzz::read(&whotalks_evtx::EventJsonReader, bytes));
