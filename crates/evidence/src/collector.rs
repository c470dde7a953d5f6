//! What the path of a piece says of the collector that took it: the TSS tool of Windows support stamps the computer and the
//! moment on every folder and file (`TSS_PC01_261120-100211_NET/PC01_261120-100211_NetStat_Info_Stop_.txt`).

use whotalks_record::Text;

/// A piece of a support bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collected {
    /// The computer it was collected on, as the collector's stamp names it (the name for NetBIOS, at most 15 characters).
    pub computer: Text,
    /// When the collection began, as written: `yyMMdd-HHmmss`, in the local time of the computer.
    pub stamp: Text,
    /// Whether it was taken at the start or at the stop of the collection; none where its name does not say.
    pub phase: Option<Phase>,
}

/// A moment of a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Before the problem was shown.
    Start,
    /// After it.
    Stop,
}

/// Words of file and folder names that tell the phase; the last two are of folders of the basic log.
const PHASE_WORDS: [(&str, Phase); 4] = [
    ("_Start_", Phase::Start),
    ("_Stop_", Phase::Stop),
    ("-Before-Repro", Phase::Start),
    ("-After-Repro", Phase::Stop),
];

/// What a path with its archives (`bundle.zip!folder/file`) says; none where no part of it has a stamp.
#[must_use]
pub fn collected(path: &str) -> Option<Collected> {
    let parts = || path.rsplit(['/', '\\', '!']).filter(|part| !part.is_empty());
    let (computer, stamp) = parts().find_map(stamped)?;
    Some(Collected {
        computer: computer.into(),
        stamp: stamp.into(),
        phase: parts().find_map(phase),
    })
}

/// The computer and the stamp in `[TSS_]COMPUTER_yyMMdd-HHmmss[_…]`.
pub(crate) fn stamped(name: &str) -> Option<(&str, &str)> {
    let name = name.strip_prefix("TSS_").unwrap_or(name);
    name.match_indices('_').find_map(|(at, _)| {
        let (computer, rest) = name.split_at_checked(at)?;
        let stamp = rest.get(1..14)?;
        let ends = rest.get(14..15).is_none_or(|next| matches!(next, "_" | "."));
        (is_stamp(stamp) && ends && !computer.is_empty()).then_some((computer, stamp))
    })
}

/// `yyMMdd-HHmmss`.
fn is_stamp(text: &str) -> bool {
    text.bytes()
        .enumerate()
        .all(|(at, byte)| if at == 6 { byte == b'-' } else { byte.is_ascii_digit() })
}

fn phase(name: &str) -> Option<Phase> {
    let found = PHASE_WORDS.iter().find(|(word, _)| name.contains(word));
    found.map(|(_, phase)| *phase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn computer_moment_and_phase_are_read_off_the_path() {
        let of = |path: &str| collected(path).map(|one| (one.computer.to_string(), one.stamp.to_string(), one.phase));
        let expected = |computer: &str, phase| Some((computer.to_owned(), "261120-100211".to_owned(), phase));
        assert_eq!(
            of("a/TSS_PC01_261120-100211_NET/PC01_261120-100211_NetStat_Info_Stop_.txt"),
            expected("PC01", Some(Phase::Stop))
        );
        assert_eq!(
            of("TSS_PC_1_261120-100211.zip!PC_1-Security.evtx"),
            expected("PC_1", None)
        );
        assert_eq!(
            of("TSS_PC01_261120-100211_NET/BasicLog-Before-Repro/tasklist.txt"),
            expected("PC01", Some(Phase::Start))
        );
        assert_eq!(of("evidence/netstat.txt"), None);
    }
}
