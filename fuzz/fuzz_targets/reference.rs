#![no_main]
//! A reference to evidence that a user types.

libfuzzer_sys::fuzz_target!(|text: &str| {
    let Ok(span) = text.parse::<whotalks_record::Span>() else {
        return;
    };
    assert_eq!(span.to_string().parse(), Ok(span));
});
