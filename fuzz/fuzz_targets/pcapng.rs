#![no_main]
//! A block capture.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| whotalks_fuzz::read(&whotalks_pcap::PcapngReader, bytes));
