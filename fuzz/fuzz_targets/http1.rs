#![no_main]
//! The first bytes of an HTTP/1 client and server.

use whotalks_wire::app::http1;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = http1::request(bytes).map(|request| (request.host().and_then(|host| host.address()), request.target()));
    let _ = http1::response(bytes).map(|response| response.header("location"));
});
