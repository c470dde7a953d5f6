#![no_main]
//! The first bytes of both sides of TLS, and a datagram of DTLS.

use whotalks_wire::app::tls::{self, Carrier, ClientHello, client_hello_body};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(flight) = tls::server_flight(bytes) {
        let _ = flight.server_hello().map(|hello| hello.ja3s());
    }
    let datagram = tls::datagram_client_hello(bytes).and_then(|body| ClientHello::parse_datagram(body).ok());
    let _ = datagram.map(|hello| hello.ja4(Carrier::Dtls));
    let Ok(body) = client_hello_body(bytes) else { return };
    let Ok(hello) = ClientHello::parse(&body) else { return };
    let _ = (
        hello.server_name(),
        hello.encrypted_hello(),
        hello.has_encrypted_hello(),
    );
    let _ = (hello.ja3(), hello.ja4(Carrier::Tcp));
    let _ = (tls::by_hello(&hello, 443), tls::asks_certificate(&hello));
});
