//! A guess at the host a piece was collected on, from the words of its path.

use whotalks_record::Text;

use crate::collector::stamped;

/// The host that a path may name: the computer in a file or folder name of the TSS collector
/// (`TSS_PC01_261120-100211_…`, `PC01_261120-100211_netstat.txt`), else the folder below `root` that the piece lies in. `root` is
/// the name of what the user gave; a plain folder name there (`evidence`) says nothing.
pub(crate) fn host_hint(root: &str, below: &str) -> Option<Text> {
    let mut parts: Vec<&str> = below.split(['/', '\\', '!']).filter(|part| !part.is_empty()).collect();
    let named = parts.iter().rev().chain([&root]).find_map(|part| stamped(part));
    let computer = named.map(|(computer, _)| computer);
    parts.pop();
    computer.or_else(|| parts.last().copied()).map(Text::from)
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
