#![no_main]
//! A snoop capture.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| whotalks_fuzz::read(&whotalks_pcap::SnoopReader, bytes));
