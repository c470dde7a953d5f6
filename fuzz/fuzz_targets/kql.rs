#![no_main]
//! Any text as a query: what reads without diagnostics prints as a text that does so too, and says the same again.

libfuzzer_sys::fuzz_target!(|text: &str| {
    let parsed = whotalks_kql_syntax::parse(text);
    for diagnostic in &parsed.diagnostics {
        assert!(text.get(diagnostic.span.start..diagnostic.span.end).is_some());
    }
    let printed = parsed.tree.to_string();
    if parsed.diagnostics.is_empty() {
        let again = whotalks_kql_syntax::parse(&printed);
        // What is refused prints its name and no more, which need not be read as well.
        assert!(!again.diagnostics.is_empty() || again.tree.to_string() == printed);
    }
});
