#![no_main]
//! The certificates of a TLS server.

use whotalks_wire::app::tls::{Certificate, by_certificate, certificates};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    certificates(bytes).for_each(|der| drop(Certificate::parse(der)));
    let _ = Certificate::parse(bytes).map(|certificate| by_certificate(&certificate));
});
