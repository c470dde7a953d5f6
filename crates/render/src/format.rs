//! How numbers, sizes and names are written, on every face alike. Spans of time and sizes carry unit words, so they live in
//! [`crate::words`].

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The mark in the middle of a text that was cut.
const CUT: &str = "…";

/// A count with a comma between groups of three digits, as both languages write it.
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number with a comma between groups of three digits and at most three digits behind the point; very great and very small ones
/// with a power of ten.
pub fn number(value: f64) -> String {
    let size = value.abs();
    if value == 0.0 {
        return "0".to_owned();
    }
    if !(1e-3..1e15).contains(&size) {
        return format!("{value:.3e}");
    }
    let rounded = format!("{size:.3}");
    let (whole, fraction) = rounded.split_once('.').unwrap_or((&rounded, ""));
    let whole = whole.parse().map(grouped).unwrap_or_default();
    let fraction = fraction.trim_end_matches('0');
    let sign = if value < 0.0 { "-" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{fraction}")
}

/// How many columns of a terminal `text` takes; East Asian wide characters take two.
pub fn display_width(text: &str) -> usize {
    text.width()
}

/// `text` in at most `columns` columns, its middle replaced by `…` where it is longer: both ends of a host name or path tell
/// more than its middle. Width 0 gives the empty text.
pub fn cut_middle(text: &str, columns: usize) -> String {
    if display_width(text) <= columns {
        return text.to_owned();
    }
    let Some(room) = columns.checked_sub(1) else {
        return String::new();
    };
    let head = take_columns(text.chars(), room.div_ceil(2));
    let tail = take_columns(text.chars().rev(), room / 2);
    format!("{head}{CUT}{}", tail.chars().rev().collect::<String>())
}

/// `text` in at most `columns` columns, its end replaced by `…` where it is longer. Width 0 gives the empty text.
pub fn cut_end(text: &str, columns: usize) -> String {
    if display_width(text) <= columns {
        return text.to_owned();
    }
    match columns.checked_sub(1) {
        Some(room) => format!("{}{CUT}", take_columns(text.chars(), room)),
        None => String::new(),
    }
}

/// The longest prefix of `characters` that takes at most `columns` columns.
fn take_columns(characters: impl Iterator<Item = char>, columns: usize) -> String {
    let mut used = 0;
    characters
        .take_while(|character| {
            used += character.width().unwrap_or(0);
            used <= columns
        })
        .collect()
}

/// `text` as one word of a command that a person may copy into PowerShell, cmd or a POSIX shell: as it is where it is plain,
/// in double quotes where that is safe in all three, none where it is not. Evidence must not put commands into a shell.
pub fn command_word(text: &str) -> Option<String> {
    let plain = |c: char| c.is_alphanumeric() || "._:-/[]".contains(c);
    if text.is_empty() || text.starts_with('-') {
        None
    } else if text.chars().all(|c| c.is_ascii() && plain(c)) {
        Some(text.to_owned())
    } else if text.chars().all(|c| plain(c) || c == ' ') {
        Some(format!("\"{text}\""))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped_by_three() {
        for (count, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (84_211, "84,211"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(count), text);
        }
    }

    #[test]
    fn numbers_have_separators_and_few_digits_behind_the_point() {
        for (value, text) in [
            (0.0, "0"),
            (1_234_567.0, "1,234,567"),
            (-1_234.5, "-1,234.5"),
            (0.12345, "0.123"),
            (2.0004, "2"),
            (1e20, "1.000e20"),
            (1e-9, "1.000e-9"),
        ] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn long_names_lose_their_middle_and_keep_both_ends() {
        assert_eq!(cut_middle("v10.events.data.microsoft.com", 17), "v10.even…soft.com");
        assert_eq!(cut_middle("short", 17), "short");
        assert_eq!(cut_middle("anything", 1), "…");
        assert_eq!(cut_middle("anything", 0), "");
    }

    #[test]
    fn wide_characters_are_never_cut_in_half() {
        for columns in 0..24 {
            assert!(display_width(&cut_middle("東京支店の端末から通信", columns)) <= columns);
            assert!(display_width(&cut_end("東京支店の端末から通信", columns)) <= columns);
        }
        assert_eq!(cut_end("東京支店", 6), "東京…");
    }

    #[test]
    fn a_command_word_never_carries_shell_syntax() {
        assert_eq!(command_word("203.0.113.77").as_deref(), Some("203.0.113.77"));
        assert_eq!(command_word("my tool.exe").as_deref(), Some("\"my tool.exe\""));
        for hostile in [
            "a;b", "$(id)", "a`b", "%PATH%", "a\"b", "a\nb", "-x", "", "a&b", "a|b", "!x",
        ] {
            assert_eq!(command_word(hostile), None, "{hostile:?}");
        }
    }
}
