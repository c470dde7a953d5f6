#![no_main]
//! A dump of netsh wfp.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| whotalks_fuzz::read(&whotalks_wfp::WfpReader, bytes));
