//! Lines `Label . . . . : value`, as ipconfig writes them in every language.

/// The label and the value of such a line. The leader between them is of blanks and dots, at least one dot and three
/// characters with the blanks around it.
pub(crate) fn parse(text: &str) -> Option<(&str, &str)> {
    let leader = |c: char| c == '.' || c == ' ';
    text.match_indices(':').find_map(|(at, _)| {
        let (before, rest) = text.split_at_checked(at)?;
        let label = before.trim_end_matches(leader);
        let run = before.get(label.len()..)?;
        let is_leader = run.len() >= 2 && run.contains('.');
        let value = rest.get(1..)?.trim();
        (is_leader && !label.trim().is_empty()).then_some((label.trim(), value))
    })
}

/// The number of blanks before the text of a line.
pub(crate) fn indent(text: &str) -> usize {
    text.len().saturating_sub(text.trim_start().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_every_language_are_told_from_their_values() {
        for (text, label, value) in [
            ("   Host Name . . . . . . . . . . . . : PC1", "Host Name", "PC1"),
            ("   ホスト名. . . . . . . . . . . . . . .: PC1", "ホスト名", "PC1"),
            (
                "   Connection-specific DNS Suffix  . : corp.example",
                "Connection-specific DNS Suffix",
                "corp.example",
            ),
            ("    Time To Live  . . . . : 120", "Time To Live", "120"),
            (
                "   Link-local IPv6 Address . . . . . : fe80::1%2(Preferred)",
                "Link-local IPv6 Address",
                "fe80::1%2(Preferred)",
            ),
            ("   Default Gateway . . . . . . . . . :", "Default Gateway", ""),
        ] {
            assert_eq!(parse(text), Some((label, value)), "{text}");
        }
    }

    #[test]
    fn other_colons_are_no_leaders() {
        for text in [
            "Host Name:   PC1",
            "Ethernet adapter Ethernet:",
            " . . : x",
            "LocalAddress : ::",
            "",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
