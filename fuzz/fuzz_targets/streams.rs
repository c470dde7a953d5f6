#![no_main]
//! Packets of a classic capture, analysed as streams, with the messages of what they carry.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| whotalks_fuzz::analyse(&whotalks_pcap::PcapReader, bytes));
