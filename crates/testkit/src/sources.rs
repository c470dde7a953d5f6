//! The kinds of evidence that a scenario can be written as.

use crate::write::etl::TRACE_FILES;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One kind of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// `capture.pcapng`: what the network card saw.
    Pcap,
    /// `Security.evtx`: the Security log in its binary form.
    Evtx,
    /// `Sysmon.evtx`: Sysmon 1, 3, 5 and 22; written only for hosts on which the scenario runs Sysmon.
    Sysmon,
    /// `netstat.txt`: `netstat -ano` or `-anob`.
    Netstat,
    /// `tasklist.txt`: `tasklist /svc`.
    Tasklist,
    /// `filters.xml`: `netsh wfp show filters`.
    Filters,
    /// `wfpstate.xml`: `netsh wfp show state`.
    Wfpstate,
    /// `trace.etl` and its like: sockets, names and processes as the system traces them.
    Etl,
    /// `packetcapture.etl`: packets as the system traces them.
    Etlpackets,
    /// `pfirewall.log`: the text log of the firewall, in local time.
    Firewall,
}

impl SourceKind {
    /// Every kind, in the order in which people list them.
    pub const ALL: [Self; 10] = [
        Self::Pcap,
        Self::Evtx,
        Self::Sysmon,
        Self::Netstat,
        Self::Tasklist,
        Self::Filters,
        Self::Wfpstate,
        Self::Etl,
        Self::Etlpackets,
        Self::Firewall,
    ];

    /// The name of the file that holds this kind.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Pcap => "capture.pcapng",
            Self::Evtx => "Security.evtx",
            Self::Sysmon => "Sysmon.evtx",
            Self::Netstat => "netstat.txt",
            Self::Tasklist => "tasklist.txt",
            Self::Filters => "filters.xml",
            Self::Wfpstate => "wfpstate.xml",
            Self::Etl => "trace.etl",
            Self::Etlpackets => "packetcapture.etl",
            Self::Firewall => "pfirewall.log",
        }
    }

    /// The names of all files that may hold this kind.
    #[must_use]
    pub fn file_names(self) -> Vec<&'static str> {
        match self {
            Self::Etl => TRACE_FILES.to_vec(),
            _ => vec![self.file_name()],
        }
    }

    /// Whether it is an event trace.
    #[must_use]
    pub fn is_trace(self) -> bool {
        matches!(self, Self::Etl | Self::Etlpackets)
    }

    /// The word for this kind on a command line, as `pcap`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Pcap => "pcap",
            Self::Evtx => "evtx",
            Self::Sysmon => "sysmon",
            Self::Netstat => "netstat",
            Self::Tasklist => "tasklist",
            Self::Filters => "filters",
            Self::Wfpstate => "wfpstate",
            Self::Etl => "etl",
            Self::Etlpackets => "etlpackets",
            Self::Firewall => "firewall",
        }
    }
}

/// A set of kinds of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sources(BTreeSet<SourceKind>);

impl Sources {
    /// Every kind apart from traces and the text log of the firewall, which few collect.
    #[must_use]
    pub fn all() -> Self {
        let usual = |kind: &SourceKind| !kind.is_trace() && *kind != SourceKind::Firewall;
        Self(SourceKind::ALL.into_iter().filter(usual).collect())
    }

    /// Every kind.
    #[must_use]
    pub fn with_traces() -> Self {
        Self(SourceKind::ALL.into_iter().collect())
    }

    /// Exactly these kinds.
    #[must_use]
    pub fn of(kinds: &[SourceKind]) -> Self {
        Self(kinds.iter().copied().collect())
    }

    /// Reads `pcap,evtx,netstat`.
    ///
    /// # Errors
    /// The first word that names no kind.
    pub fn parse(words: &str) -> Result<Self, UnknownSource> {
        words
            .split(',')
            .map(|word| source_named(word.trim()))
            .collect::<Result<BTreeSet<_>, _>>()
            .map(Self)
    }

    /// Whether the kind is in the set.
    #[must_use]
    pub fn contains(&self, kind: SourceKind) -> bool {
        self.0.contains(&kind)
    }

    /// The set without these kinds.
    #[must_use]
    pub fn without(&self, kinds: &[SourceKind]) -> Self {
        Self(self.0.iter().copied().filter(|kind| !kinds.contains(kind)).collect())
    }

    /// The kinds in order.
    pub fn iter(&self) -> impl Iterator<Item = SourceKind> + '_ {
        self.0.iter().copied()
    }
}

/// A word that names no kind of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownSource(pub String);

impl std::fmt::Display for UnknownSource {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let known: Vec<&str> = SourceKind::ALL.into_iter().map(SourceKind::word).collect();
        write!(
            formatter,
            "no evidence kind is called {:?}, use one of {}",
            self.0,
            known.join(", ")
        )
    }
}

impl std::error::Error for UnknownSource {}

fn source_named(word: &str) -> Result<SourceKind, UnknownSource> {
    SourceKind::ALL
        .into_iter()
        .find(|kind| kind.word() == word)
        .ok_or_else(|| UnknownSource(word.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{SourceKind, Sources};

    #[test]
    fn a_list_of_words_is_a_set() {
        let sources = Sources::parse("pcap, evtx").expect("known words");
        assert_eq!(sources, Sources::of(&[SourceKind::Evtx, SourceKind::Pcap]));
        assert!(!sources.contains(SourceKind::Netstat));
    }

    #[test]
    fn an_unknown_word_is_named_in_the_error() {
        let error = Sources::parse("pcap,zeek").expect_err("no log of Zeek is written");
        assert!(error.to_string().contains("\"zeek\""));
    }
}
