#![no_main]
//! Any text as a query: reading it never fails, every diagnostic lies in the text, and what is printed can be read, too.

libfuzzer_sys::fuzz_target!(|text: &str| {
    let parsed = whotalks_kql_syntax::parse(text);
    for diagnostic in &parsed.diagnostics {
        assert!(text.get(diagnostic.span.start..diagnostic.span.end).is_some());
    }
    drop(whotalks_kql_syntax::parse(&parsed.tree.to_string()));
});
