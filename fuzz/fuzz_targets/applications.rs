#![no_main]
//! Every probe, framing and reader of an application protocol; the first two bytes say where what follows is cut.

#[path = "../../crates/wire/src/app/tests/readers.rs"]
mod readers;

libfuzzer_sys::fuzz_target!(|input: (u16, &[u8])| {
    let (end, bytes) = input;
    readers::read_all(bytes, usize::from(end));
});
