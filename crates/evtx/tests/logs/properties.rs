//! What holds for every input.

use std::path::Path;

use proptest::prelude::*;
use whotalks_evtx::Kind;
use whotalks_record::Record;

use crate::shared::{Kept, corpus, read};

fn testdata(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata").join(name)).unwrap()
}

/// A real log of one chunk, where the corpus is there.
fn corpus_log() -> Option<Vec<u8>> {
    let path = corpus("evtx")?.join("sbousseaden__DE_RDP_Tunnel_5156.evtx");
    Some(std::fs::read(path).unwrap())
}

fn assert_prefix(kind: Kind, whole: &[u8], cut: usize) -> Result<(), TestCaseError> {
    let full = read(kind, whole);
    let part = read(kind, &whole[..cut]);
    let (full, events) = (full.events(), part.events());
    prop_assert!(events.len() <= full.len());
    prop_assert_eq!(&events[..], &full[..events.len()]);
    // Where nothing says so, no event that has begun is lost.
    prop_assert!(events.len() == full.len() || !part.issues.is_empty() || ends_behind_event(&whole[..cut]));
    Ok(())
}

/// Whether a cut text is empty or ends with an event that has ended.
fn ends_behind_event(text: &[u8]) -> bool {
    let text = decoded(text);
    let text = text.trim_matches(|mark: char| mark.is_whitespace() || mark == '\u{feff}');
    text.is_empty() || text.ends_with("</Event>") || text.ends_with('}')
}

/// The whole characters of UTF-8, or of UTF-16 with a byte order mark.
fn decoded(text: &[u8]) -> String {
    if !text.starts_with(&[0xff, 0xfe]) {
        return String::from_utf8_lossy(text).into_owned();
    }
    let units = text.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]]));
    String::from_utf16_lossy(&units.collect::<Vec<u16>>())
}

/// The events with the ends of connections in one order: which is local in this log of Windows 7 shows late in it.
fn unoriented(kept: &Kept) -> Vec<Record> {
    let events = kept.events().into_iter().cloned();
    events
        .map(|mut record| {
            if let Record::Connection(event) = &mut record
                && event.local > event.remote
            {
                std::mem::swap(&mut event.local, &mut event.remote);
            }
            record
        })
        .collect()
}

fn flip(bytes: &mut [u8], flips: &[(prop::sample::Index, u8)]) {
    for (at, bits) in flips {
        bytes[at.index(bytes.len())] ^= bits;
    }
}

fn flips() -> impl Strategy<Value = Vec<(prop::sample::Index, u8)>> {
    prop::collection::vec((any::<prop::sample::Index>(), 1_u8..), 1..24)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..4_096)) {
        for kind in [Kind::Evtx, Kind::Xml, Kind::Json] {
            let kept = read(kind, &bytes);
            prop_assert!(kept.events().is_empty());
        }
    }

    #[test]
    fn damaged_exports_never_panic(flips in flips(), which in 0_usize..3) {
        let (kind, name) = [
            (Kind::Xml, "xml/wevtutil_without_root_en.in"),
            (Kind::Json, "json/nxlog_en.in"),
            (Kind::Json, "json/winlogbeat_ja.in"),
        ][which];
        let mut bytes = testdata(name);
        flip(&mut bytes, &flips);
        let kept = read(kind, &bytes);
        prop_assert!(kept.records.len() < 64);
    }

    #[test]
    fn a_cut_binary_log_gives_a_prefix_of_its_events_and_an_issue(at in any::<prop::sample::Index>()) {
        let Some(whole) = corpus_log() else { return Ok(()) };
        let full = read(Kind::Evtx, &whole);
        let cut = at.index(whole.len());
        let part = read(Kind::Evtx, &whole[..cut]);
        prop_assert!(!part.issues.is_empty() || cut == 4_096);
        let (full, events) = (unoriented(&full), unoriented(&part));
        prop_assert_eq!(&events[..], &full[..events.len()]);
    }

    #[test]
    fn damaged_binary_logs_never_panic_and_keep_what_is_sound(flips in flips()) {
        let Some(sound) = corpus_log() else { return Ok(()) };
        let mut bytes = sound.clone();
        flip(&mut bytes[4_096..], &flips);
        let kept = read(Kind::Evtx, &bytes);
        // Flips in the free space behind the last record change nothing.
        let expected = read(Kind::Evtx, &sound).records.len();
        prop_assert!(!kept.issues.is_empty() || kept.records.len() == expected);
        prop_assert!(kept.records.len() <= 128);
    }

    #[test]
    fn damaged_table_and_record_headers_never_panic(flips in flips()) {
        let Some(mut bytes) = corpus_log() else { return Ok(()) };
        // Behind the header's flags, one of which says that there are no checksums.
        flip(&mut bytes[4_096 + 128..4_096 + 2_048], &flips);
        let kept = read(Kind::Evtx, &bytes);
        prop_assert!(!kept.issues.is_empty());
    }
}

#[test]
fn a_log_with_bytes_lost_before_a_chunk_is_read_from_that_chunk_on() {
    let Some(log) = corpus_log() else { return };
    let whole = read(Kind::Evtx, &log);
    // Half of the file header is gone, so that the chunk is out of step.
    let part = read(Kind::Evtx, &log[2_048..]);
    assert_eq!(part.events().len(), whole.events().len());
    assert!(!part.issues.is_empty());
    // A chunk alone, as carving tools give it.
    assert_eq!(read(Kind::Evtx, &log[4_096..]).events().len(), whole.events().len());
    let ranges = whole.records.iter().filter(|record| matches!(record, Record::Range(_)));
    assert_eq!(ranges.count(), 3);
}

/// Texts of every form; each is short enough to be cut at every byte.
const EXPORTS: [(Kind, &str); 9] = [
    (Kind::Xml, "xml/wevtutil_without_root_en.in"),
    (Kind::Xml, "xml/wevtutil_with_root_ja_utf16.in"),
    (Kind::Xml, "xml/convert_to_xml_en.in"),
    (Kind::Xml, "xml/convert_to_xml_ja.in"),
    (Kind::Json, "json/nxlog_en.in"),
    (Kind::Json, "json/nxlog_ja.in"),
    (Kind::Json, "json/winlogbeat_en.in"),
    (Kind::Json, "json/winlogbeat_ja.in"),
    (Kind::Json, "json/own_structure.in"),
];

#[test]
fn an_export_cut_anywhere_gives_a_prefix_of_its_events() {
    for (kind, name) in EXPORTS {
        let whole = testdata(name);
        // Half a byte order mark says nothing of what it begins.
        for cut in 2..=whole.len() {
            assert_prefix(kind, &whole, cut).unwrap_or_else(|error| panic!("{name} cut at {cut}: {error}"));
        }
    }
}
