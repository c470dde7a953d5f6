#![no_main]
//! The text log of the Windows Firewall.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| whotalks_fuzz::read(&whotalks_text::FirewallLogReader, bytes));
