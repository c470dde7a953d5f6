#![no_main]
//! The first bytes of a TLS client.

use whotalks_wire::app::tls::{ClientHello, client_hello_body};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(body) = client_hello_body(bytes) else { return };
    let Ok(hello) = ClientHello::parse(&body) else { return };
    let _ = (
        hello.server_name(),
        hello.application_protocols().count(),
        hello.has_encrypted_hello(),
    );
});
