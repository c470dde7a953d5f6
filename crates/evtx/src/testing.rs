//! What several tests of this crate need.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use whotalks_record::{IssueKind, Span};

use crate::collect::EventSink;
use crate::raw::RawEvent;
use crate::texts::Texts;

/// One event in a form that compares.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlainEvent {
    pub(crate) span: Span,
    pub(crate) head: String,
    pub(crate) fields: Vec<(String, String)>,
}

/// Keeps raw events and counts them by channel and identifier.
#[derive(Default)]
pub(crate) struct Census {
    pub(crate) texts: Texts,
    pub(crate) counts: BTreeMap<String, u64>,
    pub(crate) events: Vec<PlainEvent>,
    pub(crate) issues: Vec<IssueKind>,
}

impl EventSink for Census {
    fn texts(&mut self) -> &mut Texts {
        &mut self.texts
    }

    fn wants(&self, _event: &RawEvent<'_>) -> bool {
        true
    }

    fn event(&mut self, event: &RawEvent<'_>, span: Span) {
        let source = [&event.channel, &event.provider]
            .into_iter()
            .find(|name| !name.is_empty());
        let source = source.map_or("?", |name| name);
        *self.counts.entry(format!("{source}/{}", event.event_id)).or_default() += 1;
        let mut fields = Vec::new();
        event.visit(&mut |name, value| fields.push((name.to_owned(), value.text().into_owned())));
        self.events.push(PlainEvent {
            span,
            head: format!(
                "{} {} {} {} {:?} {:?}",
                event.provider, event.event_id, event.channel, event.computer, event.record_id, event.time
            ),
            fields,
        });
    }

    fn issue(&mut self, _span: Span, kind: IssueKind) {
        self.issues.push(kind);
    }
}

/// A folder of the shared corpus; says so where it is absent.
pub(crate) fn corpus(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/corpus")
        .join(folder);
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: no corpus at {}", path.display());
    None
}

/// The corpus files with an extension, sorted.
pub(crate) fn corpus_files(extension: &str) -> Vec<PathBuf> {
    let Some(folder) = corpus("evtx") else {
        return Vec::new();
    };
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort();
    files
}
