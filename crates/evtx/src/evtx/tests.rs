//! Over the corpus, where it is there.

use std::collections::BTreeMap;
use std::path::Path;

use evtx::EvtxChunkData;
use whotalks_record::{EvidenceId, Span};

use super::blocks::Blocks;
use super::chunk::{self, SETTINGS};
use crate::collect::EventSink;
use crate::raw::believable;
use crate::testing::{Census, PlainEvent, corpus, corpus_files};
use crate::xml;

fn census(mut bytes: &[u8]) -> Census {
    let mut census = Census::default();
    let mut blocks = Blocks::new(&mut bytes);
    while let Some(batch) = blocks.take_some(1) {
        for block in batch {
            chunk::decode_guarded(EvidenceId(1), block, &mut census);
        }
    }
    census
        .issues
        .extend(blocks.into_issues(EvidenceId(1)).map(|(_, kind)| kind));
    census
}

/// What is recorded of a log: its events by channel and identifier, and whether it is damaged.
struct Truth {
    counts: BTreeMap<String, u64>,
    is_damaged: bool,
}

fn truth(path: &Path) -> Option<Truth> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let path = corpus("truth")?.join(format!("{name}.json"));
    let truth: serde_json::Value = serde_json::from_slice(&std::fs::read(path).ok()?).unwrap();
    let counts = truth.get("counts")?.as_object()?;
    Some(Truth {
        counts: counts
            .iter()
            .map(|(key, count)| (key.clone(), count.as_u64().unwrap()))
            .collect(),
        is_damaged: !truth.get("errors")?.as_array()?.is_empty(),
    })
}

#[test]
fn every_corpus_log_has_the_events_its_truth_counts() {
    for path in corpus_files("evtx") {
        let truth = truth(&path).unwrap();
        let census = census(&std::fs::read(&path).unwrap());
        if truth.is_damaged {
            // The truth was recorded with an older parser that gave up earlier in damaged chunks.
            for (key, count) in &truth.counts {
                assert!(census.counts.get(key) >= Some(count), "{}: {key}", path.display());
            }
            assert!(!census.issues.is_empty(), "{}", path.display());
        } else {
            assert_eq!(census.counts, truth.counts, "{}", path.display());
        }
    }
}

/// The events of a log by way of their XML alone.
fn rendered(mut bytes: &[u8]) -> Census {
    let mut census = Census::default();
    let mut blocks = Blocks::new(&mut bytes);
    while let Some(batch) = blocks.take_some(1) {
        for block in batch {
            let mut data = EvtxChunkData::new(block.data, false).unwrap();
            let mut parsed = data.parse(SETTINGS.clone()).unwrap();
            for record in parsed.iter().flatten() {
                let span = Span::whole(EvidenceId(1));
                let written = chunk::written(&record);
                let mut event = xml::parse_event(&record.into_xml().unwrap().data).unwrap();
                event.time = believable(event.time, written);
                census.event(&event, span);
            }
        }
    }
    census
}

/// The fields that say something; an element without content and an absent one are the same.
/// The `evtx` crate renders unpaired surrogates as `_`, whotalks as U+FFFD.
fn told(event: &PlainEvent) -> Vec<(&str, String)> {
    let fields = event.fields.iter().filter(|(_, value)| !value.is_empty());
    fields
        .map(|(name, value)| (name.as_str(), value.replace('\u{fffd}', "_")))
        .collect()
}

#[test]
fn reading_through_templates_gives_what_the_rendered_event_says() {
    for path in corpus_files("evtx") {
        let bytes = std::fs::read(&path).unwrap();
        let (direct, rendered) = (census(&bytes), rendered(&bytes));
        assert_eq!(direct.events.len(), rendered.events.len(), "{}", path.display());
        for (direct, rendered) in direct.events.iter().zip(&rendered.events) {
            assert_eq!(direct.head, rendered.head, "{}", path.display());
            assert_eq!(told(direct), told(rendered), "{}: {:?}", path.display(), direct.span);
        }
    }
}
