//! What holds for every dump.

use std::fs;
use std::path::Path;

use encoding_rs::SHIFT_JIS;
use proptest::collection::vec;
use proptest::prelude::*;
use whotalks_record::{IssueKind, Record};
use whotalks_wfp::{item_text, sniff};

use crate::shared::{Read, read};

fn golden(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("testdata/{name}.in"))).unwrap()
}

/// What the records say, without where they stand and without the closing range.
fn meanings(read: &Read) -> Vec<String> {
    let meaning = |record: &Record| match record {
        Record::Filter(f) => Some(format!(
            "{:?}",
            (
                f.id,
                &f.key,
                &f.name,
                &f.description,
                &f.provider,
                &f.rule,
                &f.layer,
                f.action,
                f.weight,
                &f.conditions
            )
        )),
        Record::FilterLayer(layer) => Some(format!("{:?}", (layer.id, &layer.key, &layer.name))),
        Record::Connection(event) => Some(format!(
            "{:?}",
            (
                event.time,
                event.kind,
                event.direction,
                event.local,
                event.remote,
                event.filter,
                &event.image
            )
        )),
        _ => None,
    };
    read.records.iter().filter_map(meaning).collect()
}

#[test]
fn a_dump_cut_at_any_byte_gives_the_items_before_the_cut() {
    // Every third byte of the larger ones: all alignments occur, in a third of the time.
    for (name, step) in [
        ("filters/japanese_utf8", 1),
        ("filters/english", 3),
        ("state/two_roots", 3),
        ("network_events/drops", 3),
    ] {
        let bytes = golden(name);
        let whole = meanings(&read(&bytes));
        for cut in (0..bytes.len()).step_by(step) {
            let rows = meanings(&read(&bytes[..cut]));
            assert_eq!(rows[..], whole[..rows.len()], "{name} cut at {cut}");
        }
    }
}

#[test]
fn a_cut_inside_an_item_is_told() {
    let bytes = golden("filters/english");
    let text = String::from_utf8(bytes.clone()).unwrap();
    for (at, _) in text.match_indices("<filterId>") {
        let issues = read(&bytes[..at]).issues;
        assert!(
            issues
                .iter()
                .any(|issue| matches!(issue.kind, IssueKind::Truncated { .. })),
            "cut at {at}"
        );
    }
}

#[test]
fn every_encoding_of_a_dump_gives_the_same_items() {
    let bytes = golden("filters/japanese_utf8");
    let expected = meanings(&read(&bytes));
    assert!(expected.len() >= 2);
    let text = String::from_utf8(bytes)
        .unwrap()
        .trim_start_matches('\u{feff}')
        .to_owned();
    let wide = |mark: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("{mark}{text}").encode_utf16().flat_map(bytes).collect()
    };
    let (code_page, _, lossy) = SHIFT_JIS.encode(&text);
    assert!(!lossy);
    for encoded in [
        format!("\u{feff}{text}").into_bytes(),
        code_page.into_owned(),
        wide("\u{feff}", u16::to_le_bytes),
        wide("\u{feff}", u16::to_be_bytes),
        wide("", u16::to_le_bytes),
        wide("", u16::to_be_bytes),
    ] {
        let read = read(&encoded);
        assert_eq!(meanings(&read), expected);
        for filter in read.filters() {
            let start = usize::try_from(filter.span.offset).unwrap();
            let item = item_text(&encoded[start..start + filter.span.length as usize]).into_owned();
            assert!(item.starts_with("<item>") && item.ends_with("</item>"), "{item}");
        }
    }
}

#[test]
fn a_bad_item_costs_only_itself() {
    let text = String::from_utf8(golden("filters/english")).unwrap();
    let whole = meanings(&read(text.as_bytes()));
    let damages: [fn(&str) -> String; 5] = [
        |item| item.replacen("</filterKey>", "", 1),
        |item| item.replacen("<layerKey>", "<layerKey", 1),
        |item| item.replacen("</item>", "", 1),
        |item| item.replace("</item>", ""),
        |item| item.replacen("<filterId>", "<filterId>x", 1),
    ];
    let starts: Vec<usize> = text
        .match_indices("\t\t<item>\r\n\t\t\t<filterKey>")
        .map(|(at, _)| at)
        .collect();
    assert!(starts.len() >= 3);
    for damage in damages {
        let (before, rest) = text.split_at(starts[1]);
        let (item, after) = rest.split_at(starts[2] - starts[1]);
        let read = read(format!("{before}{}{after}", damage(item)).as_bytes());
        let mut expected = whole.clone();
        expected.remove(1);
        assert_eq!(meanings(&read), expected, "{}", damage(item));
        assert!(!read.issues.is_empty());
    }
}

/// Tags that the reader looks for, so that random texts reach its inner parts.
fn structured() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "<wfpstate>",
        "</wfpstate>",
        "<item>",
        "</item>",
        "<filterKey>",
        "</filterKey>",
        "<layer>",
        "</layer>",
        "<layerKey>",
        "</layerKey>",
        "<layerId>",
        "7",
        "</layerId>",
        "<filterId>",
        "</filterId>",
        "<filterId>9</filterId>",
        "<timeStamp>",
        "</timeStamp>",
        "<filters>",
        "</filters>",
        "<netEvents>",
        "</netEvents>",
        "<netEvent>",
        "</netEvent>",
        "<header>",
        "<timeStamp>2026-11-21T10:00:01.250Z</timeStamp>",
        "<localAddrV4>10.0.0.5</localAddrV4><localPort>65536</localPort>",
        "</header>",
        "<type>FWPM_NET_EVENT_TYPE_CLASSIFY_DROP</type>",
        "<classifyDrop><filterId>9</filterId><layerId>48</layerId></classifyDrop>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<",
        ">",
        "&",
        "&#0;",
        "<x/>",
        "\u{1}",
        "<conditionValue>",
        "</conditionValue>",
        "<filterCondition>",
        "</filterCondition>",
        "日本",
    ]);
    vec(known, 0..80).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in vec(any::<u8>(), 0..2_000)) {
        prop_assert!(read(&bytes).filters().len() <= bytes.len());
        sniff(&bytes);
        item_text(&bytes);
    }

    #[test]
    fn texts_made_of_known_tags_never_panic_and_their_spans_lie_inside(text in structured()) {
        let read = read(text.as_bytes());
        let spans = read.filters().into_iter().map(|filter| filter.span).chain(read.issues.iter().map(|issue| issue.span));
        for span in spans {
            prop_assert!(span.offset + u64::from(span.length) <= text.len() as u64);
        }
        let count = |is_wanted: fn(&Record) -> bool| read.records.iter().filter(|record| is_wanted(record)).count();
        let events = count(|record| matches!(record, Record::Connection(_)));
        let snapshots = count(|record| matches!(record, Record::Snapshot(_)));
        let ranges = count(|record| matches!(record, Record::Range(_)));
        prop_assert_eq!(snapshots + usize::from(events > 0), ranges);
    }
}
