//! Which sources an investigator may have had.

use whotalks_testkit::sources::{SourceKind, Sources};

/// A mix of sources.
#[derive(Clone, Debug)]
pub(super) struct Mix {
    /// Its place in the table.
    pub(super) index: usize,
    /// How it is called.
    pub(super) name: String,
    pub(super) sources: Sources,
    /// Whether it is everything that a scenario has, for which the target of coverage holds.
    pub(super) whole: bool,
}

/// Mixes that people come with: everything, one kind alone, and the usual pairs.
const USUAL: [&[SourceKind]; 16] = [
    &[SourceKind::Pcap],
    &[SourceKind::Evtx],
    &[SourceKind::Pcap, SourceKind::Evtx],
    &[SourceKind::Pcap, SourceKind::Sysmon],
    &[SourceKind::Pcap, SourceKind::Netstat, SourceKind::Tasklist],
    &[SourceKind::Evtx, SourceKind::Netstat, SourceKind::Filters],
    &[SourceKind::Etl],
    &[SourceKind::Etlpackets],
    &[SourceKind::Etl, SourceKind::Etlpackets],
    &[SourceKind::Pcap, SourceKind::Etl],
    &[SourceKind::Etl, SourceKind::Etlpackets, SourceKind::Tasklist],
    &[SourceKind::Pcap, SourceKind::Evtx, SourceKind::Etl],
    &[SourceKind::Firewall],
    &[SourceKind::Pcap, SourceKind::Firewall],
    &[SourceKind::Evtx, SourceKind::Firewall, SourceKind::Tasklist],
    // What a support bundle holds.
    &[
        SourceKind::Evtx,
        SourceKind::Netstat,
        SourceKind::Tasklist,
        SourceKind::Filters,
        SourceKind::Firewall,
        SourceKind::Etl,
        SourceKind::Etlpackets,
    ],
];

/// The one mix that was asked for, or the usual ones.
pub(super) fn of(asked: Option<&Sources>) -> Vec<Mix> {
    let chosen: Vec<Sources> = match asked {
        Some(sources) => vec![sources.clone()],
        None => std::iter::once(Sources::all())
            .chain(USUAL.into_iter().map(Sources::of))
            .collect(),
    };
    chosen
        .into_iter()
        .enumerate()
        .map(|(index, sources)| mix(index, sources))
        .collect()
}

fn mix(index: usize, sources: Sources) -> Mix {
    let whole = sources == Sources::all();
    let words: Vec<&str> = sources.iter().map(SourceKind::word).collect();
    let name = if whole { "all".to_owned() } else { words.join("+") };
    Mix {
        index,
        name,
        sources,
        whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_mixes_begin_with_everything_and_are_named_after_their_sources() {
        let names: Vec<String> = of(None).into_iter().map(|mix| mix.name).collect();
        assert_eq!(names[..4], ["all", "pcap", "evtx", "pcap+evtx"].map(str::to_owned));
    }
}
