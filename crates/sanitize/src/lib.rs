//! Evidence is hostile: what a face writes must not act on a terminal, a spreadsheet or a page.
//!
//! HTML is escaped by `maud` at every splice; [`visible`] runs over the finished page besides, so that bidi controls cannot
//! reorder what a reader sees.

use std::fmt::Write;

/// The most characters of one text on a terminal: a sentence with several long quotes of a bounded length fits, an
/// endless one does not.
pub const MOST_SHOWN_CHARACTERS: usize = 8_192;

/// `text` with everything invisible or active made visible: C0 and C1 controls (with ESC, so no ANSI or OSC sequence
/// survives), line ends, bidi controls, zero-width characters and tags become `\x1b` or `\u{202e}`. A second run changes
/// nothing. Texts longer than [`MOST_SHOWN_CHARACTERS`] end in `…`.
pub fn terminal(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for (place, character) in text.chars().enumerate() {
        if place >= MOST_SHOWN_CHARACTERS {
            shown.push('…');
            break;
        }
        push_visible(&mut shown, character);
    }
    shown
}

/// The same for a finished page: line feeds stay, nothing is cut.
pub fn visible(page: &str) -> String {
    let mut shown = String::with_capacity(page.len());
    for character in page.chars() {
        match character {
            '\n' => shown.push('\n'),
            other => push_visible(&mut shown, other),
        }
    }
    shown
}

/// `text` as a cell that no spreadsheet takes for a formula: a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage
/// return gets a leading apostrophe, which spreadsheets read as "this is text" (OWASP "CSV Injection"). Invisible and active
/// characters become visible ones first, so a hidden mark before the `=` does not help. Quoting is the CSV writer's work.
pub fn csv_cell(text: &str) -> String {
    // A formula may also hide behind leading blanks, which some spreadsheets drop, or behind full-width signs, which
    // Japanese editions of them fold.
    let starts_formula = |text: &str| {
        text.trim_start()
            .starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
    };
    let mut cell = String::with_capacity(text.len() + 1);
    if starts_formula(text) || text.starts_with(['\t', '\r']) {
        cell.push('\'');
    }
    for character in text.chars() {
        push_visible(&mut cell, character);
    }
    cell
}

fn push_visible(shown: &mut String, character: char) {
    if !needs_escape(character) {
        shown.push(character);
        return;
    }
    let code = u32::from(character);
    // Writing into a string cannot fail.
    let _ = match character {
        '\n' => shown.write_str("\\n"),
        '\r' => shown.write_str("\\r"),
        '\t' => shown.write_str("\\t"),
        _ if code < 0x100 => write!(shown, "\\x{code:02x}"),
        _ => write!(shown, "\\u{{{code:x}}}"),
    };
}

/// Whether a character is a control or changes how its neighbours look without being seen.
fn needs_escape(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'                      // soft hyphen
            | '\u{34f}'                   // combining grapheme joiner
            | '\u{61c}'                   // Arabic letter mark
            | '\u{115f}'..='\u{1160}'     // Hangul fillers
            | '\u{17b4}'..='\u{17b5}'     // Khmer inherent vowels
            | '\u{180b}'..='\u{180f}'     // Mongolian variation selectors
            | '\u{200b}'..='\u{200f}'     // zero-width characters, LRM, RLM
            | '\u{2028}'..='\u{202e}'     // line and paragraph separators, bidi embeddings and overrides
            | '\u{2060}'..='\u{206f}'     // word joiner, invisible operators, bidi isolates
            | '\u{3164}'                  // Hangul filler
            | '\u{feff}'                  // byte order mark
            | '\u{ffa0}'                  // half-width Hangul filler
            | '\u{fff0}'..='\u{fffb}'     // specials, interlinear annotations
            | '\u{e0000}'..='\u{e0fff}'   // tags and variation selectors supplement
        )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn terminal_sequences_are_shown_and_not_sent() {
        assert_eq!(terminal("\u{1b}[31mred\u{1b}[0m"), "\\x1b[31mred\\x1b[0m");
        assert_eq!(terminal("\u{1b}]8;;http://x\u{7}click"), "\\x1b]8;;http://x\\x07click");
        assert_eq!(terminal("\u{9b}2J"), "\\x9b2J");
        assert_eq!(terminal("a\r\nb\tc"), "a\\r\\nb\\tc");
        assert_eq!(terminal("del\u{7f}"), "del\\x7f");
    }

    #[test]
    fn bidi_and_zero_width_characters_are_shown() {
        assert_eq!(terminal("gnp.\u{202e}exe.scr"), "gnp.\\u{202e}exe.scr");
        assert_eq!(
            terminal("\u{2066}a\u{2069}\u{200b}\u{feff}\u{61c}"),
            "\\u{2066}a\\u{2069}\\u{200b}\\u{feff}\\u{61c}"
        );
    }

    #[test]
    fn ordinary_text_of_both_languages_stays() {
        for text in [
            r"C:\Program Files\My App\app.exe",
            "日本語のパス「テスト」",
            "naïve — “quoted”",
        ] {
            assert_eq!(terminal(text), text);
            assert_eq!(visible(text), text);
        }
    }

    #[test]
    fn endless_texts_are_cut_on_a_terminal() {
        assert_eq!(
            terminal(&"x".repeat(1_000_000)).chars().count(),
            MOST_SHOWN_CHARACTERS + 1
        );
    }

    #[test]
    fn formulas_become_text() {
        for hostile in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "  =1",
            "=cmd|' /C calc'!A0",
            "\u{ff1d}1",
            "\n=1",
        ] {
            assert!(csv_cell(hostile).starts_with('\''), "{hostile:?}");
        }
        assert_eq!(csv_cell("203.0.113.77:443"), "203.0.113.77:443");
        assert_eq!(csv_cell("a\u{202e}b"), "a\\u{202e}b");
    }

    proptest! {
        #[test]
        fn nothing_active_survives_and_a_second_run_changes_nothing(text in any::<String>()) {
            let shown = terminal(&text);
            prop_assert!(!shown.chars().any(needs_escape));
            prop_assert_eq!(terminal(&visible(&text)).chars().take(64).collect::<String>(), shown.chars().take(64).collect::<String>());
            prop_assert_eq!(visible(&visible(&text)), visible(&text));
        }
    }
}
