//! Whether a text is a dump of the filtering platform, by its first elements.

use whotalks_record::ListingTool;

use crate::encoding::Units;

/// How far into a file its root element is looked for, in bytes: before it there may be a declaration, and console text where
/// the dump was redirected.
const LOOKED_AT_BYTES: usize = 8_192;

/// What the beginning of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sniff {
    /// Which dump.
    pub kind: DumpKind,
    /// How sure that is.
    pub certainty: Certainty,
}

/// How sure a guess by content is, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// Items without the element around them: an excerpt.
    Unsure,
    /// The root element of a dump.
    Certain,
}

/// The dumps of `netsh wfp`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DumpKind {
    /// `show filters`.
    Filters,
    /// `show state`.
    State,
    /// `capture`: states and network events.
    Capture,
    /// `show netevents`.
    NetworkEvents,
}

impl DumpKind {
    /// The tool whose snapshot the reader makes of it; none for a dump that is no snapshot.
    pub const fn tool(self) -> Option<ListingTool> {
        match self {
            Self::Filters => Some(ListingTool::WfpFilters),
            Self::State | Self::Capture => Some(ListingTool::WfpState),
            Self::NetworkEvents => None,
        }
    }

    /// The name people know the file by.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Filters => "filters.xml",
            Self::State => "wfpstate.xml",
            Self::Capture => "wfpdiag.xml",
            Self::NetworkEvents => "netevents.xml",
        }
    }
}

/// Looks at the first bytes of a file; some kilobytes are enough.
pub fn sniff(prefix: &[u8]) -> Option<Sniff> {
    let prefix = prefix.get(..prefix.len().min(LOOKED_AT_BYTES)).unwrap_or_default();
    let text = Units::detect(prefix).decode(prefix);
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let has = |element: &str| text.contains(element);
    let kind = match () {
        () if has("<wfpstate>") => DumpKind::State,
        () if has("<initialState") || has("<sysInfo") && has("<wfpdiag") => DumpKind::Capture,
        () if has("<netEvents") || has("<netEvent>") => DumpKind::NetworkEvents,
        () if has("<wfpdiag>") || (start.starts_with('<') && has("<filterKey>")) => DumpKind::Filters,
        () => return None,
    };
    // A document that quotes an item begins with something else.
    let rooted = start.starts_with("<?xml") || start.starts_with("<wfp") || start.starts_with("<netEvents");
    let certainty = if rooted { Certainty::Certain } else { Certainty::Unsure };
    Some(Sniff { kind, certainty })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_dump_is_known_by_its_root() {
        for (text, kind) in [
            ("<?xml version=\"1.0\"?>\n<wfpstate>\n<timeStamp>", DumpKind::State),
            ("<wfpdiag>\n<filters numItems=\"1\">", DumpKind::Filters),
            (
                "<?xml version=\"1.0\"?><wfpdiag><sysInfo><osVersion>",
                DumpKind::Capture,
            ),
            ("<netEvents><item><header>", DumpKind::NetworkEvents),
        ] {
            let expected = Sniff {
                kind,
                certainty: Certainty::Certain,
            };
            assert_eq!(sniff(text.as_bytes()), Some(expected), "{text}");
            let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(sniff(&wide), Some(expected), "{text}");
        }
        assert_eq!(sniff(b"<html><body>"), None);
        assert_eq!(sniff(b"see <filterKey> for more"), None);
    }
}
