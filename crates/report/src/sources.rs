//! What the questions of this crate are answered from.

use std::net::IpAddr;

use whotalks_catalogue::Catalogue;
use whotalks_correlate::{ClockOffset, CoverageLine, Host, HostId, Observed};
use whotalks_policy::Policy;
use whotalks_record::{Endpoint, EvidenceId, Text};

use crate::EvidenceLine;

/// Everything but the conversations, which are streamed.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The manifest.
    pub evidence: &'a [EvidenceLine],
    /// What was observed, to put a time and a word to a citation.
    pub observed: &'a Observed,
    /// The hosts.
    pub hosts: &'a [Host],
    /// Measured clock offsets.
    pub clocks: &'a [ClockOffset],
    /// The coverage ledger.
    pub coverage: &'a [CoverageLine],
    /// Known endpoints and system programs.
    pub catalogue: &'a Catalogue,
    /// What nobody should do, where the user says so.
    pub policy: Option<&'a Policy>,
}

impl Sources<'_> {
    /// What to call the host of a conversation: its computer name, else its own address there.
    pub(crate) fn host_label(&self, host: Option<HostId>, local: Option<IpAddr>) -> Option<Text> {
        let named = host
            .and_then(|id| self.hosts.get(id.0 as usize))
            .and_then(|host| host.name.clone());
        named.or_else(|| local.map(|address| address.to_string().into()))
    }

    /// What to call the host that a piece of evidence was collected on; none where that is not known.
    pub(crate) fn host_of(&self, id: EvidenceId) -> Option<Text> {
        let line = self.coverage.iter().find(|line| line.evidence == id);
        self.host_label(line.and_then(|line| line.host), None)
    }

    /// The file name of a piece of evidence, without folders.
    pub(crate) fn file(&self, id: EvidenceId) -> Text {
        let line = self.evidence.iter().find(|line| line.id == id);
        line.map_or_else(|| id.to_string().into(), |line| file_name(&line.path).into())
    }

    /// Whether an address belongs to one of the hosts.
    pub(crate) fn is_own(&self, remote: Endpoint) -> bool {
        self.hosts.iter().any(|host| host.addresses.contains(&remote.address))
    }
}

/// The last component of a path; a member of an archive keeps the archive's name.
fn file_name(path: &str) -> &str {
    match path.split_once('!') {
        Some((outer, _)) => path
            .get(outer.rfind(['/', '\\']).map_or(0, |at| at + 1)..)
            .unwrap_or(path),
        None => path.rsplit(['/', '\\']).next().unwrap_or(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_left_out_and_archives_kept() {
        assert_eq!(file_name("a/b/capture.pcapng"), "capture.pcapng");
        assert_eq!(file_name("a/b.zip!c/Security.evtx"), "b.zip!c/Security.evtx");
    }
}
