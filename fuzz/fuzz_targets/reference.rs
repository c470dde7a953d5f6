#![no_main]
//! Any text is a reference to evidence or is not; one that is reads back as it was written.

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(span) = text.parse::<whotalks_record::Span>() {
        assert_eq!(span.to_string().parse(), Ok(span));
    }
});
