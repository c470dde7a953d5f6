#![no_main]
//! Packets of a classic capture, followed to flows, names and transactions.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| whotalks_fuzz::follow(&whotalks_pcap::PcapReader, bytes));
