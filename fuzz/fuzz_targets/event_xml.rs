#![no_main]
//! Events exported as XML.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| whotalks_fuzz::read(&whotalks_evtx::EventXmlReader, bytes));
