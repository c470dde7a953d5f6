#![no_main]
//! The first bytes of a conversation of any protocol.

use whotalks_wire::app::{Carrier, Direction, recognise};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for carrier in [Carrier::Datagram, Carrier::Stream] {
        let _ = (
            recognise(bytes, carrier, Direction::ToServer),
            recognise(bytes, carrier, Direction::ToClient),
        );
    }
});
