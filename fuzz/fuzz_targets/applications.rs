#![no_main]
//! What application protocols say in the clear, how long their messages are, and what two datagrams prove together.

use whotalks_wire::app::{self, Direction};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let (earlier, later) = bytes.split_at(bytes.len() / 2);
    for row in app::protocols() {
        for direction in [Direction::ToServer, Direction::ToClient] {
            assert_ne!((row.pdu)(bytes, direction), app::PduLength::Known(0));
        }
        let _ = ((row.pair)(earlier, later, true), (row.pair)(earlier, later, false));
    }
    let _ = (app::hints(bytes), app::headers::value(bytes, b"Call-ID"));
});
