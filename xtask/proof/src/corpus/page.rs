//! `docs/differences.md`: every disagreement with its reason.

use std::fmt::Write as _;

use xtask::error::{Error, Result};
use xtask::project;

use super::captures::Comparison;

const PAGE: &str = "docs/differences.md";

/// One figure of one file.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) file: String,
    pub(super) comparison: Comparison,
    /// Why it differs, where that is explained.
    pub(super) reason: Option<String>,
}

impl Row {
    /// Whether both tools say the same.
    pub(super) fn agrees(&self) -> bool {
        self.comparison.difference.is_none()
    }
}

/// Writes the page.
pub(super) fn write(rows: &[Row]) -> Result {
    let path = project::root().join(PAGE);
    std::fs::write(&path, text(rows)).map_err(Error::writing(&path))
}

fn text(rows: &[Row]) -> String {
    let agree = rows.iter().filter(|row| row.agrees()).count();
    let mut text = format!(
        "# Where whotalks differs from other tools\n\n\
         Made by `cargo xtask corpus --write-page`; reasons are kept in [differences.toml](differences.toml).\n\n\
         {agree} of {} figures agree. Captures are compared with tshark: packets, TCP and UDP streams, initial round-trip times,\n\
         DNS names, TLS server names and HTTP hosts; and with nDPI: what flows are recognised as. Event logs are compared with the `evtx` crate: events of each kind, at\n\
         least as many where that crate says that it stopped at damage.\n\n\
         What is not compared: Host headers that hold an address, which is no name, and files whose format has no reader.\n\
         whotalks ends a flow when it is idle and tshark never does: UDP streams are counted as pairs of ends, and what goes on\n\
         after silence as one TCP stream.\n\n\
         | file | figure | difference | reason |\n|---|---|---|---|\n",
        rows.len()
    );
    for row in rows {
        if let Some(difference) = &row.comparison.difference {
            let reason = row.reason.as_deref().unwrap_or("**not explained**");
            // Writing to a string cannot fail.
            let _ = writeln!(
                text,
                "| {} | {} | {difference} | {reason} |",
                row.file, row.comparison.figure
            );
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_differences_are_listed_and_an_unexplained_one_is_marked() {
        let row = |figure: &str, difference: Option<&str>, reason: Option<&str>| Row {
            file: "pcap/a.pcap".to_owned(),
            comparison: Comparison {
                figure: figure.to_owned(),
                difference: difference.map(str::to_owned),
            },
            reason: reason.map(str::to_owned),
        };
        let text = text(&[
            row("packets", None, None),
            row("dns x", Some("expected, not read"), None),
        ]);
        assert!(text.contains("1 of 2 figures agree"));
        assert!(text.ends_with("| pcap/a.pcap | dns x | expected, not read | **not explained** |\n"));
    }
}
