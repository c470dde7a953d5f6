#![no_main]
//! A DNS message: every question, every record, every name.

use whotalks_wire::app::dns::Message;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(message) = Message::parse(bytes) else { return };
    message
        .questions()
        .flatten()
        .for_each(|question| drop(question.name.text()));
    message.records().flatten().for_each(|record| drop(record.name.text()));
});
