#![no_main]
//! A cabinet, with its signature before the input so that every input is one.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| whotalks_fuzz::open(&[&b"MSCF\0\0\0\0"[..], bytes].concat()));
