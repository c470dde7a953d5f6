#![no_main]
//! A datagram of QUIC, frames of an opened packet, and the hello of Google's QUIC.

use whotalks_wire::app::quic::{CryptoStream, Frame, InitialKeys, Packet, Sender, frames, google, packets};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for packet in packets(bytes) {
        let Packet::Initial(initial) = packet else { continue };
        let header = initial.header;
        let keys = InitialKeys::derive(header.version, header.destination, Sender::Client);
        let _ = keys.and_then(|keys| initial.open(&keys));
    }
    let mut stream = CryptoStream::default();
    for frame in frames(bytes) {
        if let Frame::Crypto { offset, data } = frame {
            stream.insert(offset, data);
        }
    }
    let _ = (google::version(bytes), google::client_hello(bytes));
});
