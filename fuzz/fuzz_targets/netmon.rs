#![no_main]
//! A capture of Microsoft Network Monitor.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| whotalks_fuzz::read(&whotalks_pcap::NetMonReader, bytes));
