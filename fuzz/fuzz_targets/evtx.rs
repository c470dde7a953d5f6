#![no_main]
//! A binary event log.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| whotalks_fuzz::read(&whotalks_evtx::EvtxReader, bytes));
