#![no_main]
//! The first bytes of a SOCKS client and server.

use whotalks_wire::app::socks::{self, Version};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = socks::request(bytes);
    let _ = (socks::answer(Version::V4, bytes), socks::answer(Version::V5, bytes));
});
