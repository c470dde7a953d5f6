#![no_main]
//! Any text on a terminal, in a table cell and on a page: nothing active is left.

use whotalks_sanitize as sanitize;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let shown = sanitize::terminal(text);
    assert!(!shown.chars().any(char::is_control));
    assert_eq!(
        sanitize::terminal(&shown).chars().take(100).collect::<String>(),
        shown.chars().take(100).collect::<String>()
    );
    assert!(!sanitize::csv_cell(text).starts_with(['=', '+', '-', '@', '\t', '\r']));
    assert!(
        !sanitize::visible(text)
            .chars()
            .any(|character| character.is_control() && character != '\n')
    );
});
