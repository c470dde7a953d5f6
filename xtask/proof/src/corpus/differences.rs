//! Differences that are known and explained: `docs/differences.toml`.

use serde::Deserialize;
use xtask::error::Result;

use crate::reasons;

const FILE: &str = "docs/differences.toml";

/// The explained differences.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Differences {
    #[serde(default)]
    difference: Vec<Difference>,
}

/// Why a figure of a file differs from what another tool says.
#[derive(Debug, Deserialize)]
pub(super) struct Difference {
    /// The file in the corpus, `pcap/a.pcap`.
    file: String,
    /// The figure; `*` at the end stands for any rest.
    figure: String,
    /// Why it differs, and why that is right or how far it is wrong.
    pub(super) reason: String,
}

impl Differences {
    /// Reads the list.
    pub(super) fn read() -> Result<Self> {
        reasons::read(FILE)
    }

    /// The explanation of a difference.
    pub(super) fn explain(&self, file: &str, figure: &str) -> Option<&Difference> {
        self.difference
            .iter()
            .find(|known| known.file == file && matches(&known.figure, figure))
    }
}

fn matches(pattern: &str, figure: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => figure.starts_with(start),
        None => pattern == figure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explanation_holds_for_its_file_and_its_figures_only() {
        let list = "[[difference]]\nfile = \"pcap/a.pcap\"\nfigure = \"dns *\"\nreason = \"malformed on purpose\"\n";
        let list: Differences = toml::from_str(list).unwrap();
        assert!(list.explain("pcap/a.pcap", "dns www").is_some());
        assert!(list.explain("pcap/a.pcap", "packets").is_none());
        assert!(list.explain("pcap/b.pcap", "dns www").is_none());
    }

    #[test]
    fn the_project_s_own_list_can_be_read() {
        assert!(Differences::read().is_ok());
    }
}
