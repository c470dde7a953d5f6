//! Values separated by commas or tabs.

use crate::format::Format;

/// How many lines are compared.
const COMPARED_LINES: usize = 5;

/// Whether the first lines have the same number, at least two, of values.
pub(super) fn detect(text: &str) -> Option<Format> {
    [(',', Format::Csv), ('\t', Format::TabSeparated)]
        .into_iter()
        .find_map(|(separator, format)| is_separated(text, separator).then_some(format))
}

fn is_separated(text: &str, separator: char) -> bool {
    // The last line of the prefix may be cut.
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(COMPARED_LINES + 1)
        .collect();
    let whole = match lines.as_slice() {
        [whole @ .., _] if lines.len() > COMPARED_LINES || !text.ends_with('\n') && lines.len() > 2 => whole,
        all => all,
    };
    let [head, rows @ ..] = whole else { return false };
    let columns = count(head, separator);
    columns >= 1 && !rows.is_empty() && rows.iter().all(|row| count(row, separator) == columns)
}

/// Separators outside quotation marks.
fn count(line: &str, separator: char) -> usize {
    let mut quoted = false;
    line.chars()
        .filter(|character| {
            quoted ^= *character == '"';
            !quoted && *character == separator
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_outside_quotation_marks() {
        assert_eq!(detect("a,b,c\n1,\"2,5\",3\n"), Some(Format::Csv));
        assert_eq!(detect("a\tb\n1\t2\n3\t4"), Some(Format::TabSeparated));
        assert_eq!(detect("a sentence, with a comma\nand one without\n"), None);
        assert_eq!(detect("a,b,c\n"), None);
    }
}
