//! A guess at the host a piece was collected on, from the words of its path.

use whotalks_record::Text;

/// The host that a path may name: the computer in a file or folder name of the TSS collector
/// (`TSS_PC01_261120-100211_…`, `PC01_261120-100211_netstat.txt`), else the folder below `root` that the piece lies in. `root` is
/// the name of what the user gave; a plain folder name there (`evidence`) says nothing.
pub(crate) fn host_hint(root: &str, below: &str) -> Option<Text> {
    let mut parts: Vec<&str> = below.split(['/', '\\', '!']).filter(|part| !part.is_empty()).collect();
    let stamped = parts.iter().rev().chain([&root]).find_map(|part| before_stamp(part));
    parts.pop();
    stamped.or_else(|| parts.last().copied()).map(Text::from)
}

/// The computer in `[TSS_]COMPUTER_yyMMdd-HHmmss[_…]`.
fn before_stamp(name: &str) -> Option<&str> {
    let name = name.strip_prefix("TSS_").unwrap_or(name);
    name.match_indices('_').find_map(|(at, _)| {
        let (computer, rest) = name.split_at_checked(at)?;
        let stamp = rest.get(1..14)?;
        let ends = rest.get(14..15).is_none_or(|next| matches!(next, "_" | "."));
        (is_stamp(stamp) && ends && !computer.is_empty()).then_some(computer)
    })
}

/// `yyMMdd-HHmmss`.
fn is_stamp(text: &str) -> bool {
    text.bytes()
        .enumerate()
        .all(|(at, byte)| if at == 6 { byte == b'-' } else { byte.is_ascii_digit() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_collector_stamp_outranks_the_folder() {
        for (root, below, expected) in [
            (
                "evidence",
                "TSS_CHIEF-PC_261120-100211_NET/netstat.txt",
                Some("CHIEF-PC"),
            ),
            ("evidence", "logs/CHIEF_PC_261120-100211_netstat.txt", Some("CHIEF_PC")),
            ("TSS_PC01_261120-100211.zip", "sub/Security.evtx", Some("PC01")),
            ("evidence", "pc02/logs.evtx", Some("pc02")),
            ("evidence", "capture.pcapng", None),
            ("capture.pcapng", "", None),
        ] {
            assert_eq!(host_hint(root, below).as_deref(), expected, "{root} {below}");
        }
    }
}
