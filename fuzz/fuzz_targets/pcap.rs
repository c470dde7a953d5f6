#![no_main]
//! A classic capture.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| whotalks_fuzz::read(&whotalks_pcap::PcapReader, bytes));
