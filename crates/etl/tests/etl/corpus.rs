use std::fs;
use std::path::Path;

use whotalks_etl::{Description, summarise};

use crate::seen::{EVIDENCE, read};

fn trace(name: &str) -> Option<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/etl");
    fs::read(folder.join(name)).ok()
}

/// The numbers are those that others have counted; the header of a trace and events about the trace itself come on top.
#[test]
fn traces_of_others_have_the_events_that_others_counted() {
    for (name, events) in [
        ("airbus__AMSITrace.etl", 19 + 2),
        ("airbus__ShutdownPerfDiagLogger.etl", 17_078),
        ("krabsetw__powershell.etl", 112 + 2),
        ("tx__HTTP_Server.etl", 2_041 + 1),
        ("tx__KernelNetwork.etl", 8_923 + 1),
    ] {
        let Some(bytes) = trace(name) else { continue };
        let (all, totals) = read(&bytes);
        assert_eq!((totals.events, totals.out_of_order), (events, 0), "{name}");
        assert!(all.events.is_sorted_by_key(|event| event.time), "{name}");
    }
}

#[test]
fn an_event_that_describes_itself_is_read_out_of_a_compressed_buffer() {
    let Some(bytes) = trace("perfview__SelfDescribingSingleEvent.etl") else {
        return;
    };
    let summary = summarise(&mut &*bytes, EVIDENCE);
    assert_eq!(summary.totals.compressed_buffers, 2);
    let events = summary.providers.iter().flat_map(|provider| &provider.events);
    let itself: Vec<_> = events
        .filter(|event| event.description == Description::Itself)
        .collect();
    assert_eq!(itself.len(), 1);
    assert_eq!(itself[0].name.as_deref(), Some("TestEvent"));
}

#[test]
fn every_truncation_of_a_compressed_trace_gives_events_of_the_whole() {
    let Some(bytes) = trace("perfview__SelfDescribingSingleEvent.etl") else {
        return;
    };
    let (whole, _) = read(&bytes);
    for length in (1..bytes.len()).step_by(7) {
        let (cut, _) = read(&bytes[..length]);
        assert!(
            cut.events.iter().all(|event| whole.events.contains(event)),
            "cut at {length}"
        );
    }
}
