#![no_main]
//! An event trace: its container, the packets and processes in it, and its summary.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    whotalks_fuzz::read(&whotalks_etl::EtlReader, bytes);
    let mut input = bytes;
    whotalks_etl::summarise(&mut input, whotalks_record::EvidenceId(1));
});
